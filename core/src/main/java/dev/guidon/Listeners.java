package dev.guidon;

import dev.guidon.evaluation.EvaluationListener;
import dev.guidon.guard.GuardedLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls listeners such that none can disturb the caller or another listener: after the start on a thread of their own, in order. News
 * that wait for a listener which does not return are bounded by being merged.
 */
final class Listeners implements AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(FeatureFlags.class);
    private static final int MOST_WAITING = 1_000;
    private static final int IDLE_SECONDS = 10;
    private static final int LAST_NEWS_MILLIS = 1_000;

    private final List<FlagsListener> listeners;
    /** Large enough from the start: adding news must not fail, since the flags that it is about are in force by then. */
    private final Deque<News> waiting = new ArrayDeque<>(MOST_WAITING + 2);

    private final ThreadPoolExecutor executor;
    private final AtomicLong failures = new AtomicLong();
    private boolean started;
    private boolean telling;
    private volatile @Nullable Thread teller;

    Listeners(String namespace, List<FlagsListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "guidon-" + namespace + "-listeners");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        this.executor.allowCoreThreadTimeOut(true);
    }

    void add(FlagsListener listener) {
        listeners.add(listener);
    }

    void remove(FlagsListener listener) {
        listeners.remove(listener);
    }

    /** From now on listeners are called on their own thread; until then on the caller's. */
    synchronized void start() {
        started = true;
    }

    void statusChanged(ClientStatus status) {
        tell(new News.OfStatus(status));
    }

    /** How often a listener has thrown. */
    long failures() {
        return failures.get();
    }

    /** Tells what is waiting, and waits for that a moment, unless a listener itself is the caller. */
    @Override
    public void close() {
        executor.shutdown();
        if (Thread.currentThread() == teller) {
            return;
        }
        try {
            if (!executor.awaitTermination(LAST_NEWS_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("A listener of flags has not returned; the client is closed without waiting for it");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void tell(News news) {
        if (listeners.isEmpty()) {
            return;
        }
        synchronized (this) {
            if (started) {
                waiting.add(news);
                tellOnTheirThread();
                return;
            }
        }
        tellAll(news);
    }

    /** Sees to it that what waits is told, also if there was no thread for it or no memory when it came. */
    synchronized void tellOnTheirThread() {
        try {
            if (waiting.size() > MOST_WAITING) {
                merge();
            }
            if (!telling && !waiting.isEmpty()) {
                executor.execute(this::tellWaiting);
                telling = true;
            }
        } catch (Throwable failure) {
            LOG.warn("Listeners of flags cannot be called, which is tried again", failure);
        }
    }

    private void tellWaiting() {
        teller = Thread.currentThread();
        for (News next = next(); next != null; next = next()) {
            Thread.interrupted();
            tellAll(next);
        }
    }

    private synchronized @Nullable News next() {
        News next = waiting.poll();
        telling = next != null;
        return next;
    }

    /** All flags that changed, at the newest revision, and the newest status. Single commits are told no more. */
    private void merge() {
        News.OfFlags flags = null;
        News.OfStatus status = null;
        Set<String> changed = new TreeSet<>();
        for (News news : waiting) {
            if (news instanceof News.OfFlags some) {
                flags = some;
                changed.addAll(some.flags());
            } else if (news instanceof News.OfStatus newer) {
                status = newer;
            }
        }
        News merged = flags == null ? null : new News.OfFlags(flags.revision(), changed);
        waiting.clear();
        if (merged != null) {
            waiting.add(merged);
        }
        if (status != null) {
            waiting.add(status);
        }
    }

    private void tellAll(News news) {
        for (FlagsListener listener : listeners) {
            for (int call = 0; call < news.calls(); call++) {
                try {
                    news.tell(listener, call);
                } catch (Throwable failure) {
                    failures.incrementAndGet();
                    LOG.warn("The listener {} failed", listener.getClass().getName(), failure);
                }
            }
        }
    }

    /** One listener for several; null for none. A failure of one keeps none of the others from hearing. */
    static @Nullable EvaluationListener combined(List<EvaluationListener> listeners) {
        if (listeners.size() <= 1) {
            return listeners.isEmpty() ? null : listeners.get(0);
        }
        EvaluationListener first = listeners.get(0);
        EvaluationListener rest = combined(listeners.subList(1, listeners.size()));
        return (evaluation, context) -> {
            try {
                first.evaluated(evaluation, context);
            } finally {
                if (rest != null) {
                    rest.evaluated(evaluation, context);
                }
            }
        };
    }
}
