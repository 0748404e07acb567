package dev.guidon.store;

import dev.guidon.definition.Definitions;

/** How a {@link FileFlagStore} works on what it was opened on. */
interface FileBackend extends AutoCloseable {

    Definitions load();

    CommittedChange commit(ChangeSet changeSet);

    ChangeLog changes();

    /** Looks whether something has changed, and takes it in. Called again and again by one thread; waits for nothing else. */
    void poll();

    @Override
    void close();
}
