package dev.guidon.redis;

import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands, each with a time limit. One connection is shared; who blocks or must not be disturbed borrows one. A connection that
 * fails or does not answer in time is thrown away and the next command opens a new one. No lock is held around I/O.
 */
final class Redis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFlagStore.class);
    private static final int MOST_IDLE = 4;
    private static final int ENDING_MILLIS = 200;

    private final Connector connector;
    private final Duration timeout;
    private final Availability availability;
    private final AtomicReference<@Nullable CompletableFuture<Link>> shared = new AtomicReference<>();
    private final Queue<Link> idle = new ConcurrentLinkedQueue<>();
    /** Those that may be open; a client of somebody else's would keep them, and mend those that are lost. */
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean closed;

    Redis(Connector connector, Duration timeout, Clock clock) {
        this.connector = connector;
        this.timeout = timeout;
        this.availability = new Availability(clock);
    }

    Duration timeout() {
        return timeout;
    }

    String describe() {
        return connector.describe();
    }

    /** How many connections are open. */
    long open() {
        return links.stream().filter(Link::isOpen).count();
    }

    /** How many connections were ever made. */
    long opened() {
        return opened.get();
    }

    /** How often a command or an attempt to connect has failed. */
    long failures() {
        return failures.get();
    }

    StoreStatus status() {
        return closed
                ? new StoreStatus(false, availability.status().since(), "the store is closed")
                : availability.status();
    }

    boolean isAvailable() {
        return !closed && availability.status().available();
    }

    /**
     * Sends commands that belong together on one connection, and does it once more if the connection turns out to be lost.
     *
     * @param work sends the commands; must be safe to repeat
     */
    <T> T call(Function<Link, T> work) {
        try {
            return work.apply(link());
        } catch (LostLinkException lost) {
            return work.apply(link());
        }
    }

    /** The same for one command. */
    <T> T ask(Function<Link, CompletionStage<T>> command) {
        return call(link -> await(link, command.apply(link)));
    }

    /** The same on a connection that nobody else uses meanwhile. */
    <T> T alone(Function<Link, T> work) {
        try {
            return borrowed(work);
        } catch (LostLinkException lost) {
            return borrowed(work);
        }
    }

    /** The same once only, for work that cannot be repeated. */
    <T> T borrowed(Function<Link, T> work) {
        Link link = borrow();
        try {
            return work.apply(link);
        } finally {
            giveBack(link);
        }
    }

    /** Waits for an answer, for no longer than the time limit. */
    <T> T await(Link link, CompletionStage<T> answer) {
        try {
            return await(link, answer, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while waiting for " + describe(), e);
        }
    }

    <T> T await(Link link, CompletionStage<T> answer, Duration atMost) throws InterruptedException {
        CompletableFuture<T> future = answer.toCompletableFuture();
        try {
            T result = future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            availability.answered();
            return result;
        } catch (TimeoutException e) {
            future.cancel(true);
            link.close();
            throw failed(new FlagStoreException(describe() + " has not answered within " + atMost.toMillis() + " ms"));
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = RedisErrors.root(e);
            if (cause instanceof RedisCommandExecutionException refusal) {
                if (RedisErrors.isOfWrongNode(refusal)) {
                    link.close();
                }
                if (RedisErrors.isOfOneCommand(refusal)) {
                    failures.incrementAndGet();
                    throw RedisErrors.refused(describe(), refusal);
                }
                throw failed(RedisErrors.refused(describe(), refusal));
            }
            link.close();
            failed(RedisErrors.unreachable(describe(), cause));
            throw new LostLinkException(RedisErrors.unreachable(describe(), cause));
        } catch (InterruptedException e) {
            future.cancel(true);
            link.close();
            throw e;
        }
    }

    /** The shared connection, opened if there is none. The future ends by itself. */
    CompletableFuture<Link> linkAsync() {
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

    private Link link() {
        return opened(linkAsync());
    }

    /** A connection for the caller alone, who gives it back, or closes it if it is not as it was. */
    Link borrow() {
        Link link;
        while ((link = idle.poll()) != null) {
            if (link.isOpen()) {
                return link;
            }
        }
        CompletableFuture<Link> fresh = new CompletableFuture<>();
        connect(fresh);
        return opened(fresh);
    }

    void giveBack(Link link) {
        if (closed || !link.isOpen() || idle.size() >= MOST_IDLE) {
            link.close();
        } else {
            idle.add(link);
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
            LOG.debug("Connections to {} have not ended in time", describe(), e);
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
                closeLost();
                links.add(link);
                opened.incrementAndGet();
                if (closed || !result.complete(link)) {
                    link.close();
                }
            });
        } catch (RuntimeException failure) {
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

    private Link opened(CompletableFuture<Link> future) {
        try {
            return future.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.completeExceptionally(e);
            throw failed(new FlagStoreException(
                    "no connection to " + describe() + " within " + 2 * timeout.toMillis() + " ms"));
        } catch (ExecutionException e) {
            throw failed(RedisErrors.unreachable(describe(), RedisErrors.root(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while connecting to " + describe(), e);
        }
    }

    private FlagStoreException failed(FlagStoreException failure) {
        if (closed) {
            return new FlagStoreException("the store is closed");
        }
        failures.incrementAndGet();
        availability.failed(String.valueOf(failure.getMessage()));
        return failure;
    }

    private static boolean isDead(CompletableFuture<Link> future) {
        return future.isCompletedExceptionally()
                || (future.isDone() && !future.join().isOpen());
    }

    /** The connection was lost, so that nobody knows what became of the command. */
    static final class LostLinkException extends FlagStoreException {

        private static final long serialVersionUID = 1L;

        LostLinkException(FlagStoreException failure) {
            super(String.valueOf(failure.getMessage()), failure.getCause());
        }
    }
}
