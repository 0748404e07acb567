package dev.guidon;

import dev.guidon.definition.Shown;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fresh the flags of a {@link FeatureFlags} are.
 *
 * @param state the state
 * @param since since when it is in this state
 * @param problem what is wrong, for people; null if nothing is
 */
public record ClientStatus(
        State state, Instant since, @Nullable String problem) {

    /** Keeps the problem on one line. */
    public ClientStatus {
        problem = problem == null ? null : Shown.message(problem);
    }

    /** The states of OpenFeature's providers. */
    public enum State {
        /** The first attempt to load goes on, or the client is closed. */
        NOT_READY,
        /** The flags are those of the store. */
        READY,
        /**
         * The store cannot be reached or is not well; the last known flags are in force, be they those of the last-known-good file or the
         * bundled defaults.
         */
        STALE,
        /** Nothing could ever be loaded; every flag answers the caller's default. Loading goes on being tried. */
        ERROR
    }
}
