package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Without a value to put into a bucket")
class WhenMissingTest {

    private static final String VARIANTS =
            "type: string, enabled: true, variants: {one: '1', two: '2', off: '0'}, offVariant: off";

    @DisplayName("a rollout")
    @ParameterizedTest(name = "of {0} that is to {1} serves {2}, {3}, {4}")
    @CsvSource(nullValues = "-", textBlock = """
                    50,  -,     two,  DEFAULT, -
                    50,  skip,  two,  DEFAULT, -
                    50,  off,   off,  ERROR,   TARGETING_KEY_MISSING
                    50,  error, -,    ERROR,   TARGETING_KEY_MISSING
                    50,  first, one,  SPLIT,   -
                    100, -,     two,  DEFAULT, -
                    100, first, one,  SPLIT,   -
                    0,   first, two,  DEFAULT, -
                    0,   off,   off,  ERROR,   TARGETING_KEY_MISSING
                    """)
    void ofRollout(int percent, String whenMissing, String variant, Reason reason, ErrorCode error) {
        Snapshot snapshot = Yaml.flag("{%s, rules: [{id: r, rollout: {percent: %d%s}, serve: one}], fallthrough: two}"
                .formatted(VARIANTS, percent, option(whenMissing)));

        assertServes(snapshot, variant, reason, error);
        assertThat(snapshot.evaluate("f", EvaluationContext.EMPTY).ruleId())
                .isEqualTo(reason == Reason.DEFAULT ? null : "r");
    }

    @DisplayName("a split in a rule")
    @ParameterizedTest(name = "that is to {0} serves {1}, {2}, {3}")
    @CsvSource(nullValues = "-", textBlock = """
                    -,     off, ERROR,   TARGETING_KEY_MISSING
                    off,   off, ERROR,   TARGETING_KEY_MISSING
                    skip,  two, DEFAULT, -
                    error, -,   ERROR,   TARGETING_KEY_MISSING
                    first, one, SPLIT,   -
                    """)
    void ofSplit(String whenMissing, String variant, Reason reason, ErrorCode error) {
        String split = "{split: [{variant: two, weight: 0}, {variant: one, weight: 1}, {variant: two, weight: 9}]%s}"
                .formatted(option(whenMissing));

        assertServes(
                Yaml.flag("{%s, rules: [{serve: %s}], fallthrough: two}".formatted(VARIANTS, split)),
                variant,
                reason,
                error);
    }

    @DisplayName("a split by ranges in a fallthrough")
    @ParameterizedTest(name = "that is to {0} serves {1}, {2}, {3}")
    @CsvSource(nullValues = "-", textBlock = """
                    -,     off, ERROR,   TARGETING_KEY_MISSING
                    skip,  -,   DEFAULT, -
                    error, -,   ERROR,   TARGETING_KEY_MISSING
                    first, one, SPLIT,   -
                    """)
    void ofFallthrough(String whenMissing, String variant, Reason reason, ErrorCode error) {
        String split = "{split: [{variant: one, from: 50, to: 60}, {variant: two, from: 0, to: 50}]%s}"
                .formatted(option(whenMissing));

        assertServes(Yaml.flag("{%s, fallthrough: %s}".formatted(VARIANTS, split)), variant, reason, error);
    }

    @Test
    @DisplayName("a flag without an off variant gives the caller's default")
    void givesDefaultWithoutOffVariant() {
        Snapshot snapshot = Yaml.flag(
                "{type: number, enabled: true, variants: {n: 1}, fallthrough: {split: [{variant: n, weight: 1}]}}");

        assertThat(snapshot.getIntegerDetails("f", 7, EvaluationContext.EMPTY))
                .extracting(Evaluation::value, Evaluation::variant, Evaluation::reason, Evaluation::errorCode)
                .containsExactly(7, null, Reason.ERROR, ErrorCode.TARGETING_KEY_MISSING);
        assertThat(snapshot.getStringDetails("f", "x", EvaluationContext.EMPTY).errorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @Test
    @DisplayName("a rollout that includes it goes on to the split, which has its own say")
    void goesOnToSplit() {
        String flag =
                "{%s, rules: [{rollout: {percent: 1, whenMissing: first}, serve: {split: [{variant: one, weight: 1}]%s}}]}";

        assertServes(Yaml.flag(flag.formatted(VARIANTS, "")), "off", Reason.ERROR, ErrorCode.TARGETING_KEY_MISSING);
        assertServes(Yaml.flag(flag.formatted(VARIANTS, ", whenMissing: first")), "one", Reason.SPLIT, null);
    }

    @Test
    @DisplayName("a bucket condition is UNKNOWN")
    void makesBucketsUnknown() {
        assertThat(Yaml.truth("{bucket: holdout}", EvaluationContext.EMPTY)).isEqualTo(Truth.UNKNOWN);
        assertThat(Yaml.truth("{bucket: holdout, from: 0, to: 0}", EvaluationContext.EMPTY))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(Yaml.truth("{bucket: holdout}", EvaluationContext.of(""))).isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{bucket: holdout, from: 0, to: 0}", EvaluationContext.of("")))
                .isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth("{bucket: holdout, from: 100}", EvaluationContext.of("")))
                .isEqualTo(Truth.FALSE);
    }

    @DisplayName("the fallback is asked, and only then is the value missing")
    @ParameterizedTest(name = "by {0}, else {1}, of {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    user           | $key       | user     | TRUE
                    user           | $key       | nothing  | TRUE
                    user           | device     | nothing  | UNKNOWN
                    [user, device] | $key       | user     | TRUE
                    [user, $key]   | device     | user     | TRUE
                    [user, device] | [device]   | user     | UNKNOWN
                    [user, device] | [user]     | user     | TRUE
                    """)
    void asksFallback(String by, String fallback, String present, Truth expected) {
        EvaluationContext context =
                EvaluationContext.builder("u-1").set(present, "x").build();

        assertThat(Yaml.truth("{bucket: s, by: " + by + ", fallback: " + fallback + "}", context))
                .isEqualTo(expected);
    }

    private static String option(String whenMissing) {
        return whenMissing == null ? "" : ", whenMissing: " + whenMissing;
    }

    private static void assertServes(Snapshot snapshot, String variant, Reason reason, ErrorCode error) {
        assertThat(snapshot.evaluate("f", EvaluationContext.EMPTY))
                .extracting(Evaluation::variant, Evaluation::reason, Evaluation::errorCode)
                .containsExactly(variant, reason, error);
    }
}
