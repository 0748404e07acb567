package dev.guidon.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Connects to one server, or to the master that Sentinels name. */
final class ServerConnector implements Connector {

    private final RedisClient client;
    private final RedisURI uri;
    private final Runnable shutdown;

    /** @param shutdown ends the client, if it is not somebody else's */
    ServerConnector(RedisClient client, RedisURI uri, Runnable shutdown) {
        this.client = client;
        this.uri = uri;
        this.shutdown = shutdown;
    }

    @Override
    public CompletableFuture<Link> connect() {
        return client.connectAsync(StringCodec.UTF8, uri)
                .toCompletableFuture()
                .thenApply(connection -> new Link(
                        connection,
                        connection.async(),
                        (key, replicas, atMost) -> connection.async().waitForReplication(replicas, atMost.toMillis())));
    }

    @Override
    public String describe() {
        String where = uri.getSentinels().isEmpty()
                ? address(uri)
                : uri.getSentinelMasterId() + " of the Sentinels "
                        + uri.getSentinels().stream()
                                .map(ServerConnector::address)
                                .collect(Collectors.joining(", "));
        return where + (uri.getDatabase() == 0 ? "" : " database " + uri.getDatabase());
    }

    @Override
    public void close() {
        shutdown.run();
    }

    static String address(RedisURI uri) {
        return uri.getSocket() != null ? uri.getSocket() : uri.getHost() + ":" + uri.getPort();
    }
}
