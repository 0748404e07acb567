package dev.guidon;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.guard.GuardedLog;
import dev.guidon.guard.GuardedLoop;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the snapshot in force at the newest revision of a store. After the start all changes of the snapshot happen on one thread, which
 * applies only commits that follow directly on the snapshot's revision and loads everything when the log does not continue.
 */
final class StoreFollower implements AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(FeatureFlags.class);
    private static final int BATCH = 1_000;
    private static final int FIRST_TURNS = 10;

    private final FlagStore store;
    private final Listeners listeners;
    private final StatusBoard board;
    private final Consumer<Definitions> save;
    private final GuardedLoop loop;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CurrentSnapshot current;
    private final Contact contact = new Contact();
    private final Map<Cause, Long> reloads = new ConcurrentHashMap<>();
    /** Whether the snapshot is a state of the store, from which its log may continue. */
    private boolean based;

    /** How often in a row the log has not continued. */
    private int gaps;
    /** The beginning of a new history of the store, which is not followed as long as it is empty; usually null. */
    private @Nullable Revision anew;

    StoreFollower(
            FlagStore store,
            SnapshotCompiler compiler,
            SnapshotLog log,
            Clock clock,
            List<FlagsListener> listeners,
            Consumer<Definitions> save) {
        this.store = store;
        this.listeners = new Listeners(store.namespace(), listeners);
        this.board = new StatusBoard(store.namespace(), clock, this.listeners, this::revision);
        this.save = save;
        this.current = new CurrentSnapshot(store, compiler, log, this.listeners, board::now);
        this.loop = new GuardedLoop("guidon-" + store.namespace() + "-follower", this::turn, this::failed);
    }

    /**
     * Serves the fallback, and then follows the store on a thread of its own.
     *
     * @throws FlagStoreException if the mode is to fail, and the store has given nothing in time
     */
    void start(StartMode mode, @Nullable Fallback fallback) {
        Instant start = board.now();
        if (fallback != null) {
            // Where the store or nothing is wanted, nothing serves in its place.
            board.serving(mode instanceof StartMode.FailAfter ? null : fallback.text());
            based = !fallback.definitions().revision().equals(Revision.NONE);
            current.swap(fallback.definitions());
        }
        if (mode instanceof StartMode.OneAttempt) {
            attempt();
        }
        listeners.start();
        loop.start();
        if (mode instanceof StartMode.WaitUpTo wait) {
            answers(wait.limit());
        } else if (mode instanceof StartMode.FailAfter fail && !answers(fail.limit())) {
            throw new FlagStoreException(unanswered(fail.limit(), Duration.between(start, board.now()))
                    + Objects.requireNonNullElse(status().problem(), "it has not answered yet"));
        }
        if (board.isServing() || mode instanceof StartMode.WaitUpTo) {
            board.setFirst(current.snapshot().isReady() ? State.STALE : State.ERROR, "the store has not answered yet");
        }
    }

    private void attempt() {
        try {
            for (int i = 0; i < FIRST_TURNS && !contact.waits(); i++) {
                follow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            failed(failure);
        }
    }

    private String unanswered(Duration limit, Duration passed) {
        String waited = Shown.duration(passed.truncatedTo(ChronoUnit.MILLIS));
        return Thread.currentThread().isInterrupted()
                ? "the thread was interrupted after " + waited + ", before the store of " + store.namespace()
                        + " gave flags (limit " + Shown.duration(limit) + "): "
                : "the store of " + store.namespace() + " gave no flags within " + Shown.duration(limit) + ": ";
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
        return loop.isClosed();
    }

    @Override
    public void close() {
        if (!isClosed()) {
            loop.close();
            board.close();
            listeners.close();
        }
    }

    private boolean turn() throws InterruptedException {
        follow();
        listeners.tellOnTheirThread();
        board.logPending();
        return contact.isProven();
    }

    private void follow() throws InterruptedException {
        if (!based) {
            load(null);
            return;
        }
        Revision after = anew == null ? current.snapshot().revision() : anew;
        Read read = store.changes().follow(after, BATCH, contact.patience());
        if (read instanceof Read.Gap gap) {
            reload(gap.cause(), after);
            return;
        }
        List<CommittedChange> changes = ((Read.Changes) read).changes();
        if (anew != null) {
            if (!changes.isEmpty()) {
                load(Cause.OTHER_EPOCH);
            }
        } else if (!apply(changes)) {
            reload(Cause.DIVERGED, after);
            return;
        }
        gaps = 0;
        if (changes.size() < BATCH) {
            contact.read();
            settle();
        }
    }

    /**
     * Loads everything, because the log does not continue.
     *
     * @throws FlagStoreException if that does not help, so that doing it again at once would not either
     */
    private void reload(Cause cause, Revision after) {
        load(cause);
        gaps++;
        boolean same = after.equals(anew == null ? revision() : anew);
        if (same || (gaps > 1 && cause != Cause.TRIMMED)) {
            String problem = store.status().problem();
            throw new FlagStoreException("the change log of " + store.namespace() + " does not continue from revision "
                    + after + " (" + cause + "), although all was loaded" + (problem == null ? "" : ": " + problem));
        }
        if (after.number() == 0) {
            LOG.info("The first flags of {} were loaded, revision {} is in force", store.namespace(), revision());
            return;
        }
        LOG.warn(
                "The change log of {} does not continue from revision {} ({}); loaded all, revision {} is in force",
                store.namespace(),
                after,
                cause,
                revision());
    }

    /** Loads everything; without a cause, because nothing was loaded yet. */
    private void load(@Nullable Cause cause) {
        Definitions loaded = store.load();
        Revision now = current.snapshot().revision();
        Revision head = loaded.revision();
        if (now.number() > 0 && head.number() == 0 && !head.epoch().equals(now.epoch())) {
            anew = head;
        } else {
            save.accept(loaded);
            current.swap(loaded);
            anew = null;
            based = true;
            if (cause != null) {
                reloads.merge(cause, 1L, Long::sum);
            }
        }
        contact.loaded();
        settle();
    }

    /** {@return whether the changes follow on the flags in force; if not, nothing was done} */
    private boolean apply(List<CommittedChange> changes) {
        if (changes.isEmpty()) {
            return true;
        }
        Revision reached = current.snapshot().revision();
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        for (CommittedChange change : changes) {
            if (!change.follows(reached)) {
                return false;
            }
            reached = change.revision();
            change.edits().forEach(edit -> changed.put(edit.id(), edit.after()));
        }
        Definitions next = current.snapshot().definitions().with(reached, changed);
        // Before the swap: whoever sees these flags may close the client, and they are to be in the file then.
        save.accept(next);
        current.swap(next, changed.keySet(), changes);
        return true;
    }

    /** The store was just read, so the flags are as fresh as the store is. */
    private void settle() {
        if (anew != null) {
            board.set(
                    State.STALE,
                    "the store was made anew and is empty, so that it is followed only from its first commit on; "
                            + "until then revision " + revision() + " stays in force");
            return;
        }
        board.serving(null);
        if (contact.waits()) {
            StoreStatus stored = store.status();
            board.set(stored.available() ? State.READY : State.STALE, stored.problem());
            answered.countDown();
        }
    }

    private void failed(Throwable failure) {
        boolean gaveFlags = contact.answers();
        contact.lost();
        board.fail(current.snapshot().isReady() ? State.STALE : State.ERROR, failure);
        board.logPending();
        if (gaveFlags) {
            answered.countDown();
        }
        LOG.debug("Following the store of {} failed", store.namespace(), failure);
    }

    private Revision revision() {
        return current.snapshot().revision();
    }
}
