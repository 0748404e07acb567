package dev.guidon.audit;

import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Waits for what comes next in a store's log, until another thread ends that for good. */
final class LogWait {

    private final ChangeLog log;
    private final Lock lock = new ReentrantLock();
    private @Nullable Thread waiting;
    private volatile boolean ended;

    LogWait(ChangeLog log) {
        this.log = log;
    }

    /** As {@link ChangeLog#read}; null if it was ended. */
    @Nullable
    Read read(Revision after, int limit, Duration wait) throws InterruptedException {
        if (!begin()) {
            return null;
        }
        try {
            return log.read(after, limit, wait);
        } catch (InterruptedException | FlagStoreException e) {
            if (ended) {
                return null;
            }
            throw e;
        } finally {
            leave();
        }
    }

    /** May be called by any thread. */
    void end() {
        lock.lock();
        try {
            ended = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            waiting = ended ? null : Thread.currentThread();
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** What follows talks to Kafka, which must not be interrupted by the end of a wait. */
    private void leave() {
        lock.lock();
        try {
            waiting = null;
            if (ended) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
