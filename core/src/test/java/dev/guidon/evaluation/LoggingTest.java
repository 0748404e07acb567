package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guidon.json.FlagFormat;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("The log of evaluations")
class LoggingTest {

    private static final String SECRET = "s3cr3t";
    private static final EvaluationContext CONTEXT = EvaluationContext.builder(SECRET)
            .set("a", SECRET)
            .set("list", List.of(SECRET))
            .build();
    private static final String FLAGS = """
            flags:
              good: {enabled: true}
              number: {type: number, enabled: true, variants: {n: 1.5}, fallthrough: n}
              broken: {enabled: true, rules: [{when: {attribute: a, matches: "("}, serve: "on"}]}
              keyless: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}], by: list}}
              ruled: {enabled: true, rules: [{when: {attribute: a, lessThan: 7}, serve: "off"}, {when: {segment: asked}, serve: "off"}], fallthrough: "on"}
              ramped: {enabled: true, rules: [{rollout: {ramp: [{at: "2026-01-01T00:00:00Z", percent: 50}]}, serve: "off"}], fallthrough: "on"}
            segments: {asked: {members: external, generation: g}}
            """;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Snapshot.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    @Test
    @DisplayName("has one line for each cause, not for each call")
    void hasOneLineForEachCause() {
        Snapshot snapshot = compiler(null).compile(FlagFormat.readYaml(FLAGS));

        for (int i = 0; i < 10_000; i++) {
            snapshot.isEnabled("good", CONTEXT);
            snapshot.isEnabled("unknown", CONTEXT);
            snapshot.getStringDetails("unknown", "", CONTEXT);
            snapshot.evaluate("unknown", CONTEXT);
            snapshot.isEnabled("broken", CONTEXT);
            snapshot.evaluate("broken", CONTEXT);
            snapshot.getStringValue("good", "", CONTEXT);
            snapshot.getIntegerValue("number", 0, CONTEXT);
            snapshot.getIntegerDetails("number", 0, CONTEXT);
            snapshot.isEnabled("keyless", CONTEXT);
            snapshot.isEnabled("ruled", CONTEXT);
        }

        assertThat(lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("Unknown flag 'unknown'"),
                        line -> assertThat(line).contains("PARSE_ERROR", "'broken'", "rules[0].when.matches[0]"),
                        line -> assertThat(line).contains("'good' is of type boolean, asked for a string"),
                        line -> assertThat(line).contains("'number' serves 1.5", "not an integer of 32 bits"),
                        line -> assertThat(line).contains("TARGETING_KEY_MISSING", "'keyless'"));
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
    }

    @Test
    @DisplayName("goes on where the last snapshot was, and does not repeat itself")
    void goesOnWithTheNextSnapshot() {
        Snapshot first = compiler(null).compile(FlagFormat.readYaml(FLAGS));

        first.isEnabled("unknown");
        first.with(first.definitions()).isEnabled("unknown");

        assertThat(lines()).hasSize(1);
    }

    @Test
    @DisplayName("has no more than 1,000 lines of unknown flags, however many are asked for, and still tells of errors")
    void isBounded() {
        Snapshot snapshot = compiler(null).compile(FlagFormat.readYaml(FLAGS));

        for (int i = 0; i < 5_000; i++) {
            snapshot.isEnabled("unknown-" + i, CONTEXT);
            snapshot.isEnabled("x".repeat(300) + i, CONTEXT);
        }
        snapshot.isEnabled("broken", CONTEXT);

        assertThat(lines()).hasSize(1_002);
        assertThat(lines().get(1_001)).contains("PARSE_ERROR");
        assertThat(lines())
                .areExactly(1, new Condition<>(line -> line.contains("1000 different flags or causes"), "the end"));
        assertThat(lines().get(1)).hasSizeLessThan(350).contains("xxx… (301 characters)'");
    }

    @Test
    @DisplayName("has one line for a key, whatever characters are in it")
    void keepsToOneLine() {
        Snapshot snapshot = compiler(null).compile(FlagFormat.readYaml(FLAGS));

        snapshot.isEnabled("a\r\nb\u0000c\u0085d\u2028e\u2029f\u001b[31m");
        snapshot.isEnabled(null);

        assertThat(lines())
                .containsExactly(
                        "Unknown flag 'a\\r\\nb\\u0000c\\u0085d\\u2028e\\u2029f\\u001b[31m': the caller's default is used",
                        "Unknown flag 'null': the caller's default is used");
    }

    @Test
    @DisplayName("never shows an attribute or a targeting key")
    void showsNoAttributes() {
        List<Supplier<Error>> failures =
                List.of(NoClassDefFoundError::new, StackOverflowError::new, AssertionError::new);
        for (Supplier<Error> failure : failures) {
            SnapshotCompiler compiler = new SnapshotCompiler(
                    new MutableClock(() -> {
                        throw failure.get();
                    }),
                    (segment, generation, member) -> {
                        throw new IllegalStateException(member);
                    });
            Snapshot snapshot = compiler.compile(FlagFormat.readYaml(FLAGS));
            for (String flag : List.of("good", "number", "broken", "keyless", "ruled", "ramped", "unknown")) {
                snapshot.getBooleanDetails(flag, true, CONTEXT);
                snapshot.getIntegerDetails(flag, 1, CONTEXT);
                snapshot.evaluate(flag, CONTEXT);
                snapshot.explain(flag, CONTEXT);
            }
        }

        assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }

    @Test
    @DisplayName("has one error, with its stack trace, for a flag whose evaluation fails")
    void showsFailures() {
        SnapshotCompiler compiler = new SnapshotCompiler(
                new MutableClock(() -> {
                    throw new IllegalStateException("the clock stands still");
                }),
                SegmentMembers.NONE);
        Snapshot snapshot = compiler.compile(FlagFormat.readYaml(FLAGS));

        for (int i = 0; i < 100; i++) {
            assertThat(snapshot.getBooleanDetails("ramped", true, CONTEXT))
                    .extracting(Evaluation::value, Evaluation::reason, Evaluation::errorCode, Evaluation::flagKey)
                    .containsExactly(true, Reason.ERROR, ErrorCode.GENERAL, "ramped");
        }

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).contains("'ramped'");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("the clock stands still");
        });
    }

    @Test
    @DisplayName("has the error of a flag also where an unknown flag was asked for that is called like the error")
    void keepsCausesApart() {
        SnapshotCompiler compiler = new SnapshotCompiler(
                new MutableClock(() -> {
                    throw new IllegalStateException("the clock stands still");
                }),
                SegmentMembers.NONE);
        Snapshot snapshot = compiler.compile(FlagFormat.readYaml(FLAGS));

        snapshot.isEnabled("GENERAL ramped", CONTEXT);
        snapshot.isEnabled("ramped", CONTEXT);

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.ERROR);
    }

    @Test
    @DisplayName("tells once that a listener fails, which no caller notices")
    void survivesListeners() {
        List<Supplier<Throwable>> failures = List.of(
                IllegalStateException::new, AssertionError::new, NoClassDefFoundError::new, StackOverflowError::new);
        for (Supplier<Throwable> failure : failures) {
            log.list.clear();
            Snapshot snapshot = compiler((evaluation, context) -> HostileValues.raise(failure.get()))
                    .compile(FlagFormat.readYaml(FLAGS));

            for (int i = 0; i < 10; i++) {
                assertThat(snapshot.isEnabled("good", CONTEXT)).isTrue();
                assertThat(snapshot.getBooleanDetails("good", false, CONTEXT).variant())
                        .isEqualTo("on");
                assertThat(snapshot.evaluate("good", CONTEXT).variant()).isEqualTo("on");
            }

            assertThat(lines()).singleElement().asString().contains("listener", "failed");
        }
    }

    @Test
    @DisplayName("leaves it to a listener to hear of everything")
    void tellsListeners() {
        List<String> heard = new ArrayList<>();
        BiConsumer<Evaluation<?>, EvaluationContext> listener = (evaluation, context) -> heard.add(evaluation.flagKey()
                + "=" + evaluation.value() + " " + evaluation.reason() + " " + (context == CONTEXT));
        Snapshot snapshot = compiler(listener::accept).compile(FlagFormat.readYaml(FLAGS));

        snapshot.isEnabled("good", CONTEXT);
        snapshot.getStringValue("good", "x", CONTEXT);
        snapshot.getDoubleDetails("number", 0, null);
        snapshot.evaluate("unknown", CONTEXT);
        snapshot.explain("good", CONTEXT);

        assertThat(heard)
                .containsExactly(
                        "good=true STATIC true",
                        "good=x ERROR true",
                        "number=1.5 STATIC false",
                        "unknown=null ERROR true");
    }

    private static SnapshotCompiler compiler(EvaluationListener listener) {
        return new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE, listener);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
