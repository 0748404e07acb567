package dev.guidon;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.EvaluationListener;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.store.FlagStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks: always the newest flags of a store.
 *
 * <pre>{@code
 * FlagStore store = FileFlagStore.open(Path.of("flags.yaml"));
 * FeatureFlags flags = FeatureFlags.of(store);
 * if (flags.isEnabled("new-checkout", EvaluationContext.of(userId))) { … }
 * }</pre>
 *
 * <p>Definitions are loaded once and then followed by a thread of its own. Evaluation reads an immutable {@link Snapshot} from memory;
 * {@link #snapshot()} gives the one in force, for work that must see the same flags from beginning to end. When the store cannot be
 * reached, the last snapshot stays in force and {@link #status()} says so. Safe for use by many threads. {@link #close()} ends the thread;
 * the store is closed by whoever opened it.
 */
public final class FeatureFlags extends SnapshotView implements AutoCloseable {

    private final StoreFollower follower;
    private final CurrentSnapshot current;
    private final @Nullable LastKnownGood lastKnownGood;

    private FeatureFlags(Builder builder) {
        SnapshotCompiler compiler = new SnapshotCompiler(
                builder.clock, builder.store.members(), Listeners.combined(List.copyOf(builder.evaluationListeners)));
        Path file = builder.lastKnownGood;
        LastKnownGood saver = file == null ? null : LastKnownGood.of(file, builder.store, builder.clock);
        lastKnownGood = saver;
        follower = new StoreFollower(
                builder.store,
                compiler,
                new SnapshotLog(builder.store.namespace(), compiler, builder.logChanges),
                builder.clock,
                builder.listeners,
                saver == null ? state -> {} : saver::save);
        current = follower.current();
        try {
            follower.start(builder.startMode, Fallback.of(saver, builder.defaults));
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    /**
     * {@return the flags of a store, with defaults for everything else, after the first attempt to load, whether it succeeded or not}
     *
     * @param store the store; stays the caller's to close
     */
    public static FeatureFlags of(FlagStore store) {
        return builder(store).build();
    }

    /**
     * {@return a builder of flags that follow a store}
     *
     * @param store the store; stays the caller's to close
     */
    public static Builder builder(FlagStore store) {
        return new Builder(store);
    }

    /** {@return the flags in force now; they stay as they are, whatever changes} */
    @Override
    public Snapshot snapshot() {
        return current.snapshot();
    }

    /** {@return how fresh the flags are} */
    public ClientStatus status() {
        return follower.status();
    }

    /** {@return what was counted since this was made} */
    public ClientCounts counts() {
        return follower.counts();
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of changes from now on
     */
    public void addListener(FlagsListener listener) {
        follower.listeners().add(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener no longer hears of changes
     */
    public void removeListener(FlagsListener listener) {
        follower.listeners().remove(listener);
    }

    /**
     * Waits until a revision, or one that came after it, is in force, for those who want to read what they just wrote.
     * Listeners hear of it right after that.
     *
     * <p>A revision that the store has lost, in a failover for example, never is in force, also when another commit has got its
     * number: then the wait ends with its limit, since only the store knows where its history leads. For a revision from before the
     * flags were loaded the store's log is read; it counts as not in force if the log no longer goes back so far.
     *
     * @param revision the revision that {@link FlagEditor} returned
     * @param atMost how long to wait
     * @return whether it is in force; false also for a revision that was lost
     * @throws dev.guidon.store.FlagStoreException if the store's log has to be read and cannot be reached
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean await(Revision revision, Duration atMost) throws InterruptedException {
        return follower.await(revision, atMost);
    }

    /**
     * Stops following the store. The last flags go on answering. What has not been saved in the last-known-good file is saved, and
     * listeners are told the last status, each within a limit of seconds. Doing it again does nothing.
     */
    @Override
    public void close() {
        follower.close();
        if (lastKnownGood != null) {
            lastKnownGood.close();
        }
    }

    /** {@return whether {@link #close()} was called, so that no change will come any more} */
    public boolean isClosed() {
        return follower.isClosed();
    }

    /** Configures a {@link FeatureFlags}. Not safe for use by several threads. */
    public static final class Builder {

        private final FlagStore store;
        private final List<EvaluationListener> evaluationListeners = new ArrayList<>();
        private final List<FlagsListener> listeners = new ArrayList<>();
        private Clock clock = Clock.systemUTC();
        private StartMode startMode = StartMode.oneAttempt();
        private boolean logChanges = true;
        private @Nullable Path lastKnownGood;
        private @Nullable Definitions defaults;

        private Builder(FlagStore store) {
            this.store = store;
        }

        /**
         * Sets the clock for ramps, {@code $now} and the times in the status.
         *
         * @param clock the clock; the system's clock in UTC unless set
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Adds a listener of evaluations, also of those by {@link FeatureFlags#snapshot()}.
         *
         * @param listener hears of every evaluation
         * @return this
         */
        public Builder evaluationListener(EvaluationListener listener) {
            evaluationListeners.add(listener);
            return this;
        }

        /**
         * Adds a listener of changes, which also hears of the first load.
         *
         * @param listener hears of changes
         * @return this
         */
        public Builder listener(FlagsListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Keeps the newest flags in a file, which serves when the store cannot be loaded at the start. Only its owner may read it, several
         * processes may share it. One that is damaged, or cannot be written, is logged and harms nothing. One of another namespace or
         * {@linkplain FlagStore#origin() store} does not serve and is not replaced. Flags of an in-memory store are not saved.
         *
         * @param file the file; it and its folder are made when needed
         * @return this
         */
        public Builder lastKnownGood(Path file) {
            lastKnownGood = file;
            return this;
        }

        /**
         * Sets what serves when neither the store can be loaded at the start nor a last-known-good file.
         *
         * @param bundled flags and segments, whose revision is of no account; the callers' defaults unless set
         * @return this
         */
        public Builder defaults(Definitions bundled) {
            defaults = bundled;
            return this;
        }

        /**
         * Sets whether each commit is a line in the log when it has come into force: who changed which flags, and why.
         *
         * @param log true unless set
         * @return this
         */
        public Builder logChanges(boolean log) {
            logChanges = log;
            return this;
        }

        /**
         * Sets how long to wait for the store.
         *
         * @param mode {@link StartMode#oneAttempt()} unless set
         * @return this
         */
        public Builder startMode(StartMode mode) {
            startMode = mode;
            return this;
        }

        /**
         * Loads the definitions and starts to follow the store. If they cannot be loaded, the last-known-good file serves, else the
         * bundled defaults, else the callers' defaults; the status says so.
         *
         * @return the flags
         * @throws dev.guidon.store.FlagStoreException if the mode is {@link StartMode#failAfter} and the store gave no flags in time
         */
        public FeatureFlags build() {
            return new FeatureFlags(this);
        }
    }
}
