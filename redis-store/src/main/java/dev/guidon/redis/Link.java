package dev.guidon.redis;

import dev.guidon.definition.Revision;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One connection, to a server or to a cluster. It is used until it fails, then thrown away. */
final class Link {

    /** Longer than anything here takes: who sends a command watches the time, which a command that blocks needs more of. */
    private static final Duration NO_TIMEOUT = Duration.ofMinutes(1);

    private final StatefulConnection<String, String> connection;
    private final RedisClusterAsyncCommands<String, String> commands;
    private final Replication replication;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Revision known;
    private long knownSince;

    Link(
            StatefulConnection<String, String> connection,
            RedisClusterAsyncCommands<String, String> commands,
            Replication replication) {
        this.connection = connection;
        this.commands = commands;
        this.replication = replication;
        connection.setTimeout(NO_TIMEOUT);
    }

    RedisClusterAsyncCommands<String, String> commands() {
        return commands;
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Closes it, if that has not been done: Lettuce would warn of the second time. */
    @SuppressWarnings("FutureReturnValueIgnored") // The result tells.
    void close() {
        if (closed.compareAndSet(false, true)) {
            connection.closeAsync().whenComplete((done, failure) -> ended.complete(null));
        }
    }

    /** Done when it is closed, whether or not that went well. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** How many replicas have what this connection has written last, once they are {@code replicas} or the time is over. */
    CompletionStage<Long> replicated(String key, int replicas, Duration atMost) {
        return replication.await(key, replicas, atMost);
    }

    /** Whether the store was seen to hold a revision, by this connection and not long ago. For the thread that borrowed it. */
    boolean knows(Revision revision, Duration atMost) {
        return revision.equals(known) && System.nanoTime() - knownSince < atMost.toNanos();
    }

    /** Remembers that the store holds a revision. */
    void learn(Revision revision) {
        known = revision;
        knownSince = System.nanoTime();
    }

    /** Remembers that the store has gone on to a revision, which does not tell that it is where it says. */
    void advance(Revision revision) {
        known = revision;
    }

    void forget() {
        known = null;
    }

    /** Waits for replicas on the connection that a key is written by. */
    @FunctionalInterface
    interface Replication {
        CompletionStage<Long> await(String key, int replicas, Duration atMost);
    }
}
