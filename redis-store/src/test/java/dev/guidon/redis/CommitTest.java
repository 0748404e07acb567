package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Commits to Redis")
class CommitTest extends RedisTest {

    private static final int WRITERS = 8;
    private static final int UPDATES = 500;
    private static final int FLAGS = 20;

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName("8 writers, 500 compare-and-set commits each, on one flag: none is lost, none is doubled")
    void writers(int repetition) throws Exception {
        RedisServer server = server("appendfsync everysec");
        editor(store(server)).create(number("counter", 0));
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Callable<Set<Long>>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            RedisFlagStore store = store(server);
            work.add(() -> {
                Set<Long> written = new HashSet<>();
                while (written.size() < UPDATES) {
                    increment(store, written);
                }
                return written;
            });
        }

        Set<Long> all = new HashSet<>();
        for (Future<Set<Long>> each : threads.invokeAll(work)) {
            all.addAll(each.get());
        }
        threads.shutdown();

        Definitions loaded = store(server).load();
        assertThat(all).hasSize(WRITERS * UPDATES);
        assertThat(number(loaded.flags().get("counter"))).isEqualTo(WRITERS * UPDATES);
        assertThat(loaded.revision().number()).isEqualTo(WRITERS * UPDATES + 1);
    }

    private static void increment(RedisFlagStore store, Set<Long> written) {
        Versioned found = store.load().flags().get("counter");
        long next = number(found) + 1;
        try {
            store.commit(ChangeSet.of("ann", null, List.of(new Change.Put(number("counter", next), found.version()))));
            written.add(next);
        } catch (VersionConflictException faster) {
            assertThat(faster.conflicts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.guidon.redis.Faults#repetitions")
    @DisplayName(
            "the server killed in the midst of commits: each is there whole or not at all, and none that was acknowledged is lost")
    void killedInTheMidst(int repetition) throws Exception {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        List<Change> creations = new ArrayList<>();
        for (int i = 0; i < FLAGS; i++) {
            creations.add(new Change.Put(number("flag-" + i, 1), Version.NONE));
        }
        store.commit(ChangeSet.of("ann", null, creations));

        for (int kill = 0; kill < 5; kill++) {
            ExecutorService writer = Executors.newSingleThreadExecutor();
            List<CommittedChange> acknowledged = new ArrayList<>();
            List<ChangeSet> unclear = new ArrayList<>();
            Future<?> writing = writer.submit(() -> writeUntilItFails(store, acknowledged, unclear));
            long before = acknowledged.size();
            await().atMost(Faults.PATIENCE).until(() -> acknowledged.size() >= before + 20);
            server.kill();
            writing.get(30, TimeUnit.SECONDS);
            writer.shutdown();
            server.restart();
            await().atMost(Faults.PATIENCE).until(() -> reachable(store));

            Definitions loaded = store.load();
            long last = acknowledged.get(acknowledged.size() - 1).revision().number();
            assertThat(loaded.revision().number()).isBetween(last, last + 1);
            for (Versioned flag : loaded.flags().values()) {
                assertThat(number(flag)).isEqualTo(loaded.revision().number());
                assertThat(flag.version()).isEqualTo(Version.of(loaded.revision()));
            }
            CommittedChange repeated = store.commit(unclear.get(0));
            assertThat(repeated.revision().number()).isEqualTo(last + 1);
            assertThat(store.commit(unclear.get(0))).isEqualTo(repeated);
            assertThat(store.load().revision()).isEqualTo(repeated.revision());
        }
    }

    private static void writeUntilItFails(
            RedisFlagStore store, List<CommittedChange> acknowledged, List<ChangeSet> unclear) {
        Version version = Version.of(store.load().revision());
        while (true) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < FLAGS; i++) {
                changes.add(new Change.Put(number("flag-" + i, version.number() + 1), version));
            }
            ChangeSet changeSet = ChangeSet.of("ann", null, changes);
            try {
                CommittedChange committed = store.commit(changeSet);
                acknowledged.add(committed);
                version = Version.of(committed.revision());
            } catch (FlagStoreException killed) {
                unclear.add(changeSet);
                return;
            }
        }
    }

    private static boolean reachable(RedisFlagStore store) {
        try {
            return store.changes().head().number() > 0;
        } catch (FlagStoreException notYet) {
            return false;
        }
    }

    @Test
    @DisplayName("a change set of 10,000 definitions is one commit")
    void large() {
        RedisFlagStore store = closing(RedisFlagStore.builder(namespace)
                .uri(server().uri())
                .timeout(Duration.ofSeconds(30))
                .build());
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < ChangeSet.MOST_CHANGES; i++) {
            changes.add(new Change.Put(number("flag-" + i, i), Version.NONE));
        }

        CommittedChange committed = store.commit(ChangeSet.of("ann", null, changes));

        assertThat(committed.edits()).hasSize(ChangeSet.MOST_CHANGES);
        assertThat(store.load().flags()).hasSize(ChangeSet.MOST_CHANGES);
        assertThat(number(store.load().flags().get("flag-9999"))).isEqualTo(9999);
    }

    @Test
    @DisplayName(
            "bodies are kept to the byte: long numbers, the order of fields, fields that are not known, every character")
    void opaque() {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        String body =
                "{\"enabled\":true,\"zeta\":12345678901234567890.123456789,\"alpha\":\"\u007f\\u0001/\\\\ \uD83D\uDE00\u2028\"}";
        Flag flag = (Flag) FlagFormat.read(DefinitionKey.flag("a"), body);
        String written = FlagFormat.write(flag);

        Version first = Version.of(store.commit(
                        ChangeSet.of("ann", "why\n\"\\\u0001", List.of(new Change.Put(flag, Version.NONE))))
                .revision());
        store.commit(ChangeSet.of("ann", null, List.of(new Change.Put(number("a", 1), first))));

        assertThat(server.text("HGET", "guidon:{" + namespace + "}:flags", "a")).contains("\"n\":1");
        CommittedChange second = log(store(server)).get(1);
        assertThat(second.edits().get(0).before()).isEqualTo(new Versioned(flag, first));
        assertThat(log(store(server)).get(0).reason()).isEqualTo("why\n\"\\\u0001");
        assertThat(FlagFormat.write(second.edits().get(0).before().definition()))
                .isEqualTo(written);
    }

    static Flag number(String key, long number) {
        return Flag.of(key, FlagType.NUMBER, Map.of("n", FlagValue.of(number)), "n");
    }

    private static long number(Versioned flag) {
        return ((FlagValue.Number) ((Flag) flag.definition()).variants().get("n"))
                .value()
                .longValueExact();
    }
}
