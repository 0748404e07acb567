package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationOrderTest {

    private static final EvaluationContext ADA = EvaluationContext.of("ada");

    private static final Snapshot FLAGS = Scenario.read("""
            flags:
              plain: {enabled: true}
              disabled: {enabled: false}
              archived: {enabled: true, archived: true}
              no-off: {type: string, enabled: false, variants: {a: x}}
              no-fallthrough: {type: string, enabled: true, variants: {a: x}}
              rules: {enabled: true, rules: [{id: r, when: {attribute: $key, equals: ada}, serve: "off"}]}
              second: {enabled: true, rules: [{when: {attribute: $key, equals: x}, serve: "on"}, {serve: "off"}]}
              not-included: {enabled: true, rules: [{rollout: 0, serve: "off"}]}
              included: {enabled: true, rules: [{id: r, rollout: 100, serve: "off"}]}
              split: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}]}}
              gap: {enabled: true, fallthrough: {split: [{variant: "on", from: 0, to: 0}]}}
              gap-rule: {enabled: true, rules: [{serve: {split: [{variant: "off", weight: 0}, {variant: "off", weight: 1}], total: 1000000000000, by: $key}}]}
              needs-plain: {enabled: true, prerequisites: [{flag: plain, variants: ["on"]}]}
              needs-disabled: {enabled: true, prerequisites: [{flag: plain, variants: ["on"]}, {flag: disabled, variants: ["off"]}]}
              needs-missing: {enabled: true, prerequisites: [{flag: missing, variants: ["on"]}]}
              needs-broken: {enabled: true, prerequisites: [{flag: broken, variants: ["on"]}]}
              broken: {type: 7}
              cycle-a: {enabled: true, prerequisites: [{flag: cycle-b, variants: ["on"]}]}
              cycle-b: {enabled: true, rules: [{when: {segment: cycle}, serve: "off"}]}
              beside-cycle: {enabled: true, rules: [{when: {flag: cycle-a, variants: ["on"]}, serve: "off"}]}
            segments:
              cycle: {rules: [{when: {flag: cycle-a, variants: ["on"]}}]}
            """);

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(nullValues = "-", textBlock = """
            plain,           on,  STATIC,              -,        -,        -
            disabled,        off, DISABLED,            -,        -,        -
            archived,        off, DISABLED,            -,        -,        -
            rules,           off, TARGETING_MATCH,     r,        -,        -
            second,          off, TARGETING_MATCH,     rules[1], -,        -
            not-included,    on,  DEFAULT,             -,        -,        -
            included,        off, SPLIT,               r,        -,        -
            split,           on,  SPLIT,               -,        -,        -
            gap,             -,   DEFAULT,             -,        -,        -
            gap-rule,        on,  DEFAULT,             -,        -,        -
            needs-plain,     on,  DEFAULT,             -,        -,        -
            needs-disabled,  off, PREREQUISITE_FAILED, -,        disabled, -
            needs-missing,   off, PREREQUISITE_FAILED, -,        missing,  -
            needs-broken,    off, PREREQUISITE_FAILED, -,        broken,   -
            broken,          -,   ERROR,               -,        -,        PARSE_ERROR
            cycle-a,         -,   ERROR,               -,        -,        PARSE_ERROR
            cycle-b,         -,   ERROR,               -,        -,        PARSE_ERROR
            beside-cycle,    on,  DEFAULT,             -,        -,        -
            unknown,         -,   ERROR,               -,        -,        FLAG_NOT_FOUND
            """)
    @DisplayName("a flag ends with a variant, a reason, and what decided")
    void ends(String flag, String variant, Reason reason, String ruleId, String prerequisite, ErrorCode code) {
        Evaluation<Boolean> details = FLAGS.getBooleanDetails(flag, true, ADA);

        assertThat(details.flagKey()).isEqualTo(flag);
        assertThat(details.variant()).isEqualTo(variant);
        assertThat(details.value()).isEqualTo(variant == null || variant.equals("on"));
        assertThat(details.reason()).isEqualTo(reason);
        assertThat(details.ruleId()).isEqualTo(ruleId);
        assertThat(details.prerequisite()).isEqualTo(prerequisite);
        assertThat(details.errorCode()).isEqualTo(code);
        assertThat(FLAGS.getBooleanValue(flag, true, ADA)).isEqualTo(details.value());
        assertThat(FLAGS.evaluate(flag, ADA).variant()).isEqualTo(variant);
        assertThat(FLAGS.explain(flag, ADA).evaluation()).isEqualTo(FLAGS.evaluate(flag, ADA));
    }

    @Test
    @DisplayName("without a variant the caller's default is the value, and the reason stays")
    void defaultsWithoutVariant() {
        assertThat(FLAGS.getStringDetails("no-off", "mine", ADA))
                .isEqualTo(new Evaluation<>("no-off", "mine", null, Reason.DISABLED, null, null, null, null));
        assertThat(FLAGS.getStringDetails("no-fallthrough", "mine", ADA).reason())
                .isEqualTo(Reason.DEFAULT);
    }

    @Test
    @DisplayName("another type is a mismatch even for a disabled flag, an unknown flag is not")
    void mismatchesBeforeDisabled() {
        assertThat(FLAGS.getStringDetails("disabled", "d", ADA).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(FLAGS.getBooleanDetails("no-off", true, ADA).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(FLAGS.getStringDetails("unknown", "d", ADA).errorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    @DisplayName("numbers fit the type that was asked for, or are a mismatch")
    void fitsNumbers() {
        Snapshot numbers = Scenario.read("""
                flags:
                  whole: {type: number, enabled: true, variants: {v: 3.0}, fallthrough: v}
                  fraction: {type: number, enabled: true, variants: {v: 1.5}, fallthrough: v}
                  large: {type: number, enabled: true, variants: {v: 3000000000}, fallthrough: v}
                  huge: {type: number, enabled: true, variants: {v: 1e300}, fallthrough: v}
                """);

        assertThat(numbers.getIntegerValue("whole", 0, ADA)).isEqualTo(3);
        assertThat(numbers.getIntegerDetails("fraction", 0, ADA).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(numbers.getIntegerDetails("large", 0, ADA).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(numbers.getLongValue("large", 0, ADA)).isEqualTo(3_000_000_000L);
        assertThat(numbers.getLongDetails("huge", 7, ADA).value()).isEqualTo(7);
        assertThat(numbers.getDoubleValue("huge", 0, ADA)).isEqualTo(1e300);
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3} {4}")
    @CsvSource(nullValues = "-", textBlock = """
            rollout, skip,  on,  DEFAULT, -
            rollout, off,   off, ERROR,   TARGETING_KEY_MISSING
            rollout, first, on2, SPLIT,   -
            rollout, error, -,   ERROR,   TARGETING_KEY_MISSING
            rollout, -,     on,  DEFAULT, -
            split,   skip,  on,  DEFAULT, -
            split,   off,   off, ERROR,   TARGETING_KEY_MISSING
            split,   first, on2, SPLIT,   -
            split,   error, -,   ERROR,   TARGETING_KEY_MISSING
            split,   -,     off, ERROR,   TARGETING_KEY_MISSING
            """)
    @DisplayName("a missing value is treated as whenMissing says")
    void treatsMissingValues(String place, String whenMissing, String variant, Reason reason, ErrorCode code) {
        String option = whenMissing == null ? "" : ", whenMissing: " + whenMissing;
        String rule = place.equals("rollout")
                ? "{rollout: {percent: 1" + option + "}, serve: on2}"
                : "{serve: {split: [{variant: on2, weight: 1}, {variant: \"off\", weight: 9}]" + option + "}}";
        Snapshot snapshot =
                Scenario.read("flags: {f: {enabled: true, variants: {\"on\": true, \"off\": false, on2: true},"
                        + " offVariant: \"off\", rules: [" + rule + "], fallthrough: \"on\"}}");

        Evaluation<Boolean> details = snapshot.getBooleanDetails("f", true, EvaluationContext.EMPTY);

        assertThat(details.variant()).isEqualTo(variant);
        assertThat(details.reason()).isEqualTo(reason);
        assertThat(details.errorCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59Z, 0",
        "2027-01-01T00:00:00Z, 10",
        "2027-01-31T23:59:59Z, 10",
        "2027-02-01T00:00:00Z, 100"
    })
    @DisplayName("a ramp is stepwise by the clock, and nobody is in it before its first step")
    void rampsByTheClock(Instant now, int percent) {
        Snapshot snapshot = Scenario.at(now, """
                flags:
                  f:
                    enabled: true
                    rules:
                      - rollout: {ramp: [{at: "2027-01-01T00:00:00Z", percent: 10}, {at: "2027-02-01T00:00:00Z", percent: 100}]}
                        serve: "on"
                    fallthrough: "off"
                """);

        long on = RolloutTest.users(20_000)
                .filter(user -> snapshot.isEnabled("f", user))
                .count();

        assertThat(on / 200.0).isBetween(percent - 0.7, percent + 0.7);
    }

    @Test
    @DisplayName("the same outcome is the same object")
    void sharesEvaluations() {
        assertThat(FLAGS.getBooleanDetails("rules", true, ADA))
                .isSameAs(FLAGS.getBooleanDetails("rules", false, EvaluationContext.of("ada")));
    }

    @Test
    @DisplayName("ten thousand flags in a chain and a wide diamond are refused quickly instead of evaluated slowly")
    void boundsReferences() {
        StringBuilder yaml = new StringBuilder("flags:\n  f0: {enabled: true}\n  d0: {enabled: true}\n");
        for (int i = 1; i < 10_000; i++) {
            yaml.append(
                    "  f%d: {enabled: true, prerequisites: [{flag: f%d, variants: [\"on\"]}]}\n".formatted(i, i - 1));
        }
        String twice = "{flag: d%1$d, variants: [\"on\"]}, {flag: d%1$d, variants: [\"on\", \"off\"]}";
        for (int i = 1; i < 30; i++) {
            yaml.append("  d%d: {enabled: true, prerequisites: [".formatted(i))
                    .append(twice.formatted(i - 1))
                    .append("]}\n");
        }

        Snapshot snapshot = Scenario.read(yaml.toString());

        assertThat(snapshot.isEnabled("f31", ADA)).isTrue();
        assertThat(snapshot.getBooleanDetails("f32", true, ADA).errorMessage()).contains("a chain of 33", "at most 32");
        assertThat(snapshot.getBooleanDetails("f33", true, ADA).prerequisite()).isEqualTo("f32");
        assertThat(snapshot.isEnabled("d12", ADA)).isTrue();
        assertThat(snapshot.getBooleanDetails("d13", true, ADA).errorMessage()).contains("at most 10000");
    }
}
