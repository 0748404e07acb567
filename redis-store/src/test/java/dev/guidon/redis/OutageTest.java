package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.FlagStoreException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("While Redis is gone")
class OutageTest extends RedisTest {

    private static final int THREADS = 64;

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("frozen: every flag keeps its last answer, and what happens after the thaw arrives by itself")
    void frozen(int repetition) throws Exception {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        Traffic traffic = closing(new Traffic(flags, THREADS, "banner", "blue"));

        server.pause();
        awaitState(flags, State.STALE);
        assertThatThrownBy(() -> editor(store).set("other", true)).isInstanceOf(FlagStoreException.class);
        long before = traffic.answers();
        await().pollDelay(Faults.FREEZE).atMost(Faults.FREEZE.plusSeconds(5)).until(() -> traffic.answers() > before);
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        assertThat(flags.status().problem()).contains("127.0.0.1:" + server.port());
        server.resume();
        awaitState(flags, State.READY);

        assertThat(traffic.wrong()).isEmpty();
        awaitRevision(flags, editor(store).put(text("banner", "red")));
        assertThat(value(flags, "banner")).isEqualTo("red");
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("killed and started again with its data: as if nothing had been")
    void killed(int repetition) throws Exception {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        Revision revision = editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        Traffic traffic = closing(new Traffic(flags, 4, "banner", "blue"));

        server.kill();
        awaitState(flags, State.STALE);
        assertThat(store.status().available()).isFalse();
        assertThat(store.status().problem()).contains("cannot reach 127.0.0.1:" + server.port());
        server.restart();
        awaitState(flags, State.READY);

        assertThat(flags.revision()).isEqualTo(revision);
        assertThat(traffic.wrong()).isEmpty();
        awaitRevision(flags, editor(store).put(text("banner", "red")));
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("started again without its data: the last flags stay until there are new ones")
    void lostItsData(int repetition) throws Exception {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        Traffic traffic = closing(new Traffic(flags, 4, "banner", "blue"));

        server.kill();
        server.restartEmpty();
        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(flags.status().problem()).contains("made anew"));
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        assertThat(traffic.wrong()).isEmpty();

        awaitRevisionOfNewHistory(flags, editor(store).create(text("banner", "green")));
        assertThat(value(flags, "banner")).isEqualTo("green");
        awaitState(flags, State.READY);
    }

    private static void awaitRevisionOfNewHistory(FeatureFlags flags, Revision revision) throws InterruptedException {
        assertThat(revision.number()).isEqualTo(1);
        awaitRevision(flags, revision);
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("connected but silent: the status says so, and all goes on when it speaks again")
    void silent(int repetition) throws Exception {
        TcpProxy proxy = proxy(server());
        RedisFlagStore store = store(proxy);
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);

        proxy.blackhole(true);
        awaitState(flags, State.STALE);
        assertThat(value(flags, "banner")).isEqualTo("blue");
        proxy.blackhole(false);

        awaitState(flags, State.READY);
        awaitRevision(flags, editor(store).put(text("banner", "red")));
    }

    @Test
    @DisplayName("not there at the start: callers' defaults, and the flags as soon as it comes")
    void comesLater() throws Exception {
        RedisServer server = server();
        editor(store(server)).create(text("banner", "blue"));
        server.stop();

        FeatureFlags flags = flags(store(server));
        assertThat(value(flags, "banner")).isEqualTo("the default");
        assertThat(flags.getStringDetails("banner", "the default", EvaluationContext.EMPTY)
                        .errorCode())
                .isEqualTo(ErrorCode.PROVIDER_NOT_READY);
        assertThat(flags.status().state()).isEqualTo(State.ERROR);
        server.restart();

        awaitState(flags, State.READY);
        assertThat(value(flags, "banner")).isEqualTo("blue");
    }

    @Test
    @DisplayName("not there at the start: the last known good flags, and the newest as soon as it comes")
    void comesLaterWithFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("last-known-good.json");
        RedisServer server = server();
        RedisFlagStore store = store(server);
        Revision saved = editor(store).create(text("banner", "blue"));
        FeatureFlags.builder(store).lastKnownGood(file).build().close();
        Revision newer = editor(store).put(text("banner", "red"));
        server.stop();

        FeatureFlags flags =
                closing(FeatureFlags.builder(store(server)).lastKnownGood(file).build());
        assertThat(value(flags, "banner")).isEqualTo("blue");
        assertThat(flags.revision()).isEqualTo(saved);
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        server.restart();

        awaitState(flags, State.READY);
        awaitRevision(flags, newer);
        assertThat(value(flags, "banner")).isEqualTo("red");
    }

    @Test
    @DisplayName(
            "every call to a store that cannot be reached ends in time, with an exception that says where it looked")
    void limited() {
        RedisServer server = server();
        server.pause();
        RedisFlagStore store = store(server);
        Duration most = TIMEOUT.multipliedBy(6);

        for (Runnable call : java.util.List.<Runnable>of(
                store::load, () -> store.changes().head(), () -> editor(store).set("a", true))) {
            long start = System.nanoTime();
            assertThatThrownBy(call::run)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("127.0.0.1:" + server.port());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
        }
        assertThat(store.members().contains("staff", "g", "u-1").name()).isEqualTo("UNKNOWN");
    }
}
