package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.InMemoryFlagStore;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Evaluations by one thread, while another commits changes of a flag and while it does not: nanoseconds at percentiles, and the changes seen. */
@SuppressWarnings("SystemOut") // What it prints is read by {@link Programs}.
final class SwapUnderLoad {

    private static final int FLAGS = 1_000;
    private static final int SAMPLES = 20_000_000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private SwapUnderLoad() {}

    public static void main(String[] arguments) throws InterruptedException {
        InMemoryFlagStore store = InMemoryFlagStore.of(Samples.flags(FLAGS));
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            evaluate(flags);
            System.out.println("0 " + text(evaluate(flags)));
            FlagEditor editor = FlagEditor.of(store, "benchmarks");
            long before = flags.revision().number();
            Thread writer = new Thread(() -> {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    editor.set("flag-7", i % 2 == 0);
                    LockSupport.parkNanos(PAUSE);
                }
            });
            writer.start();
            long[] sorted = evaluate(flags);
            long swaps = flags.revision().number() - before;
            writer.interrupt();
            writer.join();
            System.out.println(swaps + " " + text(sorted));
        }
    }

    /** A clock is read before and after each, which is part of the figures. */
    private static long[] evaluate(FeatureFlags flags) {
        long[] nanos = new long[SAMPLES];
        EvaluationContext context =
                EvaluationContext.builder("user-1").set("plan", "pro").build();
        int on = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            on += flags.isEnabled("flag-7", context) ? 1 : 0;
            nanos[i] = System.nanoTime() - start;
        }
        if (on < 0) {
            throw new IllegalStateException();
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String text(long[] sorted) {
        return sorted[sorted.length / 2] + " " + sorted[(int) (sorted.length * 0.99)] + " "
                + sorted[(int) (sorted.length * 0.999)];
    }
}
