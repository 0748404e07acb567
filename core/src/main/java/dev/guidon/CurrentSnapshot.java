package dev.guidon;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.evaluation.Truth;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The snapshot in force. Many threads may read it and wait for it; one swaps it. */
final class CurrentSnapshot {

    private final FlagStore store;
    private final SnapshotCompiler compiler;
    private final SnapshotLog log;
    private final Listeners listeners;
    private final Supplier<Instant> now;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition swapped = lock.newCondition();
    private final Lineage lineage = new Lineage();
    private volatile Snapshot snapshot;

    CurrentSnapshot(
            FlagStore store, SnapshotCompiler compiler, SnapshotLog log, Listeners listeners, Supplier<Instant> now) {
        this.store = store;
        this.compiler = compiler;
        this.log = log;
        this.listeners = listeners;
        this.now = now;
        this.snapshot = compiler.notReady();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    long listenerFailures() {
        return listeners.failures() + compiler.listenerFailures();
    }

    boolean await(Revision revision, Duration atMost) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(atMost);
        while (true) {
            Snapshot seen;
            Truth holds;
            lock.lockInterruptibly();
            try {
                seen = snapshot;
                holds = lineage.holds(revision);
            } finally {
                lock.unlock();
            }
            if (holds == Truth.TRUE || (holds == Truth.UNKNOWN && isInLog(seen.revision()) && isInLog(revision))) {
                return true;
            }
            lock.lockInterruptibly();
            try {
                while (snapshot == seen) {
                    if (left <= 0) {
                        return false;
                    }
                    left = swapped.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether the store's history has this revision; no if the log does not go back so far. */
    private boolean isInLog(Revision revision) throws InterruptedException {
        return store.changes().follow(revision, 1, Duration.ZERO) instanceof ChangeLog.Read.Changes;
    }

    /** Puts definitions in force of which it is not known what changed. */
    void swap(Definitions definitions) {
        Set<DefinitionKey> changed = new HashSet<>();
        difference(snapshot.definitions().flags(), definitions.flags(), changed);
        difference(snapshot.definitions().segments(), definitions.segments(), changed);
        swap(definitions, changed, List.of());
    }

    /**
     * Puts definitions in force. All that may fail comes before that, so that listeners are called if and only if it is done.
     *
     * @param changed what has changed
     * @param commits what led to them, of which listeners are told besides; none if they were loaded
     */
    void swap(Definitions definitions, Set<DefinitionKey> changed, List<CommittedChange> commits) {
        Snapshot before = snapshot;
        Snapshot after = before.with(definitions);
        Set<String> affected = new TreeSet<>(before.flagsAffectedBy(changed));
        affected.addAll(after.flagsAffectedBy(changed));
        News ofFlags = new News.OfFlags(definitions.revision(), affected);
        @Nullable News ofCommits = commits.isEmpty() ? null : News.OfCommits.of(commits, now.get());
        lock.lock();
        try {
            lineage.apply(commits);
            lineage.load(definitions.revision());
            snapshot = after;
            swapped.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.tell(ofFlags);
        if (ofCommits != null) {
            listeners.tell(ofCommits);
        }
        log.applied(before, commits);
        log.problems(before, after);
        log.notices(after, changed);
    }

    private static void difference(
            Map<String, Versioned> before, Map<String, Versioned> after, Set<DefinitionKey> changed) {
        before.forEach((key, versioned) -> {
            Versioned now = after.get(key);
            if (now == null || !now.definition().equals(versioned.definition())) {
                changed.add(versioned.definition().id());
            }
        });
        after.forEach((key, versioned) -> {
            if (!before.containsKey(key)) {
                changed.add(versioned.definition().id());
            }
        });
    }
}
