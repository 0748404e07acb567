package dev.guidon.audit;

import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a relay is.
 *
 * @param state what it does
 * @param since since when that is so, or since when the problem lasts if there is one
 * @param problem what is wrong, for people, without secrets, also if the relay publishes all the same; null if nothing is
 * @param position the last revision that this relay knows to be in the topic; null before it was active
 * @param lag how many revisions of the store were not in the topic when this relay looked last; a relay that is not active goes by what
 *     the active one has told the store, and looks every ten seconds, or each time that it has failed; -1 if it does not know
 * @param published how many records this relay has published since it was started
 */
public record RelayStatus(
        State state,
        Instant since,
        @Nullable String problem,
        @Nullable Revision position,
        long lag,
        long published) {

    /** Keeps the problem on one line. */
    public RelayStatus {
        problem = problem == null ? null : Shown.message(problem);
    }

    /** What a relay does. */
    public enum State {
        /** It has not joined the others yet, or tries again after a problem. */
        CONNECTING,
        /** Another relay of the namespace is active; this one takes over when that one ends. */
        STANDBY,
        /** It publishes. */
        ACTIVE,
        /** It has ended: it was closed, or it was told to stop when the topic is deleted. */
        STOPPED
    }
}
