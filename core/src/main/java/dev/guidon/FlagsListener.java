package dev.guidon;

import dev.guidon.definition.Revision;
import java.time.Instant;
import java.util.Set;

/**
 * Hears of changes in their order, on a thread of the listeners' own; what happens while {@code build()} makes its one attempt to load
 * it hears on the thread that builds. The new flags are in force when it is called, and newer ones may be. A slow listener delays other
 * listeners, never the flags; when a thousand changes wait for it, they become one. What it throws is logged and reaches nobody.
 */
public interface FlagsListener {

    /**
     * Other definitions are in force.
     *
     * @param revision their revision
     * @param flags the keys of all flags whose answers may have changed: those edited, and all that depend on an edited flag or segment
     */
    default void flagsChanged(Revision revision, Set<String> flags) {}

    /**
     * A commit of the store's change log is in force. Of several that came into force together each is told. Not told are commits that
     * were part of a full load, and those that were waiting when a thousand changes became one.
     *
     * @param revision the revision that it made
     * @param committed when it was committed, by the store's clock
     * @param applied when it came into force, by the client's clock, which may be behind the store's
     */
    default void commitApplied(Revision revision, Instant committed, Instant applied) {}

    /**
     * The status is another, or its problem is. Closing the client is one: {@code NOT_READY}.
     *
     * @param status the new status
     */
    default void statusChanged(ClientStatus status) {}
}
