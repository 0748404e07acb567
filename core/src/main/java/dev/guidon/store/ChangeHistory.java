package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Definitions and the log of their changes in memory, which both stores of this package are built on. It decides nothing: an
 * owner appends what was committed. Safe for use by many threads; who reads the definitions never waits.
 */
final class ChangeHistory implements ChangeLog {

    private final int length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<CommittedChange> entries = new ArrayList<>();
    private final Map<String, CommittedChange> byChangeSet = new HashMap<>();
    private final Map<String, Long> consumers = new TreeMap<>();

    private volatile Definitions definitions;
    private volatile boolean closed;
    private Revision base;

    /**
     * A history that begins here.
     *
     * @param start the definitions at its beginning
     * @param length how many entries are kept, more while a consumer needs them
     */
    ChangeHistory(Definitions start, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("logLength: found " + length + "; allowed: at least 1");
        }
        this.length = length;
        this.definitions = start;
        this.base = start.revision();
    }

    Definitions definitions() {
        requireOpen();
        return definitions;
    }

    @Override
    public Revision head() {
        return definitions().revision();
    }

    @Override
    public Revision base() {
        lock.lock();
        try {
            requireOpen();
            return base;
        } finally {
            lock.unlock();
        }
    }

    /** The entry that a change set made; null if none did, or the log no longer holds it. */
    @Nullable
    CommittedChange find(String changeSet) {
        lock.lock();
        try {
            requireOpen();
            return byChangeSet.get(changeSet);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes the next state visible and wakes who waits for it.
     *
     * @param change an entry that follows the head
     * @param next the definitions at its revision
     */
    void append(CommittedChange change, Definitions next) {
        lock.lock();
        try {
            requireOpen();
            if (!change.follows(definitions.revision()) || !next.revision().equals(change.revision())) {
                throw new IllegalStateException(change.revision() + " does not follow " + definitions.revision());
            }
            try {
                entries.add(change);
                byChangeSet.put(change.revision().changeSet(), change);
            } catch (Throwable failure) {
                entries.remove(change);
                byChangeSet.remove(change.revision().changeSet());
                throw failure;
            }
            definitions = next;
            trim();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The same state in another order, or with other unknown fields. */
    void rearrange(Definitions same) {
        lock.lock();
        try {
            if (!same.revision().equals(definitions.revision())) {
                throw new IllegalStateException(same.revision() + " is not " + definitions.revision());
            }
            definitions = same;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything and goes on with another history. */
    void restart(KeptHistory other) {
        lock.lock();
        try {
            requireOpen();
            entries.clear();
            byChangeSet.clear();
            consumers.clear();
            entries.addAll(other.entries());
            entries.forEach(entry -> byChangeSet.put(entry.revision().changeSet(), entry));
            consumers.putAll(other.consumers());
            base = other.base();
            definitions = other.definitions();
            trim();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Everything as it is now, for a copy. */
    KeptHistory kept() {
        lock.lock();
        try {
            return new KeptHistory(base, entries, definitions, consumers);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: found " + limit + "; allowed: at least 1");
        }
        lock.lockInterruptibly();
        try {
            long nanos = nanos(wait);
            while (true) {
                requireOpen();
                Cause cause = gapAfter(after);
                if (cause != null) {
                    return new Read.Gap(cause, definitions.revision());
                }
                int from = (int) (after.number() - base.number());
                if (from < entries.size() || nanos <= 0) {
                    return new Read.Changes(entries.subList(from, from + Math.min(limit, entries.size() - from)));
                }
                nanos = moved.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void retain(String consumer, Revision reached) {
        lock.lock();
        try {
            requireRetainable(consumer, reached);
            retain(consumer, reached.number());
        } finally {
            lock.unlock();
        }
    }

    void retain(String consumer, long reached) {
        lock.lock();
        try {
            consumers.put(consumer, reached);
            trim();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a consumer that cannot be retained. */
    void requireRetainable(String consumer, Revision reached) {
        if (consumer.isBlank()) {
            throw new IllegalArgumentException(
                    "consumer: found " + Shown.quoted(consumer) + "; allowed: a name that is not blank");
        }
        lock.lock();
        try {
            requireOpen();
            Cause cause = gapAfter(reached);
            if (cause == Cause.OTHER_EPOCH || cause == Cause.DIVERGED) {
                throw new FlagStoreException("cannot retain the log for " + Shown.quoted(consumer) + ": " + reached
                        + " is not in the history of " + definitions.revision() + " (" + cause + ")");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(String consumer) {
        lock.lock();
        try {
            requireOpen();
            if (consumers.remove(consumer) != null) {
                trim();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Long> retained() {
        lock.lock();
        try {
            requireOpen();
            return Map.copyOf(consumers);
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new FlagStoreException("the store is closed");
        }
    }

    private @Nullable Cause gapAfter(Revision after) {
        Revision head = definitions.revision();
        if (!after.epoch().equals(head.epoch())) {
            return Cause.OTHER_EPOCH;
        }
        if (after.number() > head.number()) {
            return Cause.DIVERGED;
        }
        if (after.number() < base.number()) {
            return Cause.TRIMMED;
        }
        int index = (int) (after.number() - base.number()) - 1;
        Revision known = index < 0 ? base : entries.get(index).revision();
        return after.equals(known) ? null : Cause.DIVERGED;
    }

    private void trim() {
        long slowest =
                consumers.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        long surplus = Math.min(entries.size() - length, slowest - base.number());
        if (surplus > 0) {
            List<CommittedChange> old = entries.subList(0, (int) surplus);
            base = old.get(old.size() - 1).revision();
            old.forEach(entry -> byChangeSet.remove(entry.revision().changeSet()));
            old.clear();
        }
    }

    private static long nanos(Duration wait) {
        return wait.compareTo(Duration.ofDays(365)) > 0 ? Duration.ofDays(365).toNanos() : wait.toNanos();
    }
}
