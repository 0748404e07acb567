package dev.guidon.audit;

import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits for what comes next in a store's log, until another thread ends that for good. */
final class LogWait {

    private final ChangeLog log;
    private @Nullable Thread waiting;
    private boolean ended;

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
            if (isEnded()) {
                return null;
            }
            throw e;
        } finally {
            leave();
        }
    }

    /** May be called by any thread. */
    synchronized void end() {
        ended = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private synchronized boolean begin() {
        waiting = ended ? null : Thread.currentThread();
        return !ended;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    /** What follows talks to Kafka, which must not be interrupted by the end of a wait. */
    private synchronized void leave() {
        waiting = null;
        if (ended) {
            Thread.interrupted();
        }
    }
}
