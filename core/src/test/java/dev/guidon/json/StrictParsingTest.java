package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Problem;
import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a person has written")
class StrictParsingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            matches: "("                        | matches[0]
            matches: ["a", "(?=b)"]             | matches[1]
            semver: ">= one"                    | semver[0]
            cidr: 300.0.0.0/8                   | cidr[0]
            after: yesterday                    | after[0]
            before: "2027-02-30T00:00:00Z"      | before[0]
            lessThan: x, as: number             | lessThan[0]
            """)
    @DisplayName("is refused with its line if evaluation would refuse it, and as one definition too")
    void refusesOperands(String test, String path) {
        String flag = "{\"enabled\": true, \"rules\": [{\"when\": {\"attribute\": \"a\", " + json(test)
                + "}, \"serve\": \"on\"}]}";
        String yaml = "flags:\n  f:\n    enabled: true\n    rules:\n      - when: {attribute: a, " + test
                + "}\n        serve: \"on\"\n";

        FlagFormatException refused = refusal(() -> FlagFormat.parseYaml(yaml));
        assertThat(refused.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.path()).startsWith("flags.f.rules[0].when." + path.split("\\[")[0]));
        assertThat(refused.line()).isEqualTo(5);
        assertThat(refusal(() -> FlagFormat.parseJson("{\"flags\": {\"f\": " + flag + "}}"))
                        .problems())
                .isEqualTo(refused.problems());
        assertThat(refusal(() -> FlagFormat.parse(DefinitionKey.flag("f"), flag))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).startsWith("rules[0].when."));
        List<Problem> notices = new ArrayList<>();
        assertThat(Snapshot.of(FlagFormat.readYaml(yaml, notices::add)).problems())
                .hasSize(1);
        assertThat(notices).isEqualTo(refused.problems());
    }

    @Test
    @DisplayName("is refused if flags or segments depend on themselves, or on too many others")
    void refusesCycles() {
        String circle = """
                flags:
                  a: {enabled: true, prerequisites: [{flag: b, variants: ["on"]}]}
                  b: {enabled: true, prerequisites: [{flag: a, variants: ["on"]}]}
                segments:
                  s: {rules: [{when: {segment: s}}]}
                """;
        String chain = IntStream.range(0, 50)
                .mapToObj(i -> "  f" + i + ": {enabled: true, prerequisites: [{flag: f" + (i + 1)
                        + ", variants: [\"on\"]}]}\n")
                .collect(Collectors.joining("", "flags:\n", "  f50: {enabled: true}\n"));

        assertThat(refusal(() -> FlagFormat.parseYaml(circle)).problems())
                .extracting(Problem::path)
                .contains("flags.a.references", "flags.b.references", "segments.s.references");
        assertThat(refusal(() -> FlagFormat.parseYaml(chain)).problems()).isNotEmpty();
    }

    @Test
    @DisplayName("may refer to flags and segments that are not there, and say what changes nothing")
    void passesWhatMayBeMeant() {
        Definitions definitions = FlagFormat.parseYaml("""
                flags:
                  f:
                    enabled: true
                    prerequisites: [{flag: later, variants: ["on"]}]
                    rules: [{when: {segment: later}, serve: "on"}, {rollout: {percent: 0.0, by: a}, serve: "off"}]
                """);

        assertThat(Snapshot.of(definitions).problems()).isEmpty();
        assertThat(Snapshot.of(definitions).notices()).hasSize(1);
    }

    @Test
    @DisplayName("is told of all problems together: of reading, of evaluating, and unknown fields")
    void tellsAllTogether() {
        FlagFormatException refused = refusal(() -> FlagFormat.parseYaml("""
                flags:
                  one: {enabled: maybe}
                  two: {enabled: true, rules: [{when: {attribute: a, matches: "("}, serve: "on"}]}
                  three: {enabeld: true}
                """));

        assertThat(refused.problems())
                .extracting(Problem::path)
                .containsExactly("flags.one.enabled", "flags.two.rules[0].when.matches[0]", "flags.three.enabeld");
    }

    private static FlagFormatException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        FlagFormatException refused = catchThrowableOfType(FlagFormatException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    private static String json(String test) {
        String whole = YamlText.toJson("{" + test + "}");
        return whole.substring(1, whole.length() - 1);
    }
}
