package dev.guidon.testkit;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.store.StoreStatus;
import java.time.Duration;
import java.util.Map;

/** A store that does as the in-memory store does, for stores that do one thing worse. */
class DelegatingStore implements FlagStore, ChangeLog {

    InMemoryFlagStore good = new InMemoryFlagStore();

    /** The same store with a short log. */
    DelegatingStore keeping(int logLength) {
        good = InMemoryFlagStore.builder().logLength(logLength).build();
        return this;
    }

    @Override
    public String namespace() {
        return good.namespace();
    }

    @Override
    public Definitions load() {
        return good.load();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        return good.commit(changeSet);
    }

    @Override
    public ChangeLog changes() {
        return this;
    }

    @Override
    public SegmentMembers members() {
        return good.members();
    }

    @Override
    public StoreStatus status() {
        return good.status();
    }

    @Override
    public void close() {
        good.close();
    }

    @Override
    public Revision head() {
        return good.changes().head();
    }

    @Override
    public Revision base() {
        return good.changes().base();
    }

    @Override
    public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
        return good.changes().read(after, limit, wait);
    }

    @Override
    public void retain(String consumer, Revision reached) {
        good.changes().retain(consumer, reached);
    }

    @Override
    public void release(String consumer) {
        good.changes().release(consumer);
    }

    @Override
    public Map<String, Long> retained() {
        return good.changes().retained();
    }
}
