package dev.guidon.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Says where Redis is and how it is reached.
 *
 * @param <B> the builder
 */
abstract class ConnectionBuilder<B> {

    final Connection connection = new Connection();

    /** This builder. */
    abstract B self();

    /**
     * One server, or a master behind Sentinels.
     *
     * @param uri for example {@code redis://user:password@host:6379/0}, {@code rediss://host} or
     *     {@code redis-sentinel://host1,host2/0#master-name}
     * @return this builder
     * @throws IllegalArgumentException if it cannot be understood; the message does not repeat it
     */
    public B uri(String uri) {
        connection.uri(uri);
        return self();
    }

    /**
     * The same, read by Lettuce.
     *
     * @param uri where Redis is; its timeout is replaced by {@link #timeout}
     * @return this builder
     */
    public B uri(RedisURI uri) {
        connection.uri(uri);
        return self();
    }

    /**
     * A cluster.
     *
     * @param uris some of its nodes; at least one
     * @return this builder
     * @throws IllegalArgumentException if one cannot be understood; the message does not repeat it
     */
    public B cluster(String... uris) {
        connection.cluster(List.of(uris));
        return self();
    }

    /**
     * A cluster, with nodes read by Lettuce.
     *
     * @param nodes some of its nodes; at least one; their timeout is replaced by {@link #timeout}
     * @return this builder
     */
    public B cluster(List<RedisURI> nodes) {
        connection.clusterUris(nodes);
        return self();
    }

    /**
     * A client of the caller's own, who closes it after the store. Its options and resources hold.
     *
     * @param client the client
     * @param uri what it shall connect to
     * @return this builder
     */
    public B client(RedisClient client, RedisURI uri) {
        connection.client(client, uri);
        return self();
    }

    /**
     * The same for a cluster.
     *
     * @param client the client
     * @return this builder
     */
    public B client(RedisClusterClient client) {
        connection.client(client);
        return self();
    }

    /**
     * Threads to be shared with other clients. They are the caller's to end, after the store.
     *
     * @param resources the resources; own ones unless set
     * @return this builder
     */
    public B resources(ClientResources resources) {
        connection.resources(resources);
        return self();
    }

    /**
     * Whose certificates are trusted, for {@code rediss://}.
     *
     * @param file a key store in PKCS12 or JKS format; the platform's trust store unless set
     * @param password its password; copied
     * @return this builder
     * @throws IllegalArgumentException if it cannot be opened with the password
     */
    public B trustStore(Path file, char[] password) {
        connection.trustStore(file, password);
        return self();
    }

    /**
     * Keys, trusted certificates, ciphers and protocols, for {@code rediss://}, in place of {@link #trustStore}.
     *
     * @param options the options; the platform's unless set
     * @return this builder
     */
    public B sslOptions(SslOptions options) {
        connection.sslOptions(options);
        return self();
    }

    /**
     * How long to wait for a connection, and for an answer to a command.
     *
     * @param timeout at least 10 milliseconds; 2 seconds unless set
     * @return this builder
     */
    public B timeout(Duration timeout) {
        connection.timeout(timeout);
        return self();
    }
}
