package dev.guidon;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the snapshot in force at the newest revision of a store. After the start all changes of the snapshot happen on one thread, which
 * applies only commits that follow directly on the snapshot's revision and loads everything when the log does not continue.
 */
final class StoreFollower implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFlags.class);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int BATCH = 1_000;
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    private final FlagStore store;
    private final Listeners listeners;
    private final StatusBoard board;
    private final Consumer<Definitions> save;
    private final Thread thread;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CurrentSnapshot current;
    private final Map<Cause, Long> reloads = new ConcurrentHashMap<>();
    /** What serves in place of the store; null once the store does. */
    private volatile @Nullable String serving;
    /** Whether the snapshot is a state of the store, from which its log may continue. */
    private boolean based;
    /** Whether the store has answered since it last failed. */
    private boolean connected;
    /** The beginning of a new history of the store, which is not followed as long as it is empty; usually null. */
    private @Nullable Revision anew;

    StoreFollower(
            FlagStore store,
            SnapshotCompiler compiler,
            Clock clock,
            List<FlagsListener> listeners,
            Consumer<Definitions> save) {
        this.store = store;
        this.listeners = new Listeners(store.namespace(), listeners);
        this.board = new StatusBoard(store.namespace(), clock, this.listeners, this::revision);
        this.save = save;
        this.current = new CurrentSnapshot(store.namespace(), compiler, this.listeners);
        this.thread = new Thread(this, "guidon-" + store.namespace() + "-follower");
        this.thread.setDaemon(true);
    }

    /**
     * Serves the fallback, and then follows the store on a thread of its own.
     *
     * @throws FlagStoreException if the mode is to fail, and the store has given nothing in time
     */
    void start(StartMode mode, @Nullable Fallback fallback) {
        if (fallback != null) {
            serving = fallback.text();
            based = !fallback.definitions().revision().equals(Revision.NONE);
            current.swap(fallback.definitions());
        }
        if (mode instanceof StartMode.OneAttempt) {
            attempt();
        }
        listeners.start();
        thread.start();
        if (mode instanceof StartMode.WaitUpTo wait) {
            answers(wait.limit());
        } else if (mode instanceof StartMode.FailAfter fail && !answers(fail.limit())) {
            throw new FlagStoreException("the store of " + store.namespace() + " gave no flags within " + fail.limit()
                    + (Thread.currentThread().isInterrupted() ? ", the thread was interrupted: " : ": ")
                    + Objects.requireNonNullElse(status().problem(), "it has not answered yet"));
        }
        if (serving != null || mode instanceof StartMode.WaitUpTo) {
            board.setFirst(
                    current.snapshot().isReady() ? State.STALE : State.ERROR,
                    problem("the store has not answered yet"));
        }
    }

    private void attempt() {
        try {
            while (!connected) {
                follow();
            }
        } catch (RuntimeException failure) {
            failed(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(Duration limit) {
        try {
            return answered.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    CurrentSnapshot current() {
        return current;
    }

    ClientStatus status() {
        return board.status();
    }

    ClientCounts counts() {
        return new ClientCounts(reloads, current.listenerFailures());
    }

    Listeners listeners() {
        return listeners;
    }

    boolean await(Revision revision, Duration atMost) throws InterruptedException {
        return current.await(revision, atMost);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        if (!isClosed()) {
            closed.countDown();
            thread.interrupt();
            board.close();
            listeners.close();
        }
    }

    @Override
    public void run() {
        int pause = FIRST_PAUSE_MILLIS;
        try {
            while (!isClosed()) {
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
                board.logPending();
            }
        } catch (InterruptedException end) {
            LOG.debug("No longer following the store of {}", store.namespace());
        }
    }

    private void follow() throws InterruptedException {
        if (!based) {
            load(null);
            return;
        }
        Revision after = anew == null ? current.snapshot().revision() : anew;
        Read read = store.changes().read(after, BATCH, connected ? WAIT : Duration.ZERO);
        if (read instanceof Read.Gap gap) {
            load(gap.cause());
            LOG.warn(
                    "The change log of {} does not continue from revision {} ({}); loaded all, revision {} is in force",
                    store.namespace(),
                    after,
                    gap.cause(),
                    revision());
            return;
        }
        List<CommittedChange> changes = ((Read.Changes) read).changes();
        if (anew == null) {
            apply(changes);
        } else if (!changes.isEmpty()) {
            load(Cause.OTHER_EPOCH);
        }
        if (changes.size() < BATCH) {
            settle();
        }
    }

    /** Loads everything, because the log does not continue or, without a cause, because nothing was loaded yet. */
    private void load(@Nullable Cause cause) {
        Definitions loaded = store.load();
        Revision now = current.snapshot().revision();
        Revision head = loaded.revision();
        if (now.number() > 0 && head.number() == 0 && !head.epoch().equals(now.epoch())) {
            anew = head;
        } else {
            anew = null;
            based = true;
            save.accept(loaded);
            current.swap(loaded);
            if (cause != null) {
                reloads.merge(cause, 1L, Long::sum);
            }
        }
        settle();
    }

    private void apply(List<CommittedChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Revision reached = current.snapshot().revision();
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        for (CommittedChange change : changes) {
            if (!change.follows(reached)) {
                LOG.warn(
                        "Commit {} of {} does not follow {}; loading all",
                        change.revision(),
                        store.namespace(),
                        reached);
                load(Cause.DIVERGED);
                return;
            }
            reached = change.revision();
            change.edits().forEach(edit -> changed.put(edit.id(), edit.after()));
        }
        Definitions next = current.snapshot().definitions().with(reached, changed);
        // Before the swap: whoever sees these flags may close the client, and they are to be in the file then.
        save.accept(next);
        current.swap(next, changed.keySet());
        listeners.commitsApplied(changes, board.now());
    }

    /** The store was just read, so the flags are as fresh as the store is. */
    private void settle() {
        connected = true;
        if (anew != null) {
            board.set(
                    State.STALE,
                    problem(
                            "the store was made anew and is empty, so that it is followed only from its first commit on; "
                                    + "until then revision " + revision() + " stays in force"));
            return;
        }
        serving = null;
        answered.countDown();
        StoreStatus stored = store.status();
        board.set(stored.available() ? State.READY : State.STALE, stored.problem());
    }

    private void failed(RuntimeException failure) {
        connected = false;
        board.set(
                current.snapshot().isReady() ? State.STALE : State.ERROR,
                problem(Objects.requireNonNullElse(failure.getMessage(), failure.toString())));
        LOG.debug("Following the store of {} failed", store.namespace(), failure);
    }

    private String problem(String ofStore) {
        String instead = serving;
        return instead == null ? ofStore : instead + "; " + ofStore;
    }

    private Revision revision() {
        return current.snapshot().revision();
    }
}
