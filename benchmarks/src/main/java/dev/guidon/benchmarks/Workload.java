package dev.guidon.benchmarks;

import java.util.Locale;

/** What every system is asked. */
enum Workload {
    PLAIN("plain", "plain boolean"),
    RULES("rules", "three rules, the last matches"),
    HALF("50-50", "50/50 by user id"),
    VARIANTS("4-way", "four variants, 25 % each"),
    UNKNOWN("unknown", "unknown key"),
    LIST("list", "list of 10,000 ids, half hits");

    /** Of the flag. */
    final String key;

    final String title;

    Workload(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The method of {@link EvaluationBenchmark} with a prebuilt context; with {@code Built} behind it, that with one built per call. */
    String method() {
        return name().toLowerCase(Locale.ROOT);
    }
}
