package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagKind;
import dev.guidon.migrate.Finding.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Features of Unleash, beyond its specification")
class UnleashTest {

    private static Answers features(String features) {
        return Answers.of(Importer.UNLEASH, "{\"version\": 2, \"features\": [" + features + "]}");
    }

    private static Answers strategies(String strategies) {
        return features("{\"name\": \"f\", \"enabled\": true, \"strategies\": [" + strategies + "]}");
    }

    private static Answers constraint(String constraint) {
        return strategies("{\"name\": \"default\", \"constraints\": [" + constraint + "]}");
    }

    @Test
    @DisplayName("the default stickiness goes by user, else by session, and includes nobody who has neither")
    void defaultStickiness() {
        Answers answers = strategies("""
                {"name": "flexibleRollout", "parameters": {"rollout": "50", "stickiness": "default", "groupId": "a:b"}}
                """);

        int on = 0;
        for (int i = 0; i < 1_000; i++) {
            String byUser = answers.variant("f", "u-" + i, "{\"sessionId\": \"s\"}");
            assertThat(answers.variant("f", null, "{\"sessionId\": \"u-" + i + "\"}"))
                    .isEqualTo(byUser);
            on += byUser.equals("on") ? 1 : 0;
        }
        assertThat(on).isBetween(450, 550);
        assertThat(answers.variant("f", null, "{}")).isEqualTo("off");
        assertThat(answers.finding("flag f").notes()).anyMatch(note -> note.contains("at random"));
    }

    @Test
    @DisplayName("another stickiness needs its value even at 100 %, the default one does not")
    void hundredPercent() {
        assertThat(strategies(
                                "{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": 100, \"stickiness\": \"x\"}}")
                        .variant("f", "u", "{}"))
                .isEqualTo("off");
        assertThat(strategies("{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": \"100\"}}")
                        .of("f", null, "{}"))
                .isEqualTo("on TARGETING_MATCH");
    }

    @ParameterizedTest
    @DisplayName(
            "assignment at random is refused, and so are strategies of an application's own, and what cannot be read")
    @ValueSource(
            strings = {
                "{\"name\": \"gradualRolloutRandom\", \"parameters\": {\"percentage\": \"50\"}}",
                "{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": \"50\", \"stickiness\": \"random\"}}",
                "{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": \"half\"}}",
                "{\"name\": \"flexibleRollout\", \"parameters\": {\"rollout\": \"101\"}}",
                "{\"name\": \"byWeather\"}",
                "{\"name\": \"default\", \"constraints\": [{\"operator\": \"IN\"}]}",
                "{\"name\": \"default\", \"constraints\": [{\"contextName\": \"x\", \"operator\": \"IN\", \"values\": [1]}]}",
                "{\"name\": \"default\", \"segments\": [\"one\"]}",
                "7"
            })
    void refused(String strategy) {
        Finding finding = strategies(strategy).finding("flag f");

        assertThat(finding.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(finding.notes()).allMatch(note -> note.contains("found ") && note.contains("; allowed: "));
        assertThat(finding.notes().get(0)).startsWith("features[0].strategies[0]");
    }

    @Test
    @DisplayName("what depends on a refused feature is refused too, and a random split refuses only the variants")
    void dependents() {
        Answers answers = features("""
                {"name": "parent", "enabled": true, "strategies": [{"name": "byWeather"}]},
                {"name": "child", "enabled": true, "strategies": [], "dependencies": [{"feature": "parent"}]},
                {"name": "split", "enabled": true, "strategies": [],
                 "variants": [{"name": "a", "weight": 1, "stickiness": "random"}, {"name": "b", "weight": 1}]}
                """);

        assertThat(answers.finding("flag child").notes())
                .containsExactly("found flag/parent, which is refused; allowed: what is imported");
        assertThat(answers.variant("split", null, "{}")).isEqualTo("on");
        assertThat(answers.finding("flag split.variant").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    @DisplayName("an inverted constraint also holds for a missing value, one that is not valid never does")
    void inverted() {
        String operator = "\"operator\": \"NUM_GT\", \"inverted\": true";

        Answers inverted = constraint("{\"contextName\": \"age\", \"value\": \"18\", " + operator + "}");
        assertThat(inverted.variant("f", "u", "{\"age\": \"17\"}")).isEqualTo("on");
        assertThat(inverted.variant("f", "u", "{\"age\": 19}")).isEqualTo("off");
        assertThat(inverted.variant("f", "u", "{}")).isEqualTo("on");

        Answers invalid = constraint("{\"contextName\": \"age\", \"value\": \"old\", " + operator + "}");
        assertThat(invalid.variant("f", "u", "{\"age\": \"17\"}")).isEqualTo("off");
        assertThat(invalid.finding("flag f").notes()).anyMatch(note -> note.contains("which never holds"));
    }

    @Test
    @DisplayName("texts are compared as texts, whatever the context has, and names with dots are no paths")
    void texts() {
        Answers answers = constraint("{\"contextName\": \"a.b\", \"operator\": \"IN\", \"values\": [\"1\"]}");

        assertThat(answers.variant("f", "u", "{\"a.b\": 1}")).isEqualTo("on");
        assertThat(answers.variant("f", "u", "{\"a\": {\"b\": 1}}")).isEqualTo("off");
    }

    @Test
    @DisplayName("the time is that of the context, else of the clock")
    void time() {
        Answers answers = constraint(
                "{\"contextName\": \"currentTime\", \"operator\": \"DATE_AFTER\", \"value\": \"2026-07-01T11:00:00Z\"}");

        assertThat(answers.variant("f", "u", "{}")).isEqualTo("on");
        assertThat(answers.variant("f", "u", "{\"currentTime\": \"2026-07-01T10:00:00Z\"}"))
                .isEqualTo("off");
    }

    @Test
    @DisplayName("one name with two payloads is two variants, and either is what a child may ask for")
    void payloads() {
        Answers answers = features("""
                {"name": "p", "enabled": true, "strategies": [
                  {"name": "default", "constraints": [{"contextName": "x", "operator": "IN", "values": ["1"]}],
                   "variants": [{"name": "v", "weight": 1, "payload": {"type": "string", "value": "one"}}]},
                  {"name": "default", "variants": [{"name": "v", "weight": 1, "payload": {"type": "string", "value": "two"}}]}]},
                {"name": "c", "enabled": true, "strategies": [], "dependencies": [{"feature": "p", "variants": ["v"]}]},
                {"name": "p.variant", "enabled": false, "strategies": []}
                """);

        assertThat(answers.variant("p.variant_", "u", "{\"x\": 1}")).isEqualTo("v");
        assertThat(answers.variant("p.variant_", "u", "{}")).isEqualTo("v#2");
        assertThat(answers.variant("c", "u", "{\"x\": 1}")).isEqualTo("on");
        assertThat(answers.variant("c", "u", "{}")).isEqualTo("on");
        assertThat(answers.finding("flag p").notes()).anyMatch(note -> note.contains("the flag p.variant_ tells"));
    }

    @Test
    @DisplayName("what people know of a feature is kept, and what is not is said")
    void about() {
        Answers answers = features("""
                {"name": "f", "enabled": true, "strategies": [], "type": "kill-switch", "project": "shop", "stale": true,
                 "description": "Stops it", "impressionData": true, "color": "red"}
                """);

        Flag flag = answers.imported().definitions().flag("f").orElseThrow();
        assertThat(flag.about().kind()).isEqualTo(FlagKind.OPERATIONAL);
        assertThat(flag.about().tags()).containsExactly("shop", "stale");
        assertThat(flag.about().description()).isEqualTo("Stops it");
        assertThat(answers.finding("flag f").notes())
                .containsExactly("features[0].color: is not known here and was left out");
        assertThat(answers.finding("flag f").outcome()).isEqualTo(Outcome.LOSSY);
    }

    @Test
    @DisplayName("names that cannot be keys get keys, and two names with one key are told")
    void keys() {
        Answers answers = features("""
                {"name": "my feature", "enabled": true, "strategies": []},
                {"name": "my_x20_feature", "enabled": true, "strategies": []}
                """);

        assertThat(answers.variant("my_x20_feature", "u", "{}")).isEqualTo("on");
        assertThat(answers.finding("flag my feature").outcome()).isEqualTo(Outcome.REMARKED);
        assertThat(answers.finding("flag my_x20_feature").notes().get(0)).contains("every key once");
    }

    @ParameterizedTest
    @DisplayName("constraints that SDKs read differently, or that never hold, get a remark")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "operator": "IN", "values": ["A"], "caseInsensitive": true | in some SDKs it does
            "operator": "NOT_IN", "values": ["A"], "caseInsensitive": true | in some SDKs it does
            "operator": "STR_ENDS_WITH", "values": ["", "a"] | leave out blanks
            "operator": "STR_CONTAINS", "values": [" a"] | leave out blanks
            "operator": "IN_CIDR", "values": [] | it never holds
            """)
    void disputed(String constraint, String remark) {
        Imported imported = Importer.UNLEASH.read("""
                {"version": 1, "features": [{"name": "f", "enabled": true, "strategies": [{"name": "default",
                  "constraints": [{"contextName": "p", %s}]}]}]}
                """.formatted(constraint));

        assertThat(imported.report()).contains("imported with a remark", remark);
    }
}
