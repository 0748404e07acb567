package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Under load")
class LosslessTest {

    private static final EvaluationContext ADA = EvaluationContext.of("ada");
    private static final int FLAGS = 50;
    private static final int EVALUATIONS = 1_000_000;
    private static final int CHANGES = 200;

    @Test
    @DisplayName(
            "of all cores no evaluation is lost, while snapshots are swapped, a registry is scraped and another one bound")
    void lossless() throws Exception {
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        ExecutorService executor = Executors.newCachedThreadPool();
        try (Meters meters = Meters.of(flags())) {
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Map<String, Long>>> counted = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                counted.add(executor.submit(() -> evaluate(meters, first)));
            }
            Future<Integer> scraped = executor.submit(repeated(over, meters::scrape));
            PrometheusMeterRegistry late = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

            Revision last = meters.flags.revision();
            for (int i = 0; i < CHANGES; i++) {
                boolean enabled = i % 2 == 0;
                last = meters.editor.update("flag-" + i % FLAGS, flag -> flag.withEnabled(enabled));
                assertThat(meters.flags.await(last, Meters.SOON)).isTrue();
                if (i == CHANGES / 2) {
                    meters.metrics.bindTo(late);
                }
            }

            Map<String, Long> expected = new HashMap<>();
            for (Future<Map<String, Long>> one : counted) {
                one.get().forEach((outcome, count) -> expected.merge(outcome, count, Long::sum));
            }
            over.set(true);
            assertThat(scraped.get()).isPositive();
            assertThat(counts(meters.scrape())).isEqualTo(expected);
            assertThat(counts(Scrape.of(late))).isEqualTo(expected);
            assertThat(expected.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo((long) threads * EVALUATIONS);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("of many snapshots nothing of an earlier one stays in memory, and no series is added")
    void memory() throws Exception {
        try (Meters meters = Meters.of(flags())) {
            List<WeakReference<Snapshot>> snapshots = new ArrayList<>();
            List<WeakReference<Evaluation<Boolean>>> evaluations = new ArrayList<>();
            int meterCount = -1;
            for (int i = 0; i < CHANGES; i++) {
                boolean enabled = i % 2 == 0;
                Revision written = meters.editor.update("flag-0", flag -> flag.withEnabled(enabled));
                assertThat(meters.flags.await(written, Meters.SOON)).isTrue();
                snapshots.add(new WeakReference<>(meters.flags.snapshot()));
                for (int flag = 0; flag < FLAGS; flag++) {
                    evaluations.add(new WeakReference<>(meters.flags.getBooleanDetails("flag-" + flag, false, ADA)));
                }
                // A series that is new is shown by whichever thread has its turn, some time after it is counted.
                if (i == CHANGES / 2) {
                    meterCount = meters.registry.getMeters().size();
                }
            }

            assertThat(meters.registry.getMeters()).hasSize(meterCount);
            Awaitility.await().untilAsserted(() -> {
                System.gc();
                assertThat(snapshots.stream().filter(one -> !one.refersTo(null)))
                        .hasSizeLessThanOrEqualTo(2);
                // What has not changed is the same object in every snapshot.
                Set<Evaluation<Boolean>> kept = Collections.newSetFromMap(new IdentityHashMap<>());
                evaluations.stream()
                        .map(WeakReference::get)
                        .filter(Objects::nonNull)
                        .forEach(kept::add);
                assertThat(kept).hasSizeLessThanOrEqualTo(2 * FLAGS);
            });
        }
    }

    private static Map<String, Long> evaluate(Meters meters, int first) {
        Map<String, Long> counts = new HashMap<>();
        Map<Evaluation<?>, Long> seen = new HashMap<>();
        for (int i = 0; i < EVALUATIONS; i++) {
            seen.merge(meters.flags.getBooleanDetails("flag-" + (first + i) % FLAGS, false, ADA), 1L, Long::sum);
        }
        seen.forEach((evaluation, count) -> counts.merge(
                evaluation.flagKey()
                        + evaluation.variant()
                        + evaluation.reason().name().toLowerCase(Locale.ROOT),
                count,
                Long::sum));
        return counts;
    }

    private static Map<String, Long> counts(Scrape scrape) {
        Map<String, Long> counts = new HashMap<>();
        for (Scrape.Sample sample : scrape.matching("guidon_evaluations_total")) {
            Map<String, String> labels = sample.labels();
            counts.put(labels.get("flag") + labels.get("variant") + labels.get("reason"), (long) sample.value());
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static Callable<Integer> repeated(AtomicBoolean over, Runnable work) {
        return () -> {
            int times = 0;
            while (!over.get()) {
                work.run();
                times++;
            }
            return times;
        };
    }

    private static Flag[] flags() {
        Flag[] flags = new Flag[FLAGS];
        for (int i = 0; i < FLAGS; i++) {
            flags[i] = Flag.bool("flag-" + i, true);
        }
        return flags;
    }
}
