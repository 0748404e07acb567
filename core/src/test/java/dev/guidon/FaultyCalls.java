package dev.guidon;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.guard.Fault;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault that happens once, at one call of those that a client makes to its surroundings. */
final class FaultyCalls {

    enum Site {
        LOAD,
        CHANGES,
        BEFORE_READ,
        AFTER_READ,
        STATUS,
        CLOCK,
        LISTENER,
        LOG
    }

    private static final Set<Site> OF_STORE = EnumSet.range(Site.LOAD, Site.STATUS);

    private final Site site;
    private final int number;
    private final Fault fault;
    private final AtomicInteger calls = new AtomicInteger();

    FaultyCalls(Site site, int number, Fault fault) {
        this.site = site;
        this.number = number;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    boolean isOfStore() {
        boolean nothing = site == Site.BEFORE_READ && fault == Fault.NULL;
        return OF_STORE.contains(site) && calls.get() >= number && !nothing;
    }

    /** Whether it has happened, or will not: reading goes on for ever, everything else may be done with. */
    boolean happened() {
        boolean again = site == Site.CHANGES || site == Site.BEFORE_READ || site == Site.AFTER_READ;
        return !again || calls.get() >= number;
    }

    /** Also the name of the namespace, and so part of the names of the threads. */
    @Override
    public String toString() {
        return site + "-" + number + "-" + fault;
    }

    private <T> T call(Site here, T result) {
        return here == site && calls.incrementAndGet() == number ? fault.happen(result) : result;
    }

    /** For lines that are logged by a thread of this client. */
    void log() {
        String name = Thread.currentThread().getName();
        if (name.equals(toString()) || name.startsWith("guidon-" + this + "-")) {
            call(Site.LOG, "");
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return call(Site.CLOCK, Instant.EPOCH);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    FlagsListener listener() {
        return new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> flags) {
                call(Site.LISTENER, "");
            }

            @Override
            public void commitApplied(Revision revision, Instant committed, Instant applied) {
                call(Site.LISTENER, "");
            }

            @Override
            public void statusChanged(ClientStatus status) {
                call(Site.LISTENER, "");
            }
        };
    }

    FlagStore store(FlagStore store) {
        return new FlagStore() {
            @Override
            public String namespace() {
                return store.namespace();
            }

            @Override
            public Definitions load() {
                return call(Site.LOAD, store.load());
            }

            @Override
            public CommittedChange commit(ChangeSet changeSet) {
                return store.commit(changeSet);
            }

            @Override
            public ChangeLog changes() {
                return call(Site.CHANGES, log(store.changes()));
            }

            @Override
            public SegmentMembers members() {
                return store.members();
            }

            @Override
            public StoreStatus status() {
                return call(Site.STATUS, store.status());
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    private ChangeLog log(ChangeLog log) {
        return new ChangeLog() {
            @Override
            public Revision head() {
                return log.head();
            }

            @Override
            public Revision base() {
                return log.base();
            }

            @Override
            public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
                call(Site.BEFORE_READ, "");
                Duration shorter = wait.compareTo(Duration.ofMillis(10)) > 0 ? Duration.ofMillis(10) : wait;
                return call(Site.AFTER_READ, log.read(after, limit, shorter));
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
}
