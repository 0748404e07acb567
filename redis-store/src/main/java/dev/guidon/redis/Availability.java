package dev.guidon.redis;

import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Instant;

/** Whether Redis answers, as the last commands have shown. Never blocks. */
final class Availability {

    private final Clock clock;
    private volatile StoreStatus status;

    Availability(Clock clock) {
        this.clock = clock;
        this.status = new StoreStatus(true, clock.instant(), null);
    }

    StoreStatus status() {
        return status;
    }

    // Threads may overtake each other here: the last to speak is right.
    void answered() {
        if (!status.available()) {
            status = new StoreStatus(true, now(), null);
        }
    }

    void failed(String problem) {
        StoreStatus before = status;
        if (before.available() || !problem.equals(before.problem())) {
            status = new StoreStatus(false, before.available() ? now() : before.since(), problem);
        }
    }

    /** A clock that fails must not make a command fail that was answered. */
    private Instant now() {
        try {
            return clock.instant();
        } catch (Throwable failure) {
            return status.since();
        }
    }
}
