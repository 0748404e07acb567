package dev.guidon.redis;

import dev.guidon.definition.Shown;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How to connect, and the Lettuce clients for it. */
final class Connection {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);
    private static final int THREADS = 2;

    private List<RedisURI> uris = List.of();
    private boolean cluster;
    private @Nullable RedisClient client;
    private @Nullable RedisClusterClient clusterClient;
    private @Nullable ClientResources resources;
    private @Nullable Path trustStore;
    private char[] trustStorePassword = {};
    private @Nullable SslOptions sslOptions;
    private Duration timeout = Duration.ofSeconds(2);

    void uri(String uri) {
        uri(RedisAddress.parse(uri));
    }

    void uri(RedisURI uri) {
        uris = List.of(copy(RedisAddress.check(uri)));
        cluster = false;
    }

    void cluster(List<String> nodes) {
        clusterUris(nodes.stream().map(RedisAddress::parse).toList());
    }

    void clusterUris(List<RedisURI> nodes) {
        uris = nodes.stream().map(RedisAddress::check).map(Connection::copy).toList();
        cluster = true;
    }

    void client(RedisClient own, RedisURI uri) {
        client = own;
        uri(uri);
    }

    void client(RedisClusterClient own) {
        clusterClient = own;
    }

    void resources(ClientResources own) {
        resources = own;
    }

    void trustStore(Path file, char[] password) {
        try {
            KeyStore.getInstance(file.toFile(), password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "trustStore: found " + file + ", which cannot be opened (" + e.getMessage()
                            + "); allowed: a key store in PKCS12 or JKS format, and its password",
                    e);
        }
        trustStore = file;
        trustStorePassword = password.clone();
    }

    void sslOptions(SslOptions own) {
        sslOptions = own;
    }

    void timeout(Duration atMost) {
        if (atMost.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException("timeout: found " + Shown.duration(atMost) + "; allowed: at least "
                    + Shown.duration(SHORTEST_TIMEOUT));
        }
        timeout = atMost;
    }

    Duration timeout() {
        return timeout;
    }

    Connector connector(String namespace) {
        if (clusterClient != null) {
            return new ClusterConnector(
                    clusterClient, "the cluster of the given client", new RedisKeys(namespace).meta(), () -> {});
        }
        if (uris.isEmpty()) {
            throw new IllegalArgumentException(
                    "uri: found none; allowed: where Redis is, for example redis://localhost");
        }
        uris.forEach(this::limit);
        if (client != null) {
            return new ServerConnector(client, uris.get(0), () -> {});
        }
        ClientResources used = resources == null ? ownResources(namespace) : resources;
        if (cluster) {
            String nodes = uris.stream().map(ServerConnector::address).collect(Collectors.joining(", "));
            RedisClusterClient made = RedisClusterClient.create(used, uris);
            made.setOptions(clusterOptions());
            return new ClusterConnector(
                    made, "the cluster of " + nodes, new RedisKeys(namespace).meta(), () -> end(made::shutdown, used));
        }
        RedisClient made = RedisClient.create(used);
        made.setOptions(options(ClientOptions.builder()).build());
        return new ServerConnector(made, uris.get(0), () -> end(made::shutdown, used));
    }

    /** Sentinels are asked one after the other: one that hangs must leave time for the others. */
    private void limit(RedisURI uri) {
        uri.setTimeout(timeout);
        Duration each = timeout.dividedBy(Math.max(1, uri.getSentinels().size()));
        uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(each));
    }

    /** Lost connections are given up, not mended behind our back: who needs one opens it, and repeats what is safe to repeat. */
    private <B extends ClientOptions.Builder> B options(B builder) {
        builder.autoReconnect(false)
                // A server that cannot write to its disk refuses it, although it can be read.
                .pingBeforeActivateConnection(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.create())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .sslOptions(sslOptions == null ? trusting() : sslOptions);
        return builder;
    }

    private SslOptions trusting() {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
        if (trustStore != null) {
            tls.truststore(trustStore.toFile(), new String(trustStorePassword));
        }
        return tls.build();
    }

    private ClusterClientOptions clusterOptions() {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enableAllAdaptiveRefreshTriggers()
                        .build());
        return options(builder).build();
    }

    private static ClientResources ownResources(String namespace) {
        return ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .threadFactoryProvider(pool -> new DefaultThreadFactory("guidon-" + namespace + "-" + pool, true))
                .build();
    }

    private void end(Shutdown shutdown, ClientResources used) {
        shutdown.within(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS);
        if (resources == null) {
            used.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly(SHUTDOWN.toMillis());
        }
    }

    static int atLeast(int least, int found, String name) {
        if (found < least) {
            throw new IllegalArgumentException(name + ": found " + found + "; allowed: at least " + least);
        }
        return found;
    }

    private static RedisURI copy(RedisURI uri) {
        if (uri.getSentinels().isEmpty()) {
            return hidingUser(RedisURI.builder(uri).build());
        }
        // The builder leaves out what has to do with Sentinels.
        RedisURI.Builder builder = RedisURI.builder(uri);
        uri.getSentinels().forEach(sentinel -> builder.withSentinel(copy(sentinel)));
        RedisURI copied = builder.build();
        copied.setSentinelMasterId(uri.getSentinelMasterId());
        return hidingUser(copied);
    }

    /**
     * Lettuce shows a user that it knows in messages, not one that it has to ask for. The answer is at hand: with one that comes later a
     * refusal is sometimes lost, and the connection only "closed prematurely".
     */
    private static RedisURI hidingUser(RedisURI uri) {
        if (uri.getCredentialsProvider() instanceof StaticCredentialsProvider known) {
            RedisCredentials credentials = known.resolveCredentialsNow();
            if (credentials.hasUsername() || credentials.hasPassword()) {
                uri.setCredentialsProvider((ImmediateRedisCredentialsProvider) () -> credentials);
            }
        }
        return uri;
    }

    @FunctionalInterface
    private interface Shutdown {
        void within(long quietPeriod, long atMost, TimeUnit unit);
    }
}
