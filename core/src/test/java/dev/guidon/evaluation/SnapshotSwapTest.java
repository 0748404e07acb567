package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Serve;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("On 16 threads, while snapshots are swapped 1,000 times,")
@Timeout(120)
class SnapshotSwapTest {

    private static final int THREADS = 16;
    private static final int SWAPS = 1_000;

    @Test
    @DisplayName("every snapshot answers with exactly its own revision, and nobody sees an older one after a newer one")
    void noTornRead() throws Exception {
        SnapshotCompiler compiler = new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE);
        AtomicReference<Snapshot> current = new AtomicReference<>(compiler.compile(numbered(0)));
        LongAdder reads = new LongAdder();

        List<String> torn = onAllThreads(
                () -> {
                    List<String> wrong = new ArrayList<>();
                    long last = 0;
                    while (last < SWAPS) {
                        Snapshot snapshot = current.get();
                        String one = snapshot.getStringValue("one", "", EvaluationContext.EMPTY);
                        String two = snapshot.getStringValue("two", "", EvaluationContext.EMPTY);
                        String revision = "r" + snapshot.revision().number();
                        if (!one.equals(revision)
                                || !two.equals(revision)
                                || snapshot.revision().number() < last) {
                            wrong.add(revision + " gave " + one + " and " + two + " after " + last);
                        }
                        last = snapshot.revision().number();
                        reads.increment();
                    }
                    return wrong;
                },
                () -> {
                    for (int i = 1; i <= SWAPS; i++) {
                        current.set(compiler.compile(numbered(i)));
                    }
                });

        assertThat(torn).isEmpty();
        assertThat(reads.sum()).isGreaterThanOrEqualTo(THREADS);
    }

    @Test
    @DisplayName("a context has the same answers")
    void sameAnswers() throws Exception {
        String document = """
                flags:
                  f:
                    type: string
                    enabled: true
                    variants: {a: a, b: b, c: c}
                    rules:
                      - {when: {segment: half}, serve: {split: [{variant: a, weight: 1}, {variant: b, weight: 2}]}}
                      - {rollout: 50, serve: c}
                    fallthrough: b
                segments: {half: {rules: [{rollout: 50}]}}
                """;
        AtomicReference<Snapshot> current = new AtomicReference<>(Yaml.snapshot(document));
        List<EvaluationContext> users = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            users.add(EvaluationContext.of("user-" + i));
            expected.add(current.get().getStringValue("f", "", users.get(i)));
        }
        Definitions definitions = current.get().definitions();
        AtomicReference<Boolean> running = new AtomicReference<>(true);

        List<String> different = onAllThreads(
                () -> {
                    List<String> wrong = new ArrayList<>();
                    do {
                        for (int i = 0; i < users.size(); i++) {
                            String answer = current.get().getStringValue("f", "", users.get(i));
                            if (!answer.equals(expected.get(i))) {
                                wrong.add(users.get(i).targetingKey() + ": " + answer);
                            }
                        }
                    } while (running.get());
                    return wrong;
                },
                () -> {
                    for (int i = 0; i < SWAPS; i++) {
                        current.set(Snapshot.of(definitions));
                    }
                    running.set(false);
                });

        assertThat(different).isEmpty();
    }

    /** Runs the reader on all threads and the writer on this one. */
    private static List<String> onAllThreads(Callable<List<String>> reader, Runnable writer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(reader));
            }
            writer.run();
            List<String> all = new ArrayList<>();
            for (Future<List<String>> result : results) {
                all.addAll(result.get(60, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Two flags that always change together, one of them by way of a third. */
    private static Definitions numbered(int number) {
        String value = "r" + number;
        Flag one = Flag.of("one", FlagType.STRING, Map.of("v", FlagValue.of(value)), null)
                .withFallthrough(Serve.variant("v"));
        Flag gate = Flag.of("gate", FlagType.STRING, Map.of("g" + number, FlagValue.of("")), null)
                .withFallthrough(Serve.variant("g" + number));
        Flag two = Flag.of("two", FlagType.STRING, Map.of("v", FlagValue.of(value)), null)
                .withPrerequisites(new Prerequisite("gate", List.of("g" + number)))
                .withFallthrough(Serve.variant("v"));
        Definitions definitions = Definitions.of(one, gate, two);
        Revision revision = number == 0 ? Revision.initial("epoch") : new Revision("epoch", number, "change-" + number);
        return new Definitions(revision, definitions.flags(), definitions.segments(), definitions.extra());
    }
}
