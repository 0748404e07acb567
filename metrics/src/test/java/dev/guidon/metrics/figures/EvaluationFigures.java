package dev.guidon.metrics.figures;

import com.sun.management.ThreadMXBean;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.EvaluationListener;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation costs without a listener, with one that does nothing, and with the meters: nanoseconds of a processor and bytes, on
 * one thread and on all cores. Flags are asked one after the other, each of them with a rule that does not match, for one context made before. The best of
 * the rounds counts, which are taken in turns, since other work on the machine only ever adds to them.
 */
@SuppressWarnings("SystemOut") // Figures are printed.
public final class EvaluationFigures {

    private static final int CALLS = 1_000_000;
    private static final EvaluationContext CONTEXT =
            EvaluationContext.builder("u-1").set("country", "DE").build();

    private EvaluationFigures() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf("%d cores, Java %s%n", cores, Runtime.version());
        for (int flags : new int[] {1, 100, 10_000}) {
            for (int threads : new int[] {1, cores}) {
                measure(rounds, flags, threads);
            }
        }
    }

    private static void measure(int rounds, int flags, int threads) throws Exception {
        String[] keys = new String[flags];
        InMemoryFlagStore store = new InMemoryFlagStore();
        FlagEditor.of(store, "figures").batch(changes -> {
            for (int i = 0; i < flags; i++) {
                keys[i] = "flag-" + i;
                changes.create(Flag.bool(keys[i], true)
                        .withRules(new Rule("fr", Attribute.of("country").equalTo("FR"), "off")));
            }
        });
        FlagMetrics metrics = new FlagMetrics("figures", 2 * flags, Clock.systemUTC());
        try (FeatureFlags without = client(store, null);
                FeatureFlags with = client(store, (evaluation, context) -> {});
                FeatureFlags counted = client(store, metrics)) {
            metrics.observe(counted).bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
            Cost none = Cost.MOST;
            Cost empty = Cost.MOST;
            Cost meters = Cost.MOST;
            for (int i = 0; i < rounds; i++) {
                none = none.least(round(without, keys, threads));
                empty = empty.least(round(with, keys, threads));
                meters = meters.least(round(counted, keys, threads));
            }
            System.out.printf(
                    "%,6d flags, %d threads: without a listener %s, with an empty one %s, with meters %s%n",
                    flags, threads, none, empty, meters);
        }
    }

    private static FeatureFlags client(InMemoryFlagStore store, @Nullable EvaluationListener listener) {
        FeatureFlags.Builder builder = FeatureFlags.builder(store);
        return listener == null
                ? builder.build()
                : builder.evaluationListener(listener).build();
    }

    private static Cost round(FeatureFlags flags, String[] keys, int threads) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<Cost> work = () -> once(flags, keys);
            List<Future<Cost>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(work));
            }
            double nanos = 0;
            double bytes = 0;
            for (Future<Cost> one : all) {
                nanos += one.get().nanos() / threads;
                bytes += one.get().bytes() / threads;
            }
            return new Cost(nanos, bytes);
        } finally {
            executor.shutdown();
        }
    }

    private static Cost once(FeatureFlags flags, String[] keys) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int on = 0;
        int key = 0;
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            on += flags.isEnabled(keys[key], CONTEXT) ? 1 : 0;
            key = key + 1 == keys.length ? 0 : key + 1;
        }
        long nanos = threads.getCurrentThreadCpuTime() - start;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        if (on != CALLS) {
            throw new IllegalStateException("found " + on + " that are on; expected " + CALLS);
        }
        return new Cost((double) nanos / CALLS, (double) bytes / CALLS);
    }

    /** Of one evaluation. */
    private record Cost(double nanos, double bytes) {

        private static final Cost MOST = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);

        Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }

        @Override
        public String toString() {
            return String.format("%.1f ns %.0f B", nanos, bytes);
        }
    }
}
