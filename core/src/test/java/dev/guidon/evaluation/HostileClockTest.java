package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.guidon.definition.FlagValue;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@DisplayName("A clock")
class HostileClockTest {

    private static final EvaluationContext USER = EvaluationContext.of("u-1");
    private static final Instant BEFORE = Instant.parse("2026-06-30T00:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-07-02T00:00:00Z");

    /** All flags but the first two look at the clock. */
    private static final String FLAGS = """
            flags:
              timeless: {enabled: true, rules: [{when: {attribute: $key, equals: u-1}, serve: "off"}], fallthrough: "on"}
              disabled: {rules: [{when: {attribute: $now, exists: true}, serve: "on"}]}
              ramped:
                enabled: true
                rules: [{rollout: {ramp: [{at: "2026-07-01T00:00:00Z", percent: 100}]}, serve: "on"}]
                fallthrough: "off"
              dated: {enabled: true, rules: [{when: {attribute: $now, after: "2026-07-01T00:00:00Z"}, serve: "on"}], fallthrough: "off"}
              member: {enabled: true, rules: [{when: {segment: launched}, serve: "on"}], fallthrough: "off"}
              needing: {enabled: true, prerequisites: [{flag: ramped, variants: ["on"]}]}
              asking: {enabled: true, rules: [{when: {flag: dated, variants: ["on"]}, serve: "on"}], fallthrough: "off"}
            segments:
              launched: {rules: [{when: {attribute: $now, after: "2026-07-01T00:00:00Z"}}]}
            """;

    private static final List<String> TIMED = List.of("ramped", "dated", "member", "needing", "asking");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Snapshot.class);

    @BeforeEach
    void showNoLog() {
        logger.setAdditive(false);
    }

    @AfterEach
    void showLogAgain() {
        logger.setAdditive(true);
    }

    static Stream<Arguments> failures() {
        return Stream.<Supplier<Throwable>>of(
                        () -> new DateTimeException("no time"),
                        () -> new IOException("a checked exception"),
                        () -> new AssertionError("an assertion"),
                        () -> new NoClassDefFoundError("a class"),
                        StackOverflowError::new)
                .map(failure -> Arguments.of(failure.get().getClass().getSimpleName(), failure));
    }

    @DisplayName("that fails is an error of the flags that look at it, and of no others")
    @ParameterizedTest(name = "with {0}")
    @MethodSource("failures")
    void thatFails(String name, Supplier<Throwable> failure) {
        Snapshot snapshot = snapshot(() -> {
            HostileValues.raise(failure.get());
            return AFTER;
        });

        assertThat(TIMED).allSatisfy(flag -> {
            assertThat(snapshot.getBooleanDetails(flag, true, USER))
                    .extracting(Evaluation::flagKey, Evaluation::value, Evaluation::reason, Evaluation::errorCode)
                    .containsExactly(flag, true, Reason.ERROR, ErrorCode.GENERAL);
            assertThat(snapshot.getBooleanValue(flag, true, USER)).isTrue();
            assertThat(snapshot.isEnabled(flag, USER)).isFalse();
            assertThat(snapshot.getStringValue(flag, "default", USER)).isEqualTo("default");
            assertThat(snapshot.getIntegerValue(flag, 7, USER)).isEqualTo(7);
            assertThat(snapshot.getLongValue(flag, 7, USER)).isEqualTo(7);
            assertThat(snapshot.getDoubleValue(flag, 7, USER)).isEqualTo(7);
            assertThat(snapshot.getObjectValue(flag, FlagValue.TRUE, USER)).isEqualTo(FlagValue.TRUE);
            assertThat(snapshot.evaluate(flag, USER).errorCode()).isEqualTo(ErrorCode.GENERAL);
            assertThat(snapshot.explain(flag, USER).toString())
                    .contains(flag + " -> the caller's default (ERROR", name);
        });
        assertThat(snapshot.evaluate("timeless", USER).reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(snapshot.evaluate("disabled", USER).reason()).isEqualTo(Reason.DISABLED);
    }

    @Test
    @DisplayName("that works again after a failure is believed again")
    void thatRecovers() {
        AtomicReference<Instant> now = new AtomicReference<>();
        Snapshot snapshot = snapshot(() -> {
            if (now.get() == null) {
                throw new DateTimeException("no time");
            }
            return now.get();
        });

        boolean whileFailing = snapshot.isEnabled("ramped", USER);
        now.set(AFTER);
        boolean afterwards = snapshot.isEnabled("ramped", USER);

        assertThat(whileFailing).isFalse();
        assertThat(afterwards).isTrue();
    }

    @Test
    @DisplayName("that has no time at all makes $now missing, and a ramp an error")
    void withoutTime() {
        Snapshot snapshot = snapshot(() -> null);

        assertThat(snapshot.evaluate("dated", USER).reason()).isEqualTo(Reason.DEFAULT);
        assertThat(snapshot.evaluate("member", USER).reason()).isEqualTo(Reason.DEFAULT);
        assertThat(snapshot.evaluate("ramped", USER).errorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(TIMED)
                .allSatisfy(flag ->
                        assertThat(snapshot.explain(flag, USER).toString()).startsWith(flag + " -> "));
    }

    @Test
    @DisplayName("that jumps backwards takes the answers back with it")
    void thatJumpsBackwards() {
        AtomicReference<Instant> now = new AtomicReference<>(BEFORE);
        Snapshot snapshot = snapshot(now::get);

        assertThat(TIMED).allSatisfy(flag -> {
            now.set(AFTER);
            assertThat(snapshot.evaluate(flag, USER).variant()).isEqualTo("on");
            now.set(BEFORE);
            assertThat(snapshot.evaluate(flag, USER).variant()).isEqualTo("off");
            now.set(AFTER);
            assertThat(snapshot.evaluate(flag, USER).variant()).isEqualTo("on");
        });
    }

    @Test
    @DisplayName("that jumps at every look leaves every answer one of the two")
    void thatJumpsAtEveryLook() {
        Random random = new Random(17);
        Snapshot snapshot = snapshot(() -> random.nextBoolean() ? BEFORE : AFTER);

        for (int i = 0; i < 1_000; i++) {
            for (String flag : TIMED) {
                Evaluation<Boolean> evaluation = snapshot.getBooleanDetails(flag, true, USER);

                assertThat(evaluation.errorCode()).as(flag).isNull();
                assertThat(evaluation.variant()).as(flag).isEqualTo(evaluation.value() ? "on" : "off");
                assertThat(snapshot.explain(flag, USER).toString()).doesNotContain("failed");
            }
        }
    }

    @DisplayName("at the end of time is compared and written like any other")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void atTheEndOfTime(Instant now) {
        Snapshot snapshot = snapshot(() -> now);
        Snapshot written = Yaml.snapshot("""
                flags: {f: {enabled: true, fallthrough: "off", rules: [
                  {when: {attribute: $now, equals: 0, as: instant, unit: ms}, serve: "off"},
                  {when: {attribute: $now, lessThan: 0, as: number}, serve: "off"},
                  {rollout: {percent: 100, by: $now}, serve: "off"},
                  {when: {attribute: $now, endsWith: "Z", as: string}, serve: "on"}]}}
                """, new MutableClock(() -> now), SegmentMembers.NONE);

        assertThat(TIMED)
                .allSatisfy(flag -> assertThat(snapshot.isEnabled(flag, USER)).isEqualTo(now.equals(Instant.MAX)));
        assertThat(written.evaluate("f", USER).ruleId()).isEqualTo("rules[3]");
    }

    @Test
    @DisplayName("does not reach the caller even with an error of the virtual machine")
    void survivesErrorsOfTheMachine() {
        Snapshot snapshot = snapshot(() -> {
            throw new OutOfMemoryError();
        });

        assertThat(snapshot.isEnabled("ramped", USER)).isFalse();
    }

    private static Snapshot snapshot(Supplier<Instant> now) {
        Clock clock = new MutableClock(now);
        return Yaml.snapshot(FLAGS, clock, SegmentMembers.NONE);
    }
}
