package dev.guidon;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.store.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real store behind a line that can be cut: it fails on demand, is replaced by another, or loses an entry of the log. */
final class FaultyStore implements FlagStore {

    private final AtomicBoolean forget = new AtomicBoolean();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile InMemoryFlagStore store;
    private volatile @Nullable String failure;
    private volatile @Nullable String problem;

    FaultyStore(InMemoryFlagStore store) {
        this.store = store;
    }

    InMemoryFlagStore healthy() {
        return store;
    }

    void breakWith(String message) {
        failure = message;
    }

    void repair() {
        failure = null;
    }

    void degrade(@Nullable String newProblem) {
        problem = newProblem;
    }

    void replaceWith(InMemoryFlagStore other) {
        InMemoryFlagStore old = store;
        store = other;
        old.close();
    }

    /** How often everything was loaded. */
    int loads() {
        return loads.get();
    }

    void forgetOneCommit() {
        forget.set(true);
    }

    @Override
    public String namespace() {
        return "faulty";
    }

    @Override
    public Definitions load() {
        fail();
        loads.incrementAndGet();
        return store.load();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        fail();
        return store.commit(changeSet);
    }

    @Override
    public ChangeLog changes() {
        ChangeLog log = store.changes();
        return new ChangeLog() {
            @Override
            public Revision head() {
                fail();
                return log.head();
            }

            @Override
            public Revision base() {
                fail();
                return log.base();
            }

            @Override
            public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
                fail();
                Read read = log.read(after, limit, Duration.ofMillis(20));
                fail();
                boolean full = read instanceof Read.Changes changes
                        && !changes.changes().isEmpty();
                if (full && forget.compareAndSet(true, false)) {
                    List<CommittedChange> all = ((Read.Changes) read).changes();
                    return all.size() > 1
                            ? new Read.Changes(all.subList(1, all.size()))
                            : log.read(all.get(0).revision(), limit, Duration.ofSeconds(5));
                }
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
        return new StoreStatus(problem == null, Instant.EPOCH, problem);
    }

    @Override
    public void close() {
        store.close();
    }

    private void fail() {
        String message = failure;
        if (message != null) {
            throw new FlagStoreException(message);
        }
    }
}
