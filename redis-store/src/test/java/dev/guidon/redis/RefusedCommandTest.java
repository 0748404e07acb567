package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static dev.guidon.redis.Instance.setWhenPossible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Truth;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The refusal of one command is no outage")
@Timeout(60)
class RefusedCommandTest extends RedisTest {

    private static final int TIMES = 20;

    static Stream<Named<Consumer<RedisServer>>> refusals() {
        return Stream.of(
                refusal("NOREPLICAS", server -> server.command("CONFIG", "SET", "min-replicas-to-write", "1")),
                refusal("MISCONF", RefusedCommandTest::breakDisk),
                refusal("OOM", server -> server.command("CONFIG", "SET", "maxmemory", "1")),
                refusal("READONLY", server -> server.command("REPLICAOF", "127.0.0.1", "1")),
                refusal("NOPERM", server -> server.command("ACL", "SETUSER", "default", "-hset")),
                refusal("WRONGTYPE", RefusedCommandTest::spoilConsumers));
    }

    private static Named<Consumer<RedisServer>> refusal(String name, Consumer<RedisServer> cause) {
        return Named.of(name, cause);
    }

    /** A directory with something in it has the name of the file that the server wants to save. */
    private static void breakDisk(RedisServer server) {
        Path file = Path.of(setting(server, "dir"), setting(server, "dbfilename"));
        try {
            Files.createDirectories(file.resolve("occupied"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.command("CONFIG", "SET", "save", "3600 1");
        server.command("BGSAVE");
        // Lettuce says hello with a ping, which is refused too.
        await().until(() -> {
            try {
                server.command("TIME");
                return false;
            } catch (RedisException refused) {
                return String.valueOf(refused.getCause()).contains("MISCONF");
            }
        });
    }

    private static String setting(RedisServer server, String name) {
        return String.valueOf(((List<?>) server.command("CONFIG", "GET", name)).get(1));
    }

    private static void spoilConsumers(RedisServer server) {
        String consumers = server.text("KEYS", "*").replaceAll(".*?(guidon:\\{[^}]*}).*", "$1:consumers");
        server.command("SADD", consumers, "spoiled");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    @DisplayName("commits and positions are refused; the status stays, flags are followed, new members are looked up")
    void staysAvailable(Consumer<RedisServer> refusal) throws Exception {
        RedisServer server = server("appendfsync no");
        String set = "s";
        RedisFlagStore before = store(server);
        before.memberSets()
                .fill(
                        "staff",
                        set,
                        IntStream.range(0, 2 * TIMES).mapToObj(i -> "u-" + i).iterator(),
                        sent -> {});
        Revision revision = before.commit(creating("a")).revision();
        refusal.accept(server);
        RedisFlagStore store = closing(RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .memberCaching(Instance.PATIENT)
                .build());
        Queue<State> states = new ConcurrentLinkedQueue<>();
        FeatureFlags flags = closing(FeatureFlags.builder(store)
                .listener(new FlagsListener() {
                    @Override
                    public void statusChanged(ClientStatus status) {
                        states.add(status.state());
                    }
                })
                .build());
        awaitRevision(flags, revision);
        awaitState(flags, State.READY);
        Instant since = store.status().since();

        for (int i = 0; i < TIMES; i++) {
            assertThatThrownBy(() -> store.changes().retain("audit", revision))
                    .isInstanceOf(FlagStoreException.class)
                    .hasCauseInstanceOf(RedisCommandExecutionException.class);
            assertThat(store.members().contains("staff", set, "u-" + 2 * i)).isEqualTo(Truth.TRUE);
            tryToCommit(store, "f-" + i);
            assertThat(store.status().available()).as("%s", store.status()).isTrue();
            assertThat(store.members().contains("staff", set, "u-" + (2 * i + 1)))
                    .isEqualTo(Truth.TRUE);
        }
        assertThat(store.status().since()).isEqualTo(since);
        assertThat(states).doesNotContain(State.STALE, State.ERROR);
        assertThat(store.load().flags()).containsKey("a");
    }

    /** Redis 6.2 lets scripts write without replicas. */
    private static void tryToCommit(RedisFlagStore store, String flag) {
        try {
            store.commit(creating(flag));
        } catch (FlagStoreException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(refused a command|Nothing was committed).*");
        }
    }

    @Test
    @DisplayName("nor is a script of somebody else that takes long")
    void busy() throws Exception {
        RedisServer server = server("appendfsync no", "lua-time-limit 5");
        RedisFlagStore store = closing(RedisFlagStore.open(server.uri(), namespace));
        store.commit(creating("a"));
        Instant since = store.status().since();
        ExecutorService threads = Executors.newSingleThreadExecutor();

        try (RedisClient client = RedisClient.create(server.uri());
                StatefulRedisConnection<String, String> killer = client.connect()) {
            Future<?> script =
                    threads.submit(() -> assertThatThrownBy(() -> server.command("EVAL", "while true do end", "0"))
                            .hasMessageContaining("SCRIPT KILL"));
            FlagStoreException busy = await().until(
                            () -> catchThrowableOfType(
                                    FlagStoreException.class,
                                    () -> store.changes().head()),
                            failure -> failure != null
                                    && String.valueOf(failure.getMessage()).contains("BUSY"));
            assertThat(busy).hasMessageContaining("refused a command");
            assertThat(store.status().available()).isTrue();
            killer.sync().scriptKill();
            script.get();
        }
        threads.shutdown();

        assertThat(setWhenPossible(store, "b", true).number()).isEqualTo(2);
        assertThat(store.status().since()).isEqualTo(since);
    }

    @Test
    @DisplayName("after an outage the first answer counts, and be it a refusal")
    void refusalAfterOutage() {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        store.commit(creating("a"));
        server.kill();
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class);
        assertThat(store.status().available()).isFalse();
        server.restart();
        server.command("SADD", store.keys().consumers(), "spoiled");

        assertThatThrownBy(() -> store.changes().release("audit")).hasMessageContaining("WRONGTYPE");

        assertThat(store.status().available()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | LOADING Redis is loading the dataset in memory",
                "true  | MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "true  | CLUSTERDOWN The cluster is down",
                "true  | NOAUTH Authentication required.",
                "true  | WRONGPASS invalid username-password pair or user is disabled.",
                "true  | ERR Error running script (call to f_12): @user_script:5: @user_script: 5: -MASTERDOWN Link with MASTER",
                "false | ERR Error running script (call to f_12): @user_script:5: @user_script: 5: -NOREPLICAS Not enough",
                "false | NOREPLICAS Not enough good replicas to write. script: ab, on @user_script:33.",
                "false | EXECABORT Transaction discarded because of previous errors.",
                "false | NOSCRIPT No matching script. Please use EVAL.",
                "false | ERR unknown command 'LOADING', with args beginning with: 'guidon:{CLUSTERDOWN}:meta'",
                "false | NOPERM this user has no permissions to access one of the keys: NOAUTH",
                "false | TRYAGAIN Multiple keys request during rehashing of slot",
            })
    @DisplayName("only the code of an error says whether the server cannot answer, not what else is in its message")
    void codes(boolean isOutage, String message) {
        assertThat(RedisErrors.isOutage(new RedisCommandExecutionException(message)))
                .isEqualTo(isOutage);
    }
}
