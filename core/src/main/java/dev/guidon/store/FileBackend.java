package dev.guidon.store;

import dev.guidon.definition.Definitions;
import java.io.IOException;

/** How a {@link FileFlagStore} works on what it was opened on. */
interface FileBackend extends AutoCloseable {

    Definitions load();

    CommittedChange commit(ChangeSet changeSet);

    ChangeLog changes();

    /**
     * Looks whether something has changed, and takes it in. Called again and again by one thread; waits for nothing else.
     *
     * @throws IOException if that fails; like whatever else it throws, the caller says it, and calls again later
     */
    void poll() throws IOException;

    @Override
    void close();
}
