package dev.guidon.store;

import dev.guidon.definition.Shown;
import java.time.Clock;
import java.time.Duration;

/**
 * How a {@link FileFlagStore} works.
 *
 * @param interval how often it looks for changes
 * @param clock what tells the time
 * @param logLength how many commits its log keeps
 * @param patience how long it waits for other processes
 */
record FileSettings(Duration interval, Clock clock, int logLength, Duration patience) {

    /** Checks the numbers. */
    FileSettings {
        if (logLength < 1) {
            throw new IllegalArgumentException("logLength: found " + logLength + "; allowed: at least 1");
        }
        if (interval.toMillis() < 1 || interval.toDays() > 1) {
            throw new IllegalArgumentException(
                    "pollInterval: found " + Shown.duration(interval) + "; allowed: 1 ms to 1 day");
        }
    }
}
