package dev.guidon.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells when files have stopped changing, so that none is read while somebody is still writing it. */
final class Settling {

    private static final int MOST_PAUSES = 10;

    private final Duration interval;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Stamp polled = Stamp.MISSING;
    private volatile Stamp still = Stamp.MISSING;
    private volatile Stamp taken = Stamp.MISSING;

    Settling(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Whether there is something new that was the same in the last two polls. */
    boolean ready(Stamp now) {
        if (now.equals(polled)) {
            still = now;
        }
        polled = now;
        return now.equals(still) && !now.equals(taken);
    }

    /** What was looked at; it is not new any more. */
    void take(Stamp stamp) {
        taken = stamp;
    }

    /** A look at files. */
    interface Look {
        Stamp now() throws IOException;
    }

    /**
     * Waits until files stop changing, at most ten intervals.
     *
     * @throws BrokenFileException if they do not, or the store is closed
     */
    Stamp settled(Look look) throws IOException {
        try {
            return waitFor(look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while waiting for a file", e);
        }
    }

    private Stamp waitFor(Look look) throws IOException, InterruptedException {
        Stamp last = look.now();
        for (int i = 0; i < MOST_PAUSES; i++) {
            if (last.equals(still) || last.isBefore(clock.instant().minus(interval)) || closedWithin(interval)) {
                return last;
            }
            Stamp now = look.now();
            if (now.equals(last)) {
                return now;
            }
            last = now;
        }
        throw new BrokenFileException("being written at this moment");
    }

    /** Waits for the next poll; true if there is none because the store was closed. */
    boolean closedWithin(Duration wait) throws InterruptedException {
        return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() {
        closed.countDown();
    }
}
