package dev.guidon.redis;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Watches how far the slowest consumer of the log is behind, and says so before it costs memory or commits. Never blocks. */
final class LogGuard {

    private static final GuardedLog LOG = GuardedLog.of(LogGuard.class);
    private static final Duration QUIET = Duration.ofMinutes(10);

    private final String namespace;
    private final int limit;
    private final LogLimit policy;
    private final Clock clock;

    // Threads may overtake each other here: the last to speak is right.
    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> warned = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> lossTold = new AtomicReference<>();
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();

    LogGuard(String namespace, int limit, LogLimit policy, Clock clock) {
        this.namespace = namespace;
        this.limit = limit;
        this.policy = policy;
        this.clock = clock;
    }

    int limit() {
        return limit;
    }

    /** How many commits the slowest consumer had not read when that was last seen. */
    long behind() {
        return behind.get();
    }

    /** How many commits were dropped that a consumer had not read. */
    long dropped() {
        return dropped.get();
    }

    LogLimit policy() {
        return policy;
    }

    /** Whether a consumer was far behind when that was last seen. */
    boolean isLoud() {
        return problem.get() != null;
    }

    /** The status of the store with what is wrong here. */
    StoreStatus with(StoreStatus status) {
        String found = problem.get();
        return found == null || !status.available() ? status : new StoreStatus(true, status.since(), found);
    }

    /**
     * Takes down what a commit has seen.
     *
     * @param slowest the consumer that has the most to read; empty if all have read everything
     * @param unread how many commits it has not read
     * @param lost how many of them this commit has dropped
     */
    void committed(String slowest, long unread, long lost) {
        dropped.addAndGet(lost);
        if (untold.addAndGet(lost) > 0 && isDue(lossTold)) {
            LOG.error(
                    "{}: dropped {} commits from the log that consumer {} has not read; logLimit is {} commits ({})",
                    namespace,
                    untold.getAndSet(0),
                    Shown.part(slowest),
                    limit,
                    policy);
        }
        become(slowest, unread);
    }

    /**
     * Takes down what somebody else has seen.
     *
     * @param head the number of the newest revision
     * @param consumers what each consumer has reached
     */
    void found(long head, Map<String, Long> consumers) {
        consumers.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .ifPresentOrElse(slowest -> become(slowest.getKey(), head - slowest.getValue()), () -> become("", 0));
    }

    private void become(String slowest, long unread) {
        behind.set(unread);
        if (unread * 10 < limit * 8L) {
            if (problem.getAndSet(null) != null) {
                LOG.info("{}: no consumer of the log is far behind any more", namespace);
            }
            return;
        }
        String found = "consumer " + Shown.part(slowest) + " of the log is " + unread + " commits behind; logLimit: "
                + limit + " commits (" + policy + "): " + consequence(unread);
        problem.set(found);
        if (isDue(warned)) {
            LOG.warn("{}: {}", namespace, found);
        }
    }

    private String consequence(long unread) {
        if (policy == LogLimit.KEEP) {
            return "all of them are kept, and the memory that Redis needs grows with every commit until it reads on or is released";
        }
        return unread <= limit
                ? "beyond that, commits will be dropped that it has not read"
                : "commits are dropped that it has not read, until it reads on or is released";
    }

    /** Whether something was not told for a while, or the clock went back since; if so, it counts as told now. */
    private boolean isDue(AtomicReference<@Nullable Instant> told) {
        Instant last = told.get();
        Instant now = now();
        boolean isDue = last == null || now.isBefore(last) || !now.isBefore(last.plus(QUIET));
        return isDue && told.compareAndSet(last, now);
    }

    /** A clock that fails must not make a commit fail that is done. */
    private Instant now() {
        try {
            return clock.instant();
        } catch (Throwable failure) {
            LOG.debug("The clock failed", failure);
            return Instant.EPOCH;
        }
    }
}
