package dev.guidon.store;

import dev.guidon.definition.Shown;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a store is.
 *
 * @param available whether it can give the newest data
 * @param since since when that is so
 * @param problem what is wrong, for people; null if nothing is
 */
public record StoreStatus(
        boolean available, Instant since, @Nullable String problem) {

    /** Keeps the problem on one line. */
    public StoreStatus {
        problem = problem == null ? null : Shown.message(problem);
    }
}
