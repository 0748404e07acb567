package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The meters of a Redis store tell")
@Timeout(60)
class RedisFlagStoreMetricsTest extends RedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    @DisplayName("connections, failures, and whether Redis answers")
    void connections() {
        RedisServer server = server();
        RedisFlagStore store = measured(patient(server));
        editor(store).set("a", true);
        double opened = counter("guidon.redis.connections.opened");
        assertThat(opened).isPositive();
        assertThat(gauge("guidon.redis.connections")).isPositive().isLessThanOrEqualTo(opened);
        assertThat(gauge("guidon.redis.available")).isEqualTo(1);
        double failures = counter("guidon.redis.failures");

        server.kill();
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class);
        assertThat(gauge("guidon.redis.available")).isZero();
        assertThat(gauge("guidon.redis.connections")).isZero();
        assertThat(counter("guidon.redis.failures")).isGreaterThan(failures);

        server.restart();
        store.load();
        assertThat(gauge("guidon.redis.available")).isEqualTo(1);
        assertThat(counter("guidon.redis.connections.opened")).isGreaterThan(opened);
    }

    @Test
    @DisplayName("how many look-ups the near caches have answered")
    void caches() {
        RedisFlagStore store = measured(patient(server()));
        editor(store).set("a", true);

        store.load();
        store.load();

        assertThat(registry.get("cache.gets")
                        .tags("cache", "guidon.definitions", "guidon.namespace", namespace, "result", "hit")
                        .functionCounter()
                        .count())
                .isPositive();
        assertThat(registry.get("cache.size")
                        .tags("cache", "guidon.members")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    @DisplayName("how far the slowest consumer of the log is behind, and what was dropped before it has read it")
    void log() {
        RedisFlagStore store = measured(closing(RedisFlagStore.builder(namespace)
                .uri(server().uri())
                .timeout(PATIENCE)
                .logLength(2)
                .logLimit(10, LogLimit.DROP)
                .build()));
        Revision first = editor(store).set("flag-0", true);
        store.changes().retain("audit", first);
        for (int i = 1; i <= 10; i++) {
            editor(store).set("flag-" + i, true);
        }
        assertThat(gauge("guidon.redis.log.behind")).isEqualTo(10);
        assertThat(gauge("guidon.redis.log.limit")).isEqualTo(10);
        assertThat(counter("guidon.redis.log.dropped")).isZero();

        editor(store).set("flag-11", true);
        editor(store).set("flag-12", true);

        assertThat(counter("guidon.redis.log.dropped")).isPositive();
    }

    private RedisFlagStore patient(RedisServer server) {
        return closing(RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .timeout(PATIENCE)
                .build());
    }

    private RedisFlagStore measured(RedisFlagStore store) {
        new RedisFlagStoreMetrics(store).bindTo(registry);
        return store;
    }

    private double gauge(String name) {
        return registry.get(name).tag("guidon.namespace", namespace).gauge().value();
    }

    private double counter(String name) {
        return registry.get(name)
                .tag("guidon.namespace", namespace)
                .functionCounter()
                .count();
    }
}
