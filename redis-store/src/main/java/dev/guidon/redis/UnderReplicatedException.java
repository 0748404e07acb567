package dev.guidon.redis;

import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;

/**
 * A change set was committed, but not enough replicas have it in time. It is in force; it can be lost if the master fails now.
 * Committing the change set again returns it and waits for the replicas once more.
 */
public final class UnderReplicatedException extends FlagStoreException {

    private static final long serialVersionUID = 1L;

    private final transient CommittedChange committed;

    UnderReplicatedException(CommittedChange committed, long found, int wanted) {
        super("revision " + committed.revision() + " was committed, but " + found + " replicas have it; wanted: "
                + wanted);
        this.committed = committed;
    }

    /** {@return what was committed} */
    public CommittedChange committed() {
        return committed;
    }
}
