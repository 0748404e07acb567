package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The life of a Redis store")
class LifecycleTest extends RedisTest {

    private Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(namespace))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "all threads are daemons, carry the namespace in their name, and end with close(), which is quick and can be repeated")
    void threadsEnd(boolean frozen) {
        RedisServer server = server();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RedisFlagStore store = RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .timeout(TIMEOUT)
                .build();
        FeatureFlags flags = FeatureFlags.of(store);
        editor(store).set("a", true);
        store.members().contains("staff", "g", "u-1");
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        if (frozen) {
            server.pause();
        }

        long start = System.nanoTime();
        flags.close();
        store.close();
        store.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(threads()).isEmpty());
        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .filteredOn(thread -> !thread.getName().startsWith("fixtures-"))
                        .filteredOn(thread -> !isOfThePlatform(thread))
                        .isEmpty());
    }

    private static boolean isOfThePlatform(Thread thread) {
        return thread.getName().startsWith("CompletableFutureDelayScheduler")
                || thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().startsWith("process reaper")
                || thread.getName().startsWith("awaitility");
    }

    @Test
    @DisplayName("a store that never connected closes as quickly, and refuses everything afterwards")
    void neverConnected() {
        RedisFlagStore store = RedisFlagStore.open("redis://127.0.0.1:1", namespace);

        store.close();

        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThat(store.status().available()).isFalse();
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class).hasMessage("the store is closed");
    }

    @Test
    @DisplayName("what cannot be understood is refused when the store is built, with what is allowed")
    void refused() {
        assertThatThrownBy(() -> RedisFlagStore.open("redis://localhost", "a{b}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a{b}");
        assertThatThrownBy(() -> RedisFlagStore.builder("a").build()).hasMessageContaining("uri: found none");
        assertThatThrownBy(() -> RedisFlagStore.open("redis-sentinel://localhost", "a"))
                .hasMessageContaining("#master-name");
        assertThatThrownBy(() -> RedisFlagStore.builder("a").trustStore(Path.of("nowhere.p12"), new char[0]))
                .hasMessageContaining("nowhere.p12");
        assertThatThrownBy(() -> RedisFlagStore.builder("a").timeout(Duration.ZERO))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> RedisFlagStore.builder("a").logLength(0)).hasMessageContaining("logLength: found 0");
        assertThatThrownBy(() -> RedisFlagStore.builder("a").minReplicas(-1)).hasMessageContaining("found -1");
        assertThatThrownBy(() -> new MemberCaching(0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("memberCaching.size: found 0");
        assertThatThrownBy(() -> new MemberCaching(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("memberCaching.expiry");
    }
}
