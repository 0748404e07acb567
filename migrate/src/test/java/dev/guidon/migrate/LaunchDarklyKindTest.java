package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A context of LaunchDarkly without the kind that a flag asks for")
class LaunchDarklyKindTest {

    private static final String ORG = "{\"org\": {\"key\": \"o\"}}";
    private static final String ROLLOUT = """
            "rollout": {"contextKind": "%s", "variations": [{"variation": 1, "weight": 0}, {"variation": 2, "weight": 100000}]}
            """;

    private static Answers flag(String rest) {
        return Answers.of(Importer.LAUNCHDARKLY, """
                {"flags": {"f": {"on": true, "salt": "s", "variations": ["a", "b", "c"], %s}},
                 "segments": {"s": {"salt": "s", "rules": [{"clauses": [], "weight": 0, "rolloutContextKind": "org"}]}}}
                """.formatted(rest));
    }

    @ParameterizedTest
    @DisplayName("gets the first share of a rollout by that kind, even one of weight 0")
    @CsvSource({"org, b, c", "user, c, c"})
    void firstShare(String kind, String ofUser, String ofBoth) {
        String rollout = ROLLOUT.formatted(kind);
        Answers fallthrough = flag("\"fallthrough\": {" + rollout + "}");
        Answers rule = flag("\"rules\": [{\"clauses\": [], " + rollout + "}], \"fallthrough\": {\"variation\": 0}");

        for (Answers answers : new Answers[] {fallthrough, rule}) {
            assertThat(answers.variant("f", "u", "{}")).isEqualTo(ofUser);
            assertThat(answers.variant("f", "u", ORG)).isEqualTo(ofBoth);
            assertThat(answers.variant("f", null, ORG)).isEqualTo(kind.equals("org") ? "c" : "b");
        }
    }

    @Test
    @DisplayName("is in a segment's rule by that kind, even of weight 0")
    void segment() {
        Answers answers = flag("""
                "rules": [{"clauses": [{"op": "segmentMatch", "values": ["s"]}], "variation": 1}], "fallthrough": {"variation": 0}
                """);

        assertThat(answers.variant("f", "u", "{}")).isEqualTo("b");
        assertThat(answers.variant("f", "u", ORG)).isEqualTo("a");
    }

    @ParameterizedTest
    @DisplayName("is not of the kind without a name")
    @CsvSource({"false, a", "true, b"})
    void emptyKind(boolean negated, String expected) {
        Answers answers = flag("""
                "rules": [{"clauses": [{"attribute": "kind", "op": "in", "values": [""], "negate": %s}], "variation": 1}],
                "fallthrough": {"variation": 0}
                """.formatted(negated));

        assertThat(answers.variant("f", "u", "{}")).isEqualTo(expected);
        assertThat(answers.finding("flag f").notes()).anyMatch(note -> note.contains("never matches"));
    }
}
