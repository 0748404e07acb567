package dev.guidon;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status of a client: exact for who asks and for listeners, and for the log at most one line in ten seconds, since a connection
 * that comes and goes many times a second must not fill it.
 */
final class StatusBoard {

    private static final GuardedLog LOG = GuardedLog.of(FeatureFlags.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final String namespace;
    private final Clock clock;
    private final Listeners listeners;
    private final Supplier<Revision> revision;
    private volatile ClientStatus status;
    /** The status that listeners know. */
    private ClientStatus told;

    /** What serves in place of the store; null once the store does. */
    private volatile @Nullable String serving;

    private @Nullable Instant logged;
    private int unlogged;
    private boolean closed;

    StatusBoard(String namespace, Clock clock, Listeners listeners, Supplier<Revision> revision) {
        this.namespace = Shown.part(namespace);
        this.clock = clock;
        this.listeners = listeners;
        this.revision = revision;
        this.told = new ClientStatus(State.NOT_READY, now(Instant.EPOCH), null);
        this.status = told;
    }

    ClientStatus status() {
        return status;
    }

    /** @param inPlaceOfTheStore what serves, which every problem then begins with; null once the store does */
    void serving(@Nullable String inPlaceOfTheStore) {
        serving = inPlaceOfTheStore;
    }

    boolean isServing() {
        return serving != null;
    }

    void fail(State state, Throwable failure) {
        set(state, words(failure));
    }

    synchronized void set(State state, @Nullable String ofStore) {
        String instead = serving;
        String problem = ofStore == null || instead == null ? ofStore : instead + "; " + ofStore;
        ClientStatus before = status;
        ClientStatus now = new ClientStatus(state, before.state() == state ? before.since() : now(), problem);
        if (closed || now.equals(before)) {
            tell();
            return;
        }
        status = now;
        unlogged++;
        tell();
        if (before.state() == State.NOT_READY) {
            writeLine();
        } else {
            logPending();
        }
    }

    /** Calls listeners with what they do not know yet, also if an earlier attempt has failed. */
    private void tell() {
        ClientStatus now = status;
        if (!now.equals(told)) {
            listeners.statusChanged(now);
            told = now;
        }
    }

    /** Sets the status if there is none yet. */
    synchronized void setFirst(State state, @Nullable String problem) {
        if (status.state() == State.NOT_READY) {
            set(state, problem);
        }
    }

    /** The last status, which stays. */
    synchronized void close() {
        serving = null;
        set(State.NOT_READY, "the client is closed");
        if (unlogged > 0) {
            writeLine();
        }
        closed = true;
    }

    /** Logs what has not been logged, as soon as it may. */
    synchronized void logPending() {
        Instant now = now();
        boolean tooEarly = logged != null && !now.isBefore(logged) && now.isBefore(logged.plus(BETWEEN_LINES));
        if (unlogged > 0 && !tooEarly) {
            writeLine();
            logged = now;
        }
    }

    /** A clock that fails must not end the thread that follows the store. */
    Instant now() {
        return now(status.since());
    }

    private Instant now(Instant ifItFails) {
        try {
            return Objects.requireNonNull(clock.instant(), "the clock gave no instant");
        } catch (Throwable failure) {
            LOG.debug("The clock failed", failure);
            return ifItFails;
        }
    }

    private static String words(Throwable failure) {
        try {
            String message = failure instanceof FlagStoreException ? failure.getMessage() : null;
            return Objects.requireNonNullElseGet(message, failure::toString);
        } catch (Throwable unspeakable) {
            return failure.getClass().getName();
        }
    }

    private void writeLine() {
        ClientStatus now = status;
        String changes = unlogged == 1 ? "" : " (the status changed " + unlogged + " times since this was last logged)";
        unlogged = 0;
        if (now.state() == State.STALE || now.state() == State.ERROR) {
            LOG.warn("The flags of {} are {}: {}{}", namespace, now.state(), now.problem(), changes);
        } else {
            String problem = now.problem() == null ? "" : ": " + now.problem();
            LOG.info(
                    "The flags of {} are {} at revision {}{}{}",
                    namespace,
                    now.state(),
                    revision.get(),
                    problem,
                    changes);
        }
    }
}
