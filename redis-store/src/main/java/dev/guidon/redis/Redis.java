package dev.guidon.redis;

import dev.guidon.definition.Shown;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends commands, each with a time limit. One connection is shared; who blocks or must not be disturbed borrows one. A connection that
 * fails or does not answer in time is thrown away and the next command opens a new one.
 */
final class Redis implements AutoCloseable {

    private static final int FIRST_PAUSE_MILLIS = 10;
    private static final int LONGEST_PAUSE_MILLIS = 200;

    private final Connector connector;
    private final Duration timeout;
    private final Availability availability;
    private final Links links;
    private final AtomicLong failures = new AtomicLong();

    Redis(Connector connector, Duration timeout, Clock clock) {
        this.connector = connector;
        this.timeout = timeout;
        this.availability = new Availability(clock);
        this.links = new Links(connector, timeout);
    }

    Duration timeout() {
        return timeout;
    }

    String describe() {
        return connector.describe();
    }

    /** How many connections are open. */
    long open() {
        return links.open();
    }

    /** How many connections were ever made. */
    long opened() {
        return links.opened();
    }

    /** How often a command or an attempt to connect has failed. */
    long failures() {
        return failures.get();
    }

    StoreStatus status() {
        return links.isClosed()
                ? new StoreStatus(false, availability.status().since(), "the store is closed")
                : availability.status();
    }

    boolean isAvailable() {
        return !links.isClosed() && availability.status().available();
    }

    /**
     * Sends commands that belong together on one connection. Does it once more if the connection turns out to be lost, and for as long as
     * the time limit while a cluster moves the slot.
     *
     * @param work sends the commands; must be safe to repeat
     */
    <T> T call(Function<Link, T> work) {
        return repeated(() -> work.apply(opened(links.shared())));
    }

    /** The same for one command. */
    <T> T ask(Function<Link, CompletionStage<T>> command) {
        return call(link -> await(link, command.apply(link)));
    }

    /** The same on a connection that nobody else uses meanwhile. */
    <T> T alone(Function<Link, T> work) {
        return repeated(() -> borrowed(work));
    }

    private <T> T repeated(Supplier<T> work) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return onceMoreIfLost(work);
            } catch (FlagStoreException failure) {
                long over = Duration.ofNanos(System.nanoTime() - start).toMillis() + pause;
                if (!RedisErrors.isPassing(failure) || over > timeout.toMillis()) {
                    throw failure;
                }
            }
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static <T> T onceMoreIfLost(Supplier<T> work) {
        try {
            return work.get();
        } catch (LostLinkException lost) {
            return work.get();
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while waiting for " + describe(), e);
        }
    }

    /** The same once only, for work that cannot be repeated. */
    <T> T borrowed(Function<Link, T> work) {
        Link link = borrow();
        try {
            return work.apply(link);
        } catch (FlagStoreException failure) {
            if (RedisErrors.isOfReplica(failure)) {
                link.close();
            }
            throw failure;
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
            throw failed(new FlagStoreException(describe() + " has not answered within " + Shown.duration(atMost)));
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = RedisErrors.root(e);
            if (cause instanceof RedisCommandExecutionException refusal) {
                throw refused(link, refusal);
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

    /** Only an outage of the server makes the store unavailable: who refuses one command answers others. */
    private FlagStoreException refused(Link link, RedisCommandExecutionException refusal) {
        FlagStoreException failure = RedisErrors.refused(describe(), refusal);
        if (RedisErrors.isOutage(refusal)) {
            link.close();
            return failed(failure);
        }
        if (RedisErrors.isOfReplica(failure)) {
            links.replaceShared(link);
        }
        failures.incrementAndGet();
        availability.answered();
        return failure;
    }

    /** The shared connection, opened if there is none. The future ends by itself. */
    CompletableFuture<Link> linkAsync() {
        return links.shared();
    }

    /** A connection for the caller alone, who gives it back, or closes it if it is not as it was. */
    Link borrow() {
        Link link = links.idle();
        return link == null ? opened(links.fresh()) : link;
    }

    void giveBack(Link link) {
        links.giveBack(link);
    }

    @Override
    public void close() {
        links.close();
    }

    private Link opened(CompletableFuture<Link> future) {
        try {
            return future.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.completeExceptionally(e);
            throw failed(new FlagStoreException(
                    "no connection to " + describe() + " within " + Shown.duration(timeout.multipliedBy(2))));
        } catch (ExecutionException e) {
            throw failed(RedisErrors.unreachable(describe(), RedisErrors.root(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while connecting to " + describe(), e);
        }
    }

    private FlagStoreException failed(FlagStoreException failure) {
        if (links.isClosed()) {
            return new FlagStoreException("the store is closed");
        }
        failures.incrementAndGet();
        availability.failed(String.valueOf(failure.getMessage()));
        return failure;
    }

    /** The connection was lost, so that nobody knows what became of the command. */
    static final class LostLinkException extends FlagStoreException {

        private static final long serialVersionUID = 1L;

        LostLinkException(FlagStoreException failure) {
            super(String.valueOf(failure.getMessage()), failure.getCause());
        }
    }
}
