package dev.guidon.migrate;

import dev.guidon.definition.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exports that hold several environments, of which one is imported. */
final class Environments {

    private Environments() {}

    /**
     * The environment to import.
     *
     * @param chosen what the caller wants; null for the only one
     * @param there those of the export
     * @param export where a problem is noted if none of them can be taken
     * @return its name; null if the export names none, or after a problem
     */
    static @Nullable String choose(@Nullable String chosen, Set<String> there, Node export) {
        String all = there.isEmpty() ? "none: the export names no environment" : String.join(", ", there);
        if (chosen == null && there.size() > 1) {
            export.notes().problem(new Problem("environment", "nothing", "one of " + all));
        } else if (chosen != null && !there.contains(chosen)) {
            export.notes().problem(new Problem("environment", chosen, all));
        } else if (chosen == null && !there.isEmpty()) {
            return there.iterator().next();
        }
        return chosen;
    }
}
