package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.guidon.json.FlagFormat;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

@DisplayName("Whatever a callback throws")
class CallbackErrorsTest {

    private static final String FLAGS = """
            flags:
              heard: {enabled: true}
              ramped: {enabled: true, rules: [{rollout: {ramp: [{at: "2026-01-01T00:00:00Z", percent: 50}]}, serve: "on"}]}
              timed: {enabled: true, rules: [{when: {attribute: $now, after: "2026-01-01T00:00:00Z"}, serve: "on"}]}
              asked: {enabled: true, rules: [{when: {segment: s}, serve: "off"}], fallthrough: "on"}
            segments: {s: {members: external, generation: g}}
            """;

    static Stream<Supplier<Throwable>> throwables() {
        return Stream.of(
                IllegalStateException::new,
                AssertionError::new,
                NoClassDefFoundError::new,
                StackOverflowError::new,
                OutOfMemoryError::new,
                InternalError::new,
                java.io.IOException::new);
    }

    @AfterEach
    void mendLog() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).resetTurboFilterList();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName("does not reach the caller")
    void doesNotReachTheCaller(Supplier<Throwable> failure) {
        Snapshot snapshot = failing(failure);

        assertThat(answers(snapshot)).containsExactly(true, false, false, true);
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName("does not reach the caller even if the logging back end throws too")
    void survivesTheLog(Supplier<Throwable> failure) {
        breakLog(failure);
        Snapshot snapshot = failing(failure);

        assertThat(answers(snapshot)).containsExactly(true, false, false, true);
        assertThat(snapshot.isEnabled("unknown")).isFalse();
        assertThat(snapshot.getStringValue("heard", "x", EvaluationContext.EMPTY))
                .isEqualTo("x");
        assertThat(EvaluationContext.builder("k")
                        .set("a " + failure.get(), new Object())
                        .build()
                        .attribute("a"))
                .isNull();
    }

    private static boolean[] answers(Snapshot snapshot) {
        EvaluationContext context = EvaluationContext.of("u");
        return new boolean[] {
            snapshot.getBooleanDetails("heard", false, context).value(),
            snapshot.getBooleanValue("ramped", false, context),
            snapshot.getBooleanDetails("timed", false, context).value(),
            snapshot.explain("asked", context).steps().isEmpty() || snapshot.isEnabled("heard", context)
        };
    }

    private static Snapshot failing(Supplier<Throwable> failure) {
        SnapshotCompiler compiler = new SnapshotCompiler(
                new MutableClock(() -> {
                    throw CallbackErrorsTest.<RuntimeException>sneaky(failure.get());
                }),
                (segment, generation, member) -> {
                    throw CallbackErrorsTest.<RuntimeException>sneaky(failure.get());
                },
                (evaluation, context) -> {
                    throw CallbackErrorsTest.<RuntimeException>sneaky(failure.get());
                });
        return compiler.compile(FlagFormat.parseYaml(FLAGS));
    }

    private static void breakLog(Supplier<Throwable> failure) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker, Logger asked, Level level, String format, Object[] params, Throwable t) {
                if (asked.getName().startsWith("dev.guidon.evaluation")) {
                    throw CallbackErrorsTest.<RuntimeException>sneaky(failure.get());
                }
                return FilterReply.NEUTRAL;
            }
        });
    }

    @SuppressWarnings("unchecked") // Throws what is no RuntimeException as if it were one.
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
