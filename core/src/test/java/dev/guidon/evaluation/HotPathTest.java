package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.ThreadMXBean;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.json.FlagFormat;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HotPathTest {

    private static final int CALLS = 50_000;

    private static final Snapshot FLAGS = Scenario.read(
            "flags:\n"
                    + "  plain: {enabled: true}\n"
                    + "  three-rules: {enabled: true, rules: [{when: {attribute: country, in: [FR, US]}, serve: \"off\"},"
                    + " {when: {all: [{attribute: plan, equals: free}, {attribute: age, lessThan: 18}]}, serve: \"off\"},"
                    + " {when: {attribute: email, endsWith: \"@example.com\"}, serve: \"on\"}], fallthrough: \"off\"}\n"
                    + "  half: {enabled: true, fallthrough: {split: [{variant: \"on\", weight: 1}, {variant: \"off\", weight: 1}]}}\n"
                    + "  rolled: {enabled: true, rules: [{rollout: 20, serve: \"off\"}]}\n"
                    + "  listed: {enabled: true, rules: [{when: {attribute: $key, in: ["
                    + IntStream.range(0, 10_000).mapToObj(i -> "u-" + i).collect(Collectors.joining(", "))
                    + "]}, serve: \"on\"}]}\n"
                    + "  needs: {enabled: true, prerequisites: [{flag: half, variants: [\"on\", \"off\"]}]}\n"
                    + "  member: {enabled: true, rules: [{when: {segment: staff}, serve: \"on\"}]}\n"
                    + "segments: {staff: {include: {values: [u-1]}, rules: [{when: {attribute: email, contains: EXAMPLE, ignoreCase: true}}]}}\n");

    @ParameterizedTest
    @ValueSource(strings = {"plain", "three-rules", "half", "rolled", "listed", "needs", "member", "unknown"})
    @DisplayName("an evaluation with a prebuilt context allocates nothing")
    void allocatesNothing(String flag) {
        EvaluationContext context = EvaluationContext.builder("u-7")
                .set("country", "DE")
                .set("plan", "pro")
                .set("age", 30)
                .set("email", "ada@example.com")
                .build();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;

        for (int round = 0; round < 20 && best > CALLS / 100; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                FLAGS.getBooleanValue(flag, false, context);
                if (!flag.equals("unknown")) {
                    FLAGS.getBooleanDetails(flag, false, context);
                }
            }
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(best).as("bytes of %d calls", CALLS).isLessThan(CALLS / 100);
    }

    @Test
    @DisplayName("whatever goes wrong is logged once, a thousand causes at most, and no attribute value ever")
    void logsOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(Snapshot.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        Definitions definitions = FlagFormat.readYaml("flags: {ok: {enabled: true}, bad: {type: 7},"
                + " split: {enabled: true, fallthrough: {split: [{variant: \"on\", weight: 1}], by: missing}}}");
        Snapshot snapshot = new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE).compile(definitions);
        EvaluationContext context =
                EvaluationContext.builder("secret-key").set("a", "secret-value").build();

        for (int i = 0; i < 1_000; i++) {
            for (String flag : List.of("ok", "bad", "split", "unknown", "unknown\nforged line")) {
                snapshot.getBooleanValue(flag, false, context);
                snapshot.getStringDetails(flag, "d", context);
            }
        }
        List<String> lines =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        IntStream.range(0, 5_000).forEach(i -> snapshot.isEnabled("unknown-" + i));
        logger.detachAppender(log);

        assertThat(lines)
                .hasSize(6)
                .anyMatch(line -> line.contains("Unknown flag 'unknown'"))
                .anyMatch(line -> line.contains("Unknown flag 'unknown forged line'"))
                .anyMatch(line -> line.contains("PARSE_ERROR") && line.contains("bad"))
                .anyMatch(line -> line.contains("TARGETING_KEY_MISSING") && line.contains("split"))
                .anyMatch(line -> line.contains("'ok' is of type boolean, asked for a string"))
                .noneMatch(line -> line.contains("secret"));
        assertThat(log.list).hasSizeLessThanOrEqualTo(1_001);
    }

    @Test
    @Timeout(60)
    @DisplayName("sixteen threads see whole snapshots while they are swapped a thousand times")
    void readsWholeSnapshots() throws Exception {
        SnapshotCompiler compiler = new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE);
        AtomicReference<Snapshot> current = new AtomicReference<>(compiler.compile(pair(true)));
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(16);
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<Long>> readers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            EvaluationContext context = EvaluationContext.of("u-" + i);
            readers.add(pool.submit(() -> {
                long read = 0;
                reading.countDown();
                do {
                    Snapshot snapshot = current.get();
                    boolean first = snapshot.isEnabled("first", context);
                    assertThat(snapshot.isEnabled("second", context)).isEqualTo(first);
                    read++;
                } while (!done.get());
                return read;
            }));
        }
        reading.await();

        for (int i = 0; i < 1_000; i++) {
            current.set(compiler.compile(pair(i % 2 == 0)));
        }
        done.set(true);

        for (Future<Long> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
        pool.shutdown();
    }

    private static Definitions pair(boolean on) {
        Flag second = Flag.bool("second", true)
                .withRules(new Rule("r", new Condition.FlagServes("first", List.of("off"), Extra.NONE), "off"));
        return Definitions.of(Flag.bool("first", on), second);
    }
}
