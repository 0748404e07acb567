package dev.guidon.examples.quickstart;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How many users get each variant of a flag.
 *
 * @param counts variant to number of users
 */
record Shares(Map<String, Integer> counts) {

    /** Of a flag that does not exist. */
    static final Shares NONE = new Shares(Map.of());

    /** Stands for the caller's default, which is the answer of a flag that has none. */
    private static final String NO_VARIANT = "(none)";

    static Shares of(String flag, Users users, Snapshot flags) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        flags.definitions()
                .flag(flag)
                .ifPresent(defined -> defined.variants().keySet().forEach(variant -> counts.put(variant, 0)));
        for (EvaluationContext user : users.all()) {
            String variant = flags.evaluate(flag, user).variant();
            counts.merge(variant == null ? NO_VARIANT : variant, 1, Integer::sum);
        }
        return new Shares(counts);
    }

    /** For example {@code 12.5 %}; a dash if there is no such variant. */
    String percent(String variant) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.containsKey(variant) ? percent(100.0 * counts.get(variant) / all) : "-";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share);
    }
}
