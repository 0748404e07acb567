package dev.guidon.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Connects to a cluster, asking anew which node is which each time. */
final class ClusterConnector implements Connector {

    private final RedisClusterClient client;
    private final String description;
    private final String key;
    private final Runnable shutdown;

    /**
     * @param key any key of the namespace
     * @param shutdown ends the client, if it is not somebody else's
     */
    ClusterConnector(RedisClusterClient client, String description, String key, Runnable shutdown) {
        this.client = client;
        this.description = description;
        this.key = key;
        this.shutdown = shutdown;
    }

    @Override
    public CompletableFuture<Link> connect() {
        return client.refreshPartitionsAsync()
                .toCompletableFuture()
                .thenCompose(done -> client.connectAsync(StringCodec.UTF8))
                .thenCompose(this::withNode)
                .thenApply(connection -> new Link(
                        connection,
                        connection.async(),
                        (key, replicas, atMost) -> replicated(connection, key, replicas, atMost)));
    }

    /** Also connects to the node that has the namespace: Lettuce 7.7 would reject commands while that is under way. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for what is thrown away.
    private CompletableFuture<StatefulRedisClusterConnection<String, String>> withNode(
            StatefulRedisClusterConnection<String, String> connection) {
        return node(connection, key).handle((node, failure) -> {
            if (failure != null) {
                connection.closeAsync();
                throw new CompletionException(failure);
            }
            return connection;
        });
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        shutdown.run();
    }

    private static CompletionStage<Long> replicated(
            StatefulRedisClusterConnection<String, String> connection, String key, int replicas, Duration atMost) {
        return node(connection, key).thenCompose(one -> one.async().waitForReplication(replicas, atMost.toMillis()));
    }

    /** By host and port, since that is the connection which commands of the slot go through. */
    private static CompletableFuture<StatefulRedisConnection<String, String>> node(
            StatefulRedisClusterConnection<String, String> connection, String key) {
        RedisClusterNode node = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
        if (node == null) {
            return CompletableFuture.failedFuture(new RedisException("no node of the cluster has the slot of " + key));
        }
        return connection.getConnectionAsync(
                node.getUri().getHost(), node.getUri().getPort());
    }
}
