package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An error in place of a variant")
class ServedErrorTest {

    private static final Snapshot SNAPSHOT = Yaml.snapshot("""
            flags:
              ruled:
                enabled: true
                errors: {gone: there is no variation 7}
                rules: [{id: broken, when: {attribute: country, equals: DE}, serve: gone}]
                fallthrough: "on"
              shared:
                enabled: true
                errors: {gone: there is no variation 7}
                fallthrough: {split: [{variant: "on", weight: 1}, {variant: gone, weight: 1}]}
              off: {enabled: false, errors: {gone: nowhere to go}, offVariant: gone}
              needs-ruled:
                enabled: true
                errors: {gone: nowhere to go}
                offVariant: gone
                prerequisites: [{flag: ruled, variants: ["on", gone]}]
              asks-ruled: {enabled: true, rules: [{when: {flag: ruled, variants: [gone]}, serve: "on"}], fallthrough: "off"}
            """);

    private static final EvaluationContext GERMAN =
            EvaluationContext.builder("u-1").set("country", "DE").build();

    @Test
    @DisplayName("gives those who reach it the caller's default, an error and the message")
    void reached() {
        Evaluation<Boolean> evaluation = SNAPSHOT.getBooleanDetails("ruled", true, GERMAN);

        assertThat(evaluation.value()).isTrue();
        assertThat(evaluation.isDefault()).isTrue();
        assertThat(evaluation.reason()).isEqualTo(Reason.ERROR);
        assertThat(evaluation.errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(evaluation.errorMessage()).contains("ruled").endsWith("there is no variation 7");
        assertThat(evaluation.ruleId()).isEqualTo("broken");
        assertThat(SNAPSHOT.getStringDetails("ruled", "x", GERMAN).errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
    }

    @Test
    @DisplayName("harms nobody else")
    void notReached() {
        assertThat(SNAPSHOT.isEnabled("ruled", EvaluationContext.of("u-1"))).isTrue();
    }

    @Test
    @DisplayName("can be a share of a split")
    void share() {
        long errors = 0;
        for (int i = 0; i < 10_000; i++) {
            Evaluation<Boolean> evaluation =
                    SNAPSHOT.getBooleanDetails("shared", false, EvaluationContext.of("u-" + i));
            errors += evaluation.reason() == Reason.ERROR ? 1 : 0;
            assertThat(evaluation.value()).isEqualTo(evaluation.reason() != Reason.ERROR);
        }

        assertThat(errors).isBetween(4_800L, 5_200L);
    }

    @Test
    @DisplayName("can be what a disabled flag and an unmet prerequisite give")
    void off() {
        assertThat(SNAPSHOT.getBooleanDetails("off", true, GERMAN).errorMessage())
                .endsWith("nowhere to go");
        assertThat(SNAPSHOT.getBooleanDetails("needs-ruled", true, GERMAN).errorMessage())
                .endsWith("nowhere to go");
        assertThat(SNAPSHOT.getBooleanDetails("needs-ruled", true, GERMAN).prerequisite())
                .isEqualTo("ruled");
        assertThat(SNAPSHOT.getBooleanDetails("needs-ruled", false, EvaluationContext.of("u-1"))
                        .value())
                .isTrue();
    }

    @Test
    @DisplayName("is served to nobody, as conditions see it")
    void conditions() {
        assertThat(SNAPSHOT.isEnabled("asks-ruled", GERMAN)).isFalse();
    }

    @Test
    @DisplayName("is explained")
    void explained() {
        assertThat(SNAPSHOT.explain("ruled", GERMAN).toString())
                .contains("rule broken: serves an error")
                .contains("there is no variation 7");
    }

    @Test
    @DisplayName("has a name of its own, and must be a text")
    void refused() {
        assertThatThrownBy(() -> FlagFormat.parse(DefinitionKey.flag("f"), "{\"errors\": {\"on\": \"x\"}}"))
                .isInstanceOf(FlagFormatException.class)
                .hasMessageContaining("errors.on: found \"on\"; allowed: a name that is not a variant's");
        assertThatThrownBy(() -> FlagFormat.parse(DefinitionKey.flag("f"), "{\"errors\": {\"a\": 1}}"))
                .isInstanceOf(FlagFormatException.class)
                .hasMessageContaining("errors.a: found the number 1; allowed: a message");
    }
}
