package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Truth;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.CommittedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("External segments")
class MembersTest extends RedisTest {

    private RedisServer server;
    private RedisFlagStore store;
    private ExternalSegments segments;

    @BeforeEach
    void open() {
        server = server("appendfsync no");
        store = store(server);
        segments = ExternalSegments.of(store, "ann").because("a test").keepingOld(Duration.ZERO);
        Rule premium =
                new Rule("premium", null, new Condition.InSegment("premium"), null, Serve.variant(Flag.ON), Extra.NONE);
        editor(store)
                .evenIfReferenced()
                .create(Flag.bool("lounge", true).withRules(premium).withFallthrough(Serve.variant(Flag.OFF)));
    }

    private static Iterator<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "user-" + i).iterator();
    }

    private static boolean lounge(FeatureFlags flags, String user) {
        return flags.isEnabled("lounge", EvaluationContext.of(user));
    }

    private void awaitLounge(FeatureFlags flags, String user, boolean expected) {
        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(lounge(flags, user)).as(user).isEqualTo(expected));
    }

    @Test
    @DisplayName("a bulk load switches all members at once, tells its progress, and leaves nothing behind")
    void replaced() throws Exception {
        FeatureFlags flags = flags(store(server));
        List<Long> progress = new ArrayList<>();

        CommittedChange first = segments.replace("premium", users(0, 2_500), progress::add);
        awaitRevision(flags, first.revision());
        awaitLounge(flags, "user-2499", true);
        awaitLounge(flags, "user-2500", false);
        CommittedChange second = segments.replace("premium", users(2_000, 3_000), sent -> {});
        awaitRevision(flags, second.revision());

        awaitLounge(flags, "user-2999", true);
        awaitLounge(flags, "user-0", false);
        assertThat(progress).containsExactly(1_000L, 2_000L, 2_500L);
        assertThat(first.reason()).isEqualTo("a test (loaded 2500 members)");
        assertThat(segments.size("premium")).isEqualTo(1_000);
        assertThat(server.text("KEYS", "*members*").split(",")).hasSize(1);
        assertThat(server.text("HLEN", "guidon:{" + namespace + "}:generations"))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("added and removed members count everywhere soon; the log tells how many, not who")
    void edited() throws Exception {
        FeatureFlags flags = flags(store(server));
        awaitRevision(
                flags, segments.replace("premium", users(0, 10), sent -> {}).revision());
        awaitLounge(flags, "eve", false);
        awaitLounge(flags, "user-1", true);

        CommittedChange added = segments.add("premium", List.of("eve", "user-2"));
        CommittedChange removed = segments.remove("premium", List.of("user-1"));
        awaitRevision(flags, removed.revision());

        awaitLounge(flags, "eve", true);
        awaitLounge(flags, "user-1", false);
        assertThat(segments.size("premium")).isEqualTo(10);
        assertThat(added.reason()).isEqualTo("a test (added 2 members)");
        assertThat(log(store).toString()).doesNotContain("eve").doesNotContain("user-1");
    }

    @Test
    @DisplayName("a load that fails leaves the segment as it was and nothing behind")
    void failed() {
        segments.replace("premium", users(0, 10), sent -> {});
        Iterator<String> broken = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                if (next++ == 5_000) {
                    throw new IllegalStateException("the source is broken");
                }
                return "other-" + next;
            }
        };

        assertThatThrownBy(() -> segments.replace("premium", broken, sent -> {}))
                .hasMessage("the source is broken");

        assertThat(segments.size("premium")).isEqualTo(10);
        assertThat(server.text("KEYS", "*members*").split(",")).hasSize(1);
    }

    @Test
    @DisplayName("a load that is interrupted after it switched leaves the old members to the next load")
    void interrupted() throws Exception {
        segments.replace("premium", users(0, 10), sent -> {});
        ExternalSegments patient = segments.keepingOld(Duration.ofMinutes(5));
        Thread loader = new Thread(() -> patient.replace("premium", users(10, 20), sent -> {}));
        loader.start();
        await().atMost(Faults.PATIENCE)
                .until(() -> Arrays.stream(loader.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("sleep")));

        loader.interrupt();
        loader.join();

        assertThat(server.text("KEYS", "*members*").split(",")).hasSize(2);
        segments.replace("premium", users(20, 30), sent -> {});
        assertThat(server.text("KEYS", "*members*").split(",")).hasSize(1);
    }

    @Test
    @DisplayName("members of what is no external segment cannot be edited, and not too many at once")
    void refused() {
        assertThatThrownBy(() -> segments.add("nowhere", List.of("u-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segment/nowhere");
        segments.replace("premium", users(0, 1), sent -> {});
        assertThatThrownBy(() -> segments.add("premium", List.of())).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> segments.remove("premium", List.of("\u0000"))).hasMessageContaining("premium");
        assertThat(segments.add(
                                "premium",
                                IntStream.range(0, 10_000)
                                        .mapToObj(i -> "m-" + i)
                                        .toList())
                        .reason())
                .contains("added 10000 members");
        assertThat(segments.size("premium")).isEqualTo(10_001);
    }

    @Test
    @DisplayName("a segment without members has none, which is not the same as not to know")
    void empty() throws Exception {
        CommittedChange loaded = segments.replace("premium", List.<String>of().iterator(), sent -> {});
        String generation =
                store.load().segment("premium").orElseThrow().external().generation();

        assertThat(loaded.reason()).contains("loaded 0 members");
        assertThat(store.members().contains("premium", generation, "user-1")).isEqualTo(Truth.FALSE);
        assertThat(store.members().contains("premium", "another", "user-1")).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    @DisplayName("answers come from the near cache: a second look-up asks nobody, also for who is no member")
    void cached() {
        segments.replace("premium", users(0, 10), sent -> {});
        FeatureFlags flags = flags(store);
        awaitLounge(flags, "user-1", true);
        awaitLounge(flags, "eve", false);
        CacheStats before = store.caches().get("members").stats();

        for (int i = 0; i < 1_000; i++) {
            assertThat(lounge(flags, "user-1")).isTrue();
            assertThat(lounge(flags, "eve")).isFalse();
        }

        CacheStats stats = store.caches().get("members").stats().minus(before);
        assertThat(stats.hitCount()).isEqualTo(2_000);
        assertThat(stats.loadCount()).isZero();
    }

    @Test
    @DisplayName("Redis gone: known answers stay, unknown ones are UNKNOWN, and no evaluation waits long")
    void outage() {
        segments.replace("premium", users(0, 10), sent -> {});
        TcpProxy proxy = proxy(server);
        RedisFlagStore reading = store(proxy);
        FeatureFlags flags = flags(reading);
        awaitLounge(flags, "user-1", true);

        proxy.blackhole(true);
        long start = System.nanoTime();
        assertThat(lounge(flags, "user-2")).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT);
        awaitState(flags, State.STALE);
        start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(lounge(flags, "user-1")).isTrue();
            assertThat(lounge(flags, "somebody-" + i)).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        proxy.blackhole(false);

        awaitState(flags, State.READY);
        awaitLounge(flags, "user-2", true);
    }

    @Test
    @DisplayName("an answer that has aged is asked for again in the background")
    void refreshed() {
        MemberCaching caching =
                new MemberCaching(1_000, Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofMillis(500));
        RedisFlagStore reading = closing(RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .memberCaching(caching)
                .build());
        segments.replace("premium", users(0, 10), sent -> {});
        String generation =
                store.load().segment("premium").orElseThrow().external().generation();
        assertThat(reading.members().contains("premium", generation, "eve")).isEqualTo(Truth.FALSE);

        server.command("SADD", "guidon:{" + namespace + "}:members:premium:" + generation, "eve");

        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(reading.members().contains("premium", generation, "eve"))
                        .isEqualTo(Truth.TRUE));
    }
}
