package dev.guidon;

import dev.guidon.definition.Problem;
import java.time.Duration;
import java.util.List;

/**
 * How long {@link FeatureFlags.Builder#build()} waits for the store. Whatever the mode, the store goes on being tried in the background
 * until the client is closed.
 */
public sealed interface StartMode {

    /** One attempt to load on the calling thread; if it fails, the client starts without the store. The default. */
    record OneAttempt() implements StartMode {}

    /** No waiting: the store is loaded in the background. */
    record Background() implements StartMode {}

    /**
     * Waits for the first load, and starts without the store if it takes longer.
     *
     * @param limit how long to wait; more than zero
     */
    record WaitUpTo(Duration limit) implements StartMode {
        /** Checks the limit. */
        public WaitUpTo {
            check(limit);
        }
    }

    /**
     * Waits for the first load, and fails if it takes longer.
     *
     * @param limit how long to wait; more than zero
     */
    record FailAfter(Duration limit) implements StartMode {
        /** Checks the limit. */
        public FailAfter {
            check(limit);
        }
    }

    /** {@return the default: one attempt to load on the calling thread} */
    static StartMode oneAttempt() {
        return new OneAttempt();
    }

    /** {@return not to wait at all} */
    static StartMode background() {
        return new Background();
    }

    /**
     * Waits for the first load, and starts without the store if it takes longer. A thread that is interrupted while it waits starts
     * without the store too, and stays interrupted.
     *
     * @param limit how long to wait
     * @return the mode
     * @throws IllegalArgumentException if the limit is not more than zero
     */
    static StartMode waitUpTo(Duration limit) {
        return new WaitUpTo(limit);
    }

    /**
     * Waits for the first load; {@code build()} throws a {@link dev.guidon.store.FlagStoreException} if it takes longer, or if the
     * thread is interrupted. It fails with a last-known-good file or defaults too: who asks for this wants the store or nothing.
     *
     * @param limit how long to wait
     * @return the mode
     * @throws IllegalArgumentException if the limit is not more than zero
     */
    static StartMode failAfter(Duration limit) {
        return new FailAfter(limit);
    }

    private static void check(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            Problem.refuse(List.of(Problem.at("limit", limit, "more than zero")));
        }
    }
}
