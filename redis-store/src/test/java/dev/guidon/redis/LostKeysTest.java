package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Keys of a namespace that were deleted by hand or evicted")
@Timeout(60)
class LostKeysTest extends RedisTest {

    private static RedisServer server;

    private RedisFlagStore store;
    private FeatureFlags running;
    private Definitions before;

    @BeforeAll
    static void start() {
        server = RedisServer.start("appendfsync no");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws Exception {
        store = store(server);
        editor(store).evenIfReferenced().batch(changes -> {
            changes.put(Flag.bool("a", true).withFallthrough(dev.guidon.definition.Serve.variant(Flag.ON)));
            changes.put(Flag.bool("b", true));
            changes.put((Segment)
                    FlagFormat.read(DefinitionKey.segment("staff"), "{\"include\": [{\"values\": [\"u-1\"]}]}"));
        });
        editor(store).set("c", true);
        editor(store).create(text("large", "x".repeat(50_000)));
        before = store.load();
        running = flags(store(server));
        awaitRevision(running, before.revision());
        assertThat(running.isEnabled("a")).isTrue();
    }

    private String key(String name) {
        return "guidon:{" + namespace + "}:" + name;
    }

    private void lose(String what) {
        String[] words = what.split(" ");
        words[1] = key(words[1]);
        server.command(words);
    }

    private String repair(int exit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = RedisRepair.run(new String[] {server.uri(), namespace, "bob"}, print, print);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isEqualTo(exit);
        return text;
    }

    @ParameterizedTest
    @CsvSource({
        "DEL flags, flags is lost",
        "DEL segments, segments is lost",
        "DEL versions, versions is lost",
        "DEL meta, meta is lost",
        "HDEL meta epoch, meta has lost epoch",
        "HDEL meta revision, meta has lost revision",
        "HDEL meta changeSet, meta has lost changeSet",
        "HDEL meta format, meta has lost format",
        "HDEL meta flags, meta has lost flags",
        "HDEL meta segments, meta has lost segments",
    })
    @DisplayName(
            "without which flags cannot be read: no instance becomes READY from that, all say what is lost, and a repair restores it")
    void fatal(String loss, String said) throws Exception {
        lose(loss);
        FeatureFlags fresh = flags(store(server));

        awaitState(fresh, State.ERROR);
        assertThat(fresh.status().problem()).contains(said, key(""), "runbook");
        awaitState(running, State.STALE);
        assertThat(running.status().problem()).contains(said);
        assertThat(running.isEnabled("a")).isTrue();
        assertThatThrownBy(() -> store.commit(change("d")))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("Nothing was committed");

        assertThat(repair(0)).contains("restored ", "all is well");

        assertRepaired(fresh);
    }

    @Test
    @DisplayName(
            "of what commits changed: instances follow, consumers say it, and go on behind the loss once the log begins there")
    void bodies() throws Exception {
        Revision base = store.changes().base();
        Revision head = store.changes().head();
        lose("DEL bodies");

        assertThatThrownBy(() -> store.changes().read(base, 10, Duration.ZERO))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining(key("bodies") + " has lost what commit ")
                .hasMessageContaining("runbook");
        awaitRevision(running, editor(store).disable("a"));
        awaitState(running, State.READY);
        assertThat(flags(store(server)).status().state()).isEqualTo(State.READY);

        server.command("XTRIM", key("changes"), "MINID", String.valueOf(head.number() + 1));

        assertThat(store.changes().base()).isEqualTo(head);
        assertThat(store.changes().read(head, 10, Duration.ZERO)).isInstanceOf(ChangeLog.Read.Changes.class);
    }

    @ParameterizedTest
    @CsvSource({"DEL changes, changes is lost", "DEL commits, commits is lost"})
    @DisplayName(
            "of the log alone: flags are read and answer, the status says it, commits are refused until it is repaired")
    void log(String loss, String said) throws Exception {
        lose(loss);
        FeatureFlags fresh = flags(store(server));

        awaitState(fresh, State.READY);
        assertThat(fresh.isEnabled("a")).isTrue();
        for (FeatureFlags each : List.of(fresh, running)) {
            await().atMost(Faults.PATIENCE)
                    .untilAsserted(() -> assertThat(each.status().problem()).contains(said));
        }
        assertThatThrownBy(() -> store.commit(change("d"))).hasMessageContaining(said);

        assertThat(repair(0)).contains("restored " + key(loss.split(" ")[1]));

        assertRepaired(fresh);
    }

    @ParameterizedTest
    @CsvSource({
        "HDEL versions flag/a, the versions of flag/a",
        "HDEL versions flag/a flag/b flag/c, 'the versions of flag/a, flag/b, flag/c'",
        "HDEL versions segment/staff, the versions of segment/staff",
        "HDEL flags b, the bodies of flag/b",
        "HDEL flags b c, 'the bodies of flag/b, flag/c'",
    })
    @DisplayName(
            "in part: new instances answer what is left, the status names each, and a repair restores them everywhere")
    void fields(String loss, String said) throws Exception {
        lose(loss);
        FeatureFlags fresh = flags(store(server));

        awaitState(fresh, State.READY);
        assertThat(fresh.isEnabled("a")).isTrue();
        assertThat(fresh.status().problem()).contains(said, "runbook");

        assertThat(repair(0)).contains("restored ");

        assertRepaired(fresh);
    }

    @Test
    @DisplayName("a definition that is lost with version and body is counted, and comes back from the log")
    void both() throws Exception {
        lose("HDEL versions flag/b");
        lose("HDEL flags b");
        FeatureFlags fresh = flags(store(server));

        awaitState(fresh, State.READY);
        assertThat(fresh.status().problem()).contains("1 definition as a whole");
        assertThat(repair(0)).contains("restored flag/b");

        assertRepaired(fresh);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flags,versions",
                "meta,versions",
                "meta,commits",
                "flags,segments,versions,commits",
                "meta,changes,commits"
            })
    @DisplayName("several at once are restored as long as the log or the bodies are there")
    void several(String lost) throws Exception {
        Stream.of(lost.split(",")).forEach(name -> lose("DEL " + name));
        FeatureFlags fresh = flags(store(server));
        awaitState(fresh, State.ERROR);

        repair(0);

        assertRepaired(fresh);
    }

    @Test
    @DisplayName("a body that is nowhere is named by the repair, and can be put again")
    void nowhere() throws Exception {
        lose("DEL changes");
        lose("HDEL flags b");

        assertThat(repair(1)).contains("not found anywhere", "flag/b");
        editor(store(server)).put(Flag.bool("b", true));

        assertThat(repair(0)).isEqualTo("all is well\n");
        assertThat(store(server).load().flags()).containsOnlyKeys("a", "b", "c", "large");
    }

    @Test
    @DisplayName("a repair of what is whole, or of nothing, does nothing")
    void whole() {
        assertThat(repair(0)).isEqualTo("all is well\n");
        assertThat(store.load()).isEqualTo(before);

        server.command(
                "DEL", key("flags"), key("segments"), key("versions"), key("meta"), key("changes"), key("commits"));
        assertThat(repair(0)).isEqualTo("all is well\n");
    }

    @Test
    @DisplayName("metadata and log that do not fit are not taken for flags that move fast")
    void doesNotContinue() {
        server.command("HSET", key("meta"), "changeSet", "another", "revision", "1");

        assertThatThrownBy(() -> store(server).load())
                .hasMessageContaining("does not continue from revision 1")
                .hasMessageContaining("by hand");
    }

    @Test
    @DisplayName("all but a consumer's place: what it has read says that there was something")
    void consumerRemembers() {
        store.changes().retain("audit", before.revision());
        server.command(
                "DEL", key("flags"), key("segments"), key("versions"), key("meta"), key("changes"), key("commits"));

        FeatureFlags fresh = flags(store(server));

        awaitState(fresh, State.ERROR);
        assertThat(fresh.status().problem()).contains("meta is lost");
    }

    @Test
    @DisplayName(
            "all of them, with a last-known-good file: a new instance serves the file, and says that the store is empty")
    void cameBackEmpty(@TempDir Path folder) {
        Path file = folder.resolve("flags.json");
        try (FeatureFlags writing =
                FeatureFlags.builder(store(server)).lastKnownGood(file).build()) {
            awaitState(writing, State.READY);
            await().atMost(Faults.PATIENCE).until(() -> file.toFile().exists());
        }
        server.command(
                "DEL", key("flags"), key("segments"), key("versions"), key("meta"), key("changes"), key("commits"));

        FeatureFlags fresh =
                closing(FeatureFlags.builder(store(server)).lastKnownGood(file).build());

        awaitState(fresh, State.STALE);
        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(fresh.status().problem()).contains("made anew and is empty"));
        assertThat(fresh.isEnabled("a")).isTrue();
    }

    private void assertRepaired(FeatureFlags fresh) throws Exception {
        for (FeatureFlags each : List.of(fresh, running)) {
            awaitState(each, State.READY);
            await().atMost(Faults.PATIENCE)
                    .untilAsserted(() -> assertThat(each.status().problem()).isNull());
            awaitRevision(each, store(server).changes().head());
            assertThat(each.isEnabled("a")).isTrue();
            assertThat(each.snapshot().definitions().flags()).containsOnlyKeys("a", "b", "c", "large");
            assertThat(each.snapshot().definitions().segments()).containsOnlyKeys("staff");
            assertThat(each.snapshot().definitions().flags().values())
                    .allSatisfy(flag -> assertThat(flag.definition())
                            .isEqualTo(before.flags()
                                    .get(flag.definition().id().key())
                                    .definition()));
        }
        awaitRevision(running, store.commit(change("d")).revision());
        assertThat(repair(0)).isEqualTo("all is well\n");
    }

    private static ChangeSet change(String flag) {
        return ChangeSet.of("ann", null, List.of(new Change.Put(Flag.bool(flag, true), Version.NONE)));
    }
}
