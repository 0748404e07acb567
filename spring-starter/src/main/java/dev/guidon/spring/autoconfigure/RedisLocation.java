package dev.guidon.spring.autoconfigure;

import dev.guidon.redis.RedisFlagStore;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where an application's Redis is, in Lettuce's terms.
 *
 * @param details what Boot knows of it
 * @param tls whether to use TLS although the details have no bundle for it
 */
record RedisLocation(DataRedisConnectionDetails details, boolean tls) {

    void addTo(RedisFlagStore.Builder builder) {
        SslBundle bundle = details.getSslBundle();
        if (bundle != null) {
            builder.sslOptions(options(bundle));
        }
        Sentinel sentinel = details.getSentinel();
        DataRedisConnectionDetails.Cluster cluster = details.getCluster();
        DataRedisConnectionDetails.Standalone standalone = details.getStandalone();
        if (sentinel != null) {
            builder.uri(behind(sentinel));
        } else if (cluster != null) {
            List<RedisURI> nodes = cluster.getNodes().stream().map(this::server).toList();
            if (nodes.isEmpty()) {
                throw new MisconfiguredException(
                        "spring.data.redis.cluster.nodes", "nothing", "host:port of some nodes");
            }
            builder.cluster(nodes);
        } else if (details.getMasterReplica() != null) {
            throw new MisconfiguredException(
                    "spring.data.redis.masterreplica.nodes",
                    "a master and replicas without Sentinels",
                    "one server, Sentinels or a cluster; or the master as guidon.redis.uri");
        } else if (standalone != null) {
            RedisURI uri = server(new Node(standalone.getHost(), standalone.getPort()));
            uri.setDatabase(standalone.getDatabase());
            builder.uri(uri);
        } else {
            throw new MisconfiguredException(
                    "guidon.store", "Redis connection details that name no server", "guidon.redis.uri");
        }
    }

    private RedisURI behind(Sentinel sentinel) {
        RedisURI.Builder builder = RedisURI.builder();
        for (Node node : sentinel.getNodes()) {
            RedisURI uri = uri(node, sentinel.getUsername(), sentinel.getPassword());
            builder.withSentinel(uri);
        }
        RedisURI uri = authenticated(
                        builder.withSentinelMasterId(sentinel.getMaster()).withSsl(isTls()),
                        details.getUsername(),
                        details.getPassword())
                .build();
        uri.setDatabase(sentinel.getDatabase());
        return uri;
    }

    private RedisURI server(Node node) {
        return uri(node, details.getUsername(), details.getPassword());
    }

    private RedisURI uri(Node node, @Nullable String user, @Nullable String password) {
        return authenticated(RedisURI.Builder.redis(node.host(), node.port()).withSsl(isTls()), user, password)
                .build();
    }

    private boolean isTls() {
        return tls || details.getSslBundle() != null;
    }

    private static RedisURI.Builder authenticated(
            RedisURI.Builder builder, @Nullable String user, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            return builder;
        }
        return user == null || user.isEmpty()
                ? builder.withPassword(password.toCharArray())
                : builder.withAuthentication(user, password.toCharArray());
    }

    private static SslOptions options(SslBundle bundle) {
        SslOptions.Builder options = SslOptions.builder()
                .jdkSslProvider()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            options.protocols(protocols);
        }
        return options.build();
    }
}
