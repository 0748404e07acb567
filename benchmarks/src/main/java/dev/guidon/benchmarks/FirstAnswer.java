package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.FileFlagStore;
import java.nio.file.Path;

/** From the start of main to the first answer of flags in a JSON file, in milliseconds. */
@SuppressWarnings("SystemOut") // What it prints is read by {@link Programs}.
final class FirstAnswer {

    private FirstAnswer() {}

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        FileFlagStore store = FileFlagStore.builder(Path.of(arguments[0]))
                .readOnly(arguments[1].equals("read-only"))
                .open();
        FeatureFlags flags = FeatureFlags.of(store);
        boolean answer = flags.isEnabled("flag-7", EvaluationContext.of("user-1"));
        double millis = (System.nanoTime() - start) / 1e6;
        if (!answer && flags.snapshot().definitions().flags().isEmpty()) {
            throw new IllegalStateException("no flags");
        }
        System.out.println(millis);
        flags.close();
        store.close();
    }
}
