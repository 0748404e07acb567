package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

    private static final Snapshot FLAGS = Scenario.read("""
            flags:
              base: {enabled: true}
              checkout:
                type: string
                enabled: true
                variants: {old: v1, new: v2}
                offVariant: old
                prerequisites: [{flag: base, variants: ["on"]}]
                rules:
                  - {id: staff, when: {segment: staff}, serve: new}
                  - id: eu
                    when: {all: [{attribute: country, in: [DE, FR]}, {not: {attribute: age, exists: false}}, {isTrue: {flag: base, variants: ["on"]}}]}
                    rollout: {percent: 50}
                    serve: {split: [{variant: old, weight: 1}, {variant: new, weight: 1}]}
                  - {when: {any: [{bucket: holdout, from: 0, to: 5}, {attribute: tags, hasAny: [x]}]}, serve: old}
                fallthrough: old
              off: {enabled: false}
              gone: {enabled: true, archived: true}
              fallen: {enabled: true, prerequisites: [{flag: missing, variants: [a]}]}
            segments:
              staff: {include: {values: [root]}, rules: [{id: mail, when: {attribute: email, endsWith: "@example.com"}}]}
            """);

    @Test
    @DisplayName("a person reads which rule did what, what was found, the bucket and the limit")
    void tellsPeople() {
        EvaluationContext context = EvaluationContext.builder("u-1")
                .set("country", "DE")
                .set("age", 30)
                .build();

        String text = FLAGS.explain("checkout", context).toString();

        assertThat(text)
                .startsWith("checkout -> ")
                .contains("prerequisite base serves one of [on]: met (it serves on)")
                .contains("rule staff: does not match")
                .contains("segment staff: UNKNOWN")
                .contains("email endsWith \"@example.com\": UNKNOWN (missing)")
                .contains("country in \"DE\", \"FR\": TRUE (found DE)")
                .contains("rollout: ")
                .containsPattern("bucket \\d+ of 100000, limit 50000 of 100000");
    }

    @Test
    @DisplayName("a machine reads the same as JSON")
    void tellsMachines() {
        String json = FLAGS.explain("checkout", EvaluationContext.of("root"))
                .toValue()
                .toString();

        assertThat(FlagFormat.readValue(json)).isNotNull();
        assertThat(json)
                .contains("\"flag\":\"checkout\"", "\"variant\":\"new\"", "\"reason\":\"TARGETING_MATCH\"")
                .contains("\"ruleId\":\"staff\"", "\"outcome\":\"serves new\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            off      | off -> off = false (DISABLED) at revision 0        | enabled: no
            gone     | gone -> off = false (DISABLED) at revision 0       | archived: yes
            fallen   | fallen -> off = false (PREREQUISITE_FAILED         | not met (there is no such flag)
            base     | base -> on = true (STATIC)                         | fallthrough: serves on
            nowhere  | nowhere -> the caller's default (ERROR             | there is no such flag: 'nowhere'
            """)
    @DisplayName("every end has its explanation")
    void tellsEveryEnd(String flag, String start, String inside) {
        assertThat(FLAGS.explain(flag, EvaluationContext.EMPTY).toString())
                .startsWith(start)
                .contains(inside);
    }

    @Test
    @DisplayName("the explanation agrees with the evaluation, and its last step serves what was served")
    void agrees() {
        for (int i = 0; i < 2_000; i++) {
            EvaluationContext context = EvaluationContext.builder("u-" + i)
                    .setAll(Map.of(
                            "country", i % 2 == 0 ? "DE" : "US", "age", i, "email", i % 7 == 0 ? "a@example.com" : "b"))
                    .build();
            Explanation explanation = FLAGS.explain("checkout", context);

            assertThat(explanation.evaluation()).isEqualTo(FLAGS.evaluate("checkout", context));
            assertThat(explanation.steps().get(explanation.steps().size() - 1).outcome())
                    .isEqualTo("serves " + explanation.evaluation().variant());
        }
    }
}
