package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import dev.guidon.json.FlagFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A rule without which everybody would get the same")
class IdleRulesTest {

    @Test
    @DisplayName("is named with the reason, and is not refused")
    void isNamed() {
        String flag = """
                {enabled: true, rules: [
                  {when: {attribute: plan, equals: pro}, serve: "off"},
                  {serve: "on"},
                  {when: {attribute: plan, equals: free}, serve: "off"}], fallthrough: "on"}
                """;

        assertThat(notices(flag))
                .extracting(Problem::toString)
                .containsExactly(
                        "rules[1]: found a rule that changes nothing, since the fallthrough serves the same;"
                                + " allowed: rules that serve something else than the fallthrough",
                        "rules[2]: found a rule that is never reached, since rules[1] is for everybody;"
                                + " allowed: a rule for everybody only as the last one");
        assertThatCode(() -> FlagFormat.parseYaml("flags: {f: " + flag + "}")).doesNotThrowAnyException();
    }

    @DisplayName("is found only where that is certain")
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # rules                                                                      | fallthrough  | idle
            {when: {attribute: a, equals: 1}, serve: "off"}                              |              | 0
            {when: {attribute: a, equals: 1}, serve: "on"}                               |              |
            {when: {attribute: a, equals: 1}, serve: "on"}                               | "on"         | 0
            {rollout: 10, serve: "on"}                                                   | "on"         | 0
            {rollout: {percent: 10, whenMissing: first}, serve: "on"}                    | "on"         | 0
            {rollout: {percent: 10, whenMissing: error}, serve: "on"}                    | "on"         |
            {rollout: {percent: 10, whenMissing: off}, serve: "on"}                      | "on"         |
            {rollout: 10, serve: "on"}, {rollout: 20, serve: "on"}                       | "on"         | 0 1
            {rollout: 10, serve: "on"}, {rollout: 20, serve: "off"}                      | "on"         |
            {rollout: 10, serve: "off"}, {rollout: 20, serve: "on"}                      | "on"         | 1
            {serve: {split: [{variant: "on", weight: 1}], salt: s}}                      | {split: [{variant: "on", weight: 1}], salt: s} | 0
            {serve: {split: [{variant: "on", weight: 1}], salt: s}}                      | {split: [{variant: "on", weight: 1}]}          |
            {serve: "on"}, {rollout: 5, serve: "off"}, {rollout: 6, serve: "on"}         |              | 1 2
            {rollout: 100, serve: "on"}, {serve: "off"}                                  | "on"         |
            {rollout: {percent: 100, whenMissing: first}, serve: "on"}, {serve: "off"}   | "on"         | 0 1
            {rollout: {percent: 100, whenMissing: error}, serve: "on"}, {serve: "off"}   | "on"         | 1
            {rollout: {percent: 99.999, whenMissing: first}, serve: "on"}, {serve: "off"} | "on"        |
            {serve: {split: [{variant: "on", weight: 1}]}}, {rollout: 5, serve: "on"}    |              | 1
            {serve: {split: [{variant: "on", weight: 1}], total: 2}}, {rollout: 5, serve: "on"} |       |
            {serve: {split: [{variant: "on", weight: 1}], whenMissing: skip}}, {rollout: 5, serve: "on"} | |
            {serve: {split: [{variant: "on", from: 0, to: 100}]}}, {rollout: 5, serve: "on"} |          |
            """)
    void isFound(String rules, String fallthrough, String idle) {
        String last = fallthrough == null ? "" : ", fallthrough: " + fallthrough;
        List<String> expected = idle == null
                ? List.of()
                : List.of(idle.split(" ")).stream().map(i -> "rules[" + i + "]").toList();

        assertThat(notices("{enabled: true, rules: [" + rules + "]" + last + "}"))
                .extracting(Problem::path)
                .containsExactlyElementsOf(expected);
    }

    @Test
    @DisplayName("is none where there is no fallthrough")
    void noFallthrough() {
        assertThat(notices("{type: string, enabled: true, variants: {a: A}, rules: [{rollout: 5, serve: a}]}"))
                .isEmpty();
    }

    private static List<Problem> notices(String flag) {
        return Yaml.flag(flag).notices().getOrDefault(DefinitionKey.flag("f"), List.of());
    }
}
