package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisCluster;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A store that uses what the application has")
@Timeout(60)
class OwnClientsTest {

    private static RedisServer redis;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        redis = RedisServer.start("appendfsync no");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        redis.command("FLUSHALL");
    }

    @Test
    @DisplayName("leaves the client open, and takes its own connections with it")
    void client() throws Exception {
        RedisClient client = RedisClient.create();
        RedisURI uri = RedisURI.builder(RedisURI.create(redis.uri()))
                .withClientName("guidon-test")
                .withDatabase(3)
                .build();
        try {
            RedisFlagStore store =
                    RedisFlagStore.builder("own").client(client, uri).build();
            store.commit(creating("a"));
            Revision head = store.changes().head();
            Future<?> tail = threads.submit(() -> store.changes().read(head, 1, Duration.ofMinutes(5)));
            await().until(() -> redis.text("CLIENT", "LIST").contains("cmd=xread"));

            store.close();

            assertThatThrownBy(() -> tail.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(FlagStoreException.class);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !redis.text("CLIENT", "LIST").contains("name=guidon-test"));
            try (var own = client.connect(uri)) {
                assertThat(own.sync().hget("guidon:{own}:meta", "revision")).isEqualTo("1");
            }
        } finally {
            client.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("leaves the cluster client open")
    void clusterClient() {
        try (RedisCluster cluster = RedisCluster.start()) {
            RedisClusterClient client =
                    RedisClusterClient.create(cluster.nodes().get(0).uri());
            try {
                RedisFlagStore store =
                        RedisFlagStore.builder("own").client(client).build();
                store.commit(creating("a"));
                assertThat(store.load().flags()).containsOnlyKeys("a");
                assertThat(store).hasToString("RedisFlagStore[own in the cluster of the given client]");

                store.close();

                try (var own = client.connect()) {
                    assertThat(own.sync().hget("guidon:{own}:meta", "revision")).isEqualTo("1");
                }
            } finally {
                client.shutdown(0, 2, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    @DisplayName("leaves the resources running, and takes its own connections with it")
    void resources() {
        ClientResources resources = ClientResources.create();
        RedisClient other = RedisClient.create(resources, redis.uri());
        try {
            RedisFlagStore store = RedisFlagStore.builder("own")
                    .uri(redis.uri() + "?clientName=guidon-shared")
                    .resources(resources)
                    .build();
            store.commit(creating("a"));
            assertThat(redis.text("CLIENT", "LIST")).contains("name=guidon-shared");

            store.close();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !redis.text("CLIENT", "LIST").contains("name=guidon-shared"));
            try (var own = other.connect()) {
                assertThat(own.sync().ping()).isEqualTo("PONG");
            }
        } finally {
            other.shutdown(0, 2, TimeUnit.SECONDS);
            resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    @Test
    @DisplayName("honours the number of the database")
    void database() {
        try (RedisFlagStore third = RedisFlagStore.open(redis.uri() + "/3", "own");
                RedisFlagStore first = RedisFlagStore.open(redis.uri(), "own")) {
            third.commit(creating("a"));

            assertThat(first.load().flags()).isEmpty();
            assertThat(third.load().flags()).containsOnlyKeys("a");
            assertThat(redis.text("INFO", "keyspace")).contains("db3:");
            assertThat(third).hasToString("RedisFlagStore[own in 127.0.0.1:%d database 3]", redis.port());
            assertThat(first).hasToString("RedisFlagStore[own in 127.0.0.1:%d]", redis.port());
        }
    }
}
