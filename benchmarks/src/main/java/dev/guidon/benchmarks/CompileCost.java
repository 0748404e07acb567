package dev.guidon.benchmarks;

import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.Snapshot;
import java.lang.management.ManagementFactory;

/** What it takes to compile flags: milliseconds in a new process and in a warm one, and megabytes of heap of the snapshot alone. */
@SuppressWarnings("SystemOut") // What it prints is read by {@link Programs}.
final class CompileCost {

    private static final int WARM_FLAGS = 300_000;
    private static final int LEAST_ROUNDS = 5;

    private CompileCost() {}

    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        Definitions definitions = Definitions.of(Samples.flags(count));
        long before = used();
        long start = System.nanoTime();
        Snapshot snapshot = Snapshot.of(definitions);
        double cold = (System.nanoTime() - start) / 1e6;
        double heap = (used() - before) / 1e6;
        double warm = cold;
        for (int i = 0; i < Math.max(LEAST_ROUNDS, WARM_FLAGS / count); i++) {
            start = System.nanoTime();
            Snapshot again = snapshot.with(definitions);
            warm = Math.min(warm, (System.nanoTime() - start) / 1e6);
            if (again.definitions().flags().size() != count) {
                throw new IllegalStateException("compiled something else");
            }
        }
        System.out.println(cold + " " + warm + " " + heap);
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
