package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.FileFlagStore;
import java.nio.file.Path;

/** From the start of main to the first answer of flags in a JSON file, and how long the same takes again in the same process, in milliseconds. */
@SuppressWarnings("SystemOut") // What it prints is read by {@link Programs}.
final class FirstAnswer {

    /** The second and the last are printed. */
    private static final int TIMES = 20;

    private FirstAnswer() {}

    public static void main(String[] arguments) {
        StringBuilder millis = new StringBuilder();
        for (int i = 1; i <= TIMES; i++) {
            double taken = answer(arguments[0], arguments[1].equals("read-only"));
            if (i <= 2 || i == TIMES) {
                millis.append(taken).append(' ');
            }
        }
        System.out.println(millis);
    }

    private static double answer(String file, boolean readOnly) {
        long start = System.nanoTime();
        try (FileFlagStore store =
                        FileFlagStore.builder(Path.of(file)).readOnly(readOnly).open();
                FeatureFlags flags = FeatureFlags.of(store)) {
            boolean answer = flags.isEnabled("flag-7", EvaluationContext.of("user-1"));
            double millis = (System.nanoTime() - start) / 1e6;
            if (!answer && flags.snapshot().definitions().flags().isEmpty()) {
                throw new IllegalStateException("no flags");
            }
            return millis;
        }
    }
}
