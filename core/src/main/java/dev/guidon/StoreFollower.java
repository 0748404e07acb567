package dev.guidon;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshot in force at the newest revision of a store. All changes of the snapshot happen on one thread, which applies
 * only commits that follow directly on the snapshot's revision and loads everything when the log does not continue.
 */
final class StoreFollower implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFlags.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int BATCH = 1_000;
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;
    private static final int PROBLEMS_LOGGED = 20;

    private final FlagStore store;
    private final SnapshotCompiler compiler;
    private final Clock clock;
    private final Listeners listeners;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object swapped = new Object();
    private volatile Snapshot snapshot;
    private volatile ClientStatus status;

    StoreFollower(FlagStore store, SnapshotCompiler compiler, Clock clock, List<FlagsListener> listeners) {
        this.store = store;
        this.compiler = compiler;
        this.clock = clock;
        this.listeners = new Listeners(listeners);
        this.snapshot = compiler.notReady();
        this.status = new ClientStatus(State.NOT_READY, clock.instant(), null);
        this.thread = new Thread(this, "guidon-" + store.namespace() + "-follower");
        this.thread.setDaemon(true);
    }

    /** Makes the first attempt to load on the calling thread, then follows on its own. */
    void start() {
        try {
            load();
        } catch (RuntimeException failure) {
            failed(failure);
        }
        thread.start();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    ClientStatus status() {
        return status;
    }

    Listeners listeners() {
        return listeners;
    }

    boolean await(Revision revision, Duration atMost) throws InterruptedException {
        long left = Math.max(0, atMost.toMillis());
        synchronized (swapped) {
            while (!reached(revision) && left > 0) {
                long before = clock.millis();
                swapped.wait(Math.min(left, WAIT.toMillis()));
                left -= Math.max(1, clock.millis() - before);
            }
        }
        return reached(revision);
    }

    @Override
    public void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            thread.interrupt();
            status(State.NOT_READY, "the client is closed");
        }
    }

    @Override
    public void run() {
        int pause = FIRST_PAUSE_MILLIS;
        try {
            while (closed.getCount() > 0) {
                try {
                    follow();
                    pause = FIRST_PAUSE_MILLIS;
                } catch (RuntimeException failure) {
                    failed(failure);
                    if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException end) {
            LOG.debug("No longer following the store of {}", store.namespace());
        }
    }

    private void follow() throws InterruptedException {
        if (!snapshot.isReady()) {
            load();
        }
        Read read = store.changes().read(snapshot.revision(), BATCH, WAIT);
        if (read instanceof Read.Gap gap) {
            LOG.warn(
                    "The change log of {} does not continue from revision {} ({}); loading revision {}",
                    store.namespace(),
                    snapshot.revision(),
                    gap.cause(),
                    gap.head());
            load();
        } else {
            apply(((Read.Changes) read).changes());
        }
        settle();
    }

    private void load() {
        Definitions loaded = store.load();
        Set<DefinitionKey> changed = new HashSet<>();
        difference(snapshot.definitions().flags(), loaded.flags(), changed);
        difference(snapshot.definitions().segments(), loaded.segments(), changed);
        swap(loaded, changed);
        settle();
    }

    private void apply(List<CommittedChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Revision reached = snapshot.revision();
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        for (CommittedChange change : changes) {
            if (!change.follows(reached)) {
                LOG.warn(
                        "Commit {} of {} does not follow {}; loading all",
                        change.revision(),
                        store.namespace(),
                        reached);
                load();
                return;
            }
            reached = change.revision();
            change.edits().forEach(edit -> changed.put(edit.id(), edit.after()));
        }
        swap(snapshot.definitions().with(reached, changed), changed.keySet());
    }

    private void swap(Definitions definitions, Set<DefinitionKey> changed) {
        Snapshot before = snapshot;
        Snapshot after = compiler.compile(definitions);
        Set<String> affected = new TreeSet<>(before.flagsAffectedBy(changed));
        affected.addAll(after.flagsAffectedBy(changed));
        synchronized (swapped) {
            snapshot = after;
            swapped.notifyAll();
        }
        logProblems(before, after);
        listeners.tell(listener -> listener.flagsChanged(definitions.revision(), affected));
    }

    private void logProblems(Snapshot before, Snapshot after) {
        after.problems().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.problems().get(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .limit(PROBLEMS_LOGGED)
                .forEach(entry -> LOG.warn(
                        "{} in {} is broken and answers the caller's default: {}",
                        entry.getKey(),
                        store.namespace(),
                        entry.getValue()));
    }

    /** The store was just read, so the flags are as fresh as the store is. */
    private void settle() {
        StoreStatus stored = store.status();
        status(stored.available() ? State.READY : State.STALE, stored.problem());
    }

    private void failed(RuntimeException failure) {
        status(snapshot.isReady() ? State.STALE : State.ERROR, String.valueOf(failure.getMessage()));
        LOG.debug("Following the store of {} failed", store.namespace(), failure);
    }

    private synchronized void status(State state, @Nullable String problem) {
        ClientStatus before = status;
        boolean ended = closed.getCount() == 0 && state != State.NOT_READY;
        if (ended || (before.state() == state && Objects.equals(before.problem(), problem))) {
            return;
        }
        status = new ClientStatus(state, before.state() == state ? before.since() : clock.instant(), problem);
        if (state == State.STALE || state == State.ERROR) {
            LOG.warn("The flags of {} are {}: {}", store.namespace(), state, problem);
        } else {
            LOG.info("The flags of {} are {} at revision {}", store.namespace(), state, snapshot.revision());
        }
        ClientStatus now = status;
        listeners.tell(listener -> listener.statusChanged(now));
    }

    private boolean reached(Revision revision) {
        Revision now = snapshot.revision();
        return now.epoch().equals(revision.epoch()) && now.number() >= revision.number();
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
