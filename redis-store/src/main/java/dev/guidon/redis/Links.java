package dev.guidon.redis;

import dev.guidon.guard.GuardedLog;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connections of a store: one that is shared, and some for one user at a time. No lock is held around I/O. */
final class Links implements AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(RedisFlagStore.class);
    private static final int MOST_IDLE = 4;
    private static final int ENDING_MILLIS = 200;

    private final Connector connector;
    private final Duration timeout;
    private final AtomicReference<@Nullable CompletableFuture<Link>> shared = new AtomicReference<>();
    private final AtomicBoolean replacing = new AtomicBoolean();
    private final Queue<Link> idle = new ConcurrentLinkedQueue<>();
    /** Those that may be open; a client of somebody else's would keep them, and mend those that are lost. */
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    private final AtomicLong opened = new AtomicLong();
    private volatile boolean closed;

    Links(Connector connector, Duration timeout) {
        this.connector = connector;
        this.timeout = timeout;
    }

    boolean isClosed() {
        return closed;
    }

    /** How many are open. */
    long open() {
        return links.stream().filter(Link::isOpen).count();
    }

    /** How many were ever made. */
    long opened() {
        return opened.get();
    }

    /** The shared connection, opened if there is none. The future ends by itself. */
    CompletableFuture<Link> shared() {
        while (true) {
            CompletableFuture<Link> current = shared.get();
            if (current != null && !isDead(current)) {
                return current;
            }
            CompletableFuture<Link> fresh = new CompletableFuture<>();
            if (shared.compareAndSet(current, fresh)) {
                connect(fresh);
                return fresh;
            }
        }
    }

    /** One that nobody uses; null if there is none. */
    @Nullable
    Link idle() {
        Link link;
        do {
            link = idle.poll();
        } while (link != null && !link.isOpen());
        return link;
    }

    /** A new one for the caller alone. */
    CompletableFuture<Link> fresh() {
        CompletableFuture<Link> fresh = new CompletableFuture<>();
        connect(fresh);
        return fresh;
    }

    void giveBack(Link link) {
        if (closed || !link.isOpen() || idle.size() >= MOST_IDLE) {
            link.close();
        } else {
            idle.add(link);
        }
    }

    /** Puts a new connection in the place of the one that is shared. That one is closed when whoever still uses it has had time to end. */
    @SuppressWarnings("FutureReturnValueIgnored") // The result tells.
    void replaceShared(Link link) {
        CompletableFuture<Link> current = shared.get();
        boolean isShared = current != null && current.isDone() && !isDead(current) && current.join() == link;
        if (isShared && replacing.compareAndSet(false, true)) {
            CompletableFuture<Link> fresh = new CompletableFuture<>();
            fresh.orTimeout(2 * timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((made, failure) -> {
                replacing.set(false);
                if (failure == null && shared.compareAndSet(current, fresh)) {
                    new CompletableFuture<Void>()
                            .completeOnTimeout(null, 2 * timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .thenRun(link::close);
                } else if (made != null) {
                    made.close();
                }
            });
            connect(fresh);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            links.forEach(Link::close);
            awaitEnd();
            connector.close();
        }
    }

    /** Lettuce's client closes what is not yet closed when it ends, and warns if somebody else does so too. */
    private void awaitEnd() {
        CompletableFuture<?>[] ending = links.stream().map(Link::ended).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ending).get(ENDING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Connections to {} have not ended in time", connector.describe(), e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The result tells.
    private void connect(CompletableFuture<Link> result) {
        if (closed) {
            result.completeExceptionally(new FlagStoreException("the store is closed"));
            return;
        }
        try {
            connector.connect().whenComplete((link, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(failure);
                    return;
                }
                try {
                    closeLost();
                    links.add(link);
                    opened.incrementAndGet();
                } catch (Throwable unkept) {
                    result.completeExceptionally(unkept);
                }
                if (closed || !result.complete(link)) {
                    link.close();
                }
            });
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    private void closeLost() {
        links.removeIf(link -> {
            boolean lost = !link.isOpen();
            if (lost) {
                link.close();
            }
            return lost;
        });
    }

    private static boolean isDead(CompletableFuture<Link> future) {
        return future.isCompletedExceptionally()
                || (future.isDone() && !future.join().isOpen());
    }
}
