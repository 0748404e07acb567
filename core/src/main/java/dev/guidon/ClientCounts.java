package dev.guidon;

import dev.guidon.store.ChangeLog;
import java.util.Map;

/**
 * What a {@link FeatureFlags} counts, from when it was made.
 *
 * @param reloads how often everything was loaded again because the store's change log did not continue from the flags in force, for each
 *     cause that there was
 * @param listenerFailures how often a listener of changes or of evaluations has thrown
 */
public record ClientCounts(Map<ChangeLog.Cause, Long> reloads, long listenerFailures) {

    /** Copies the map. */
    public ClientCounts {
        reloads = Map.copyOf(reloads);
    }
}
