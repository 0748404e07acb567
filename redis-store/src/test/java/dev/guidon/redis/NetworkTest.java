package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Over a bad network")
class NetworkTest extends RedisTest {

    private static final int COMMITS = 30;

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("half a second for each reply: slow, but all is well")
    void slow(int repetition) throws Exception {
        TcpProxy proxy = proxy(server());
        proxy.delay(Duration.ofMillis(500));
        RedisFlagStore store = closing(RedisFlagStore.builder(namespace)
                .uri("redis://127.0.0.1:" + proxy.port())
                .timeout(Duration.ofSeconds(2))
                .build());
        FeatureFlags flags = flags(store);
        awaitState(flags, State.READY);

        Revision revision = editor(store).create(text("banner", "blue"));
        awaitRevision(flags, revision);

        assertThat(value(flags, "banner")).isEqualTo("blue");
        assertThat(flags.status().state()).isEqualTo(State.READY);
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName(
            "cut every 100 ms: no commit is lost or doubled, no answer is wrong, and the log of the application stays readable")
    void cut(int repetition) throws Exception {
        TcpProxy proxy = proxy(server());
        RedisFlagStore store = store(proxy);
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        Traffic traffic = closing(new Traffic(flags, 4, "banner", "blue"));
        ScheduledExecutorService scissors = Executors.newSingleThreadScheduledExecutor();

        try (LogLines lines = new LogLines()) {
            ScheduledFuture<?> cutting = scissors.scheduleAtFixedRate(proxy::cut, 0, 100, TimeUnit.MILLISECONDS);
            for (int i = 0; i < COMMITS; i++) {
                commitPatiently(
                        store,
                        ChangeSet.of("ann", null, List.of(new Change.Put(Flag.bool("flag-" + i, true), Version.NONE))));
            }
            assertThat(cutting.isDone()).as("still cutting").isFalse();
            scissors.shutdownNow();
            assertThat(scissors.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            awaitState(flags, State.READY);

            assertThat(lines.texts())
                    .hasSizeLessThan(40)
                    .noneMatch(line -> line.contains("Connection is already closed"));
        }
        assertThat(traffic.wrong()).isEmpty();
        assertThat(store.load().revision().number()).isEqualTo(COMMITS + 1);
        awaitRevision(flags, store.load().revision());
        assertThat(flags.snapshot().definitions()).isEqualTo(store.load());
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("a commit whose reply is lost is there once, and committing it again tells what the first one did")
    void lostReply(int repetition) throws Exception {
        RedisServer server = server();
        TcpProxy proxy = proxy(server);
        RedisFlagStore store = store(proxy);
        editor(store).set("other", true);
        ChangeSet changeSet = ChangeSet.of("ann", "why", List.of(new Change.Put(Flag.bool("a", true), Version.NONE)));

        proxy.dropReplies(true);
        assertThatThrownBy(() -> store.commit(changeSet))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("has not answered");
        proxy.dropReplies(false);
        CommittedChange committed = commitPatiently(store, changeSet);

        assertThat(committed.revision().number()).isEqualTo(2);
        assertThat(committed.revision().changeSet()).isEqualTo(changeSet.id());
        assertThat(committed.reason()).isEqualTo("why");
        assertThat(store(server).load().revision()).isEqualTo(committed.revision());
    }

    private static CommittedChange commitPatiently(RedisFlagStore store, ChangeSet changeSet) {
        long start = System.nanoTime();
        while (true) {
            try {
                return store.commit(changeSet);
            } catch (FlagStoreException unclear) {
                if (System.nanoTime() - start > Faults.PATIENCE.toNanos()) {
                    throw unclear;
                }
            }
        }
    }
}
