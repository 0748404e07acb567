package dev.guidon.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connects to a cluster, asking anew which node is which each time. */
final class ClusterConnector implements Connector {

    private final RedisClusterClient client;
    private final String description;
    private final Runnable shutdown;

    /** @param shutdown ends the client, if it is not somebody else's */
    ClusterConnector(RedisClusterClient client, String description, Runnable shutdown) {
        this.client = client;
        this.description = description;
        this.shutdown = shutdown;
    }

    @Override
    public CompletableFuture<Link> connect() {
        return client.refreshPartitionsAsync()
                .toCompletableFuture()
                .thenCompose(done -> client.connectAsync(StringCodec.UTF8))
                .thenApply(connection -> new Link(
                        connection,
                        connection.async(),
                        (key, replicas, atMost) -> replicated(connection, key, replicas, atMost)));
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        shutdown.run();
    }

    /** By host and port, since that is the connection which commands of the slot go through. */
    private static CompletionStage<Long> replicated(
            StatefulRedisClusterConnection<String, String> connection, String key, int replicas, Duration atMost) {
        RedisClusterNode node = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
        RedisURI uri = node.getUri();
        return connection
                .getConnectionAsync(uri.getHost(), uri.getPort())
                .thenCompose(one -> one.async().waitForReplication(replicas, atMost.toMillis()));
    }
}
