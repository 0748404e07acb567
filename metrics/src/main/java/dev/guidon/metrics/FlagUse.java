package dev.guidon.metrics;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** When a flag was last evaluated, as far as somebody looked: its counts are compared with those of the look before. */
final class FlagUse {

    private final Clock clock;
    private final List<Series> series = new CopyOnWriteArrayList<>();
    private long seen;
    private long last;

    FlagUse(Clock clock) {
        this.clock = clock;
    }

    List<Series> series() {
        return series;
    }

    /** Milliseconds since the epoch; 0 if it was never evaluated. */
    synchronized long last() {
        long now = 0;
        for (Series one : series) {
            now += one.count().sum();
        }
        if (now != seen) {
            seen = now;
            last = clock.millis();
        }
        return last;
    }
}
