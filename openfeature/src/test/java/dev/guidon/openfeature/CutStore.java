package dev.guidon.openfeature;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import java.time.Duration;
import java.util.Map;

/** A real store behind a line that can be cut. */
public final class CutStore implements FlagStore {

    private final FlagStore store;
    private volatile boolean cut;

    /**
     * A line that is not cut.
     *
     * @param store the store behind it
     */
    public CutStore(FlagStore store) {
        this.store = store;
    }

    /** From now on nothing comes through. */
    public void cut() {
        cut = true;
    }

    /** From now on everything comes through. */
    public void mend() {
        cut = false;
    }

    @Override
    public String namespace() {
        return store.namespace();
    }

    @Override
    public Definitions load() {
        pass();
        return store.load();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        pass();
        return store.commit(changeSet);
    }

    @Override
    public ChangeLog changes() {
        ChangeLog log = store.changes();
        return new ChangeLog() {
            @Override
            public Revision head() {
                pass();
                return log.head();
            }

            @Override
            public Revision base() {
                pass();
                return log.base();
            }

            @Override
            public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
                pass();
                Read read = log.read(after, limit, Duration.ofMillis(20));
                pass();
                return read;
            }

            @Override
            public void retain(String consumer, Revision reached) {
                log.retain(consumer, reached);
            }

            @Override
            public void release(String consumer) {
                log.release(consumer);
            }

            @Override
            public Map<String, Long> retained() {
                return log.retained();
            }
        };
    }

    @Override
    public SegmentMembers members() {
        return store.members();
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    @Override
    public void close() {
        store.close();
    }

    private void pass() {
        if (cut) {
            throw new FlagStoreException("the line is cut");
        }
    }
}
