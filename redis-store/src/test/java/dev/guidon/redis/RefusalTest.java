package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is wrong in Redis itself")
class RefusalTest extends RedisTest {

    private RedisServer server;
    private RedisFlagStore store;

    @BeforeEach
    void open() {
        server = server("appendfsync no");
        store = store(server);
    }

    private String key(String name) {
        return "guidon:{" + namespace + "}:" + name;
    }

    private String everything() {
        return server.text("DUMP", key("flags"))
                + server.text("HGETALL", key("versions"))
                + server.text("HGETALL", key("meta"))
                + server.text("XLEN", key("changes"))
                + server.text("HGETALL", key("commits"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags", "segments", "versions", "meta", "changes", "commits", "consumers"})
    @DisplayName("a key of another type: a commit is refused before its first write, and names the key")
    void wrongType(String name) {
        editor(store).set("a", true);
        String wrong = name.equals("changes") ? "HSET" : "SADD";
        server.command("DEL", key(name));
        if (wrong.equals("HSET")) {
            server.command("HSET", key(name), "field", "value");
        } else {
            server.command("SADD", key(name), "foreign");
        }
        List<String> others = List.of("flags", "segments", "versions", "meta", "changes", "commits", "consumers");
        Map<String, String> before = dumps(others);

        assertThatThrownBy(() -> store.commit(change("b")))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining(key(name))
                .hasMessageContaining("Nothing was committed");

        assertThat(dumps(others)).isEqualTo(before);
    }

    private Map<String, String> dumps(List<String> names) {
        Map<String, String> dumps = new TreeMap<>();
        names.forEach(name -> dumps.put(name, server.text("DUMP", key(name))));
        return dumps;
    }

    private static ChangeSet change(String flag) {
        return ChangeSet.of("ann", null, List.of(new Change.Put(Flag.bool(flag, true), Version.NONE)));
    }

    @Test
    @DisplayName("a log that does not end where the revision says: a commit is refused")
    void damagedLog() {
        editor(store).set("a", true);
        server.command("XADD", key("changes"), "7-0", "by", "hand");

        assertThatThrownBy(() -> store.commit(change("b")))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("7-0")
                .hasMessageContaining("1-0");
    }

    @Test
    @DisplayName("a later format is refused, not guessed at")
    void laterFormat() {
        editor(store).set("a", true);
        server.command("HSET", key("meta"), "format", "2");

        assertThatThrownBy(store(server)::load).hasMessageContaining("format 2");
        assertThatThrownBy(() -> store.commit(change("b"))).hasMessageContaining("format 2");
    }

    @Test
    @DisplayName(
            "memory is full: commits are refused and nothing is written; flags answer and are read on; room again, and all is well")
    void memoryFull() throws Exception {
        Revision revision = editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        server.command("CONFIG", "SET", "maxmemory", "1");
        String before = everything();

        assertThatThrownBy(() -> editor(store).put(text("banner", "red")))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("maxmemory");

        assertThat(everything()).isEqualTo(before);
        assertThat(value(flags, "banner")).isEqualTo("blue");
        assertThat(store.load().revision()).isEqualTo(revision);
        assertThat(store.status().available()).isTrue();
        server.command("CONFIG", "SET", "maxmemory", "0");
        awaitRevision(flags, editor(store).put(text("banner", "red")));
    }

    @Test
    @DisplayName("one broken body harms no other flag, is reported, and can be replaced")
    void brokenBody() throws Exception {
        editor(store).create(text("banner", "blue"));
        editor(store).set("other", true);
        server.command("HSET", key("flags"), "banner", "{\"enabled\": tru");

        RedisFlagStore fresh = store(server);
        FeatureFlags flags = flags(fresh);

        assertThat(value(flags, "banner")).isEqualTo("the default");
        assertThat(flags.isEnabled("other")).isTrue();
        assertThat(fresh.load().flags().get("banner").definition()).isInstanceOf(Malformed.class);
        awaitRevision(flags, editor(fresh).put(text("banner", "red")));
        assertThat(value(flags, "banner")).isEqualTo("red");
    }

    @Test
    @DisplayName(
            "fields of others in the hashes harm nobody: a version that is none, a body that is missing, a kind that is unknown")
    void foreignFields() {
        editor(store).set("a", true);
        editor(store).set("gone", true);
        server.command("HDEL", key("flags"), "gone");
        server.command("HSET", key("versions"), "flag/odd", "garbage", "colour", "blue", "flag/empty", "");
        server.command("HSET", key("flags"), "unlisted", "{}");
        server.command("HSET", key("meta"), "somebody", "else's");

        FeatureFlags flags = flags(store(server));

        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.isEnabled("gone")).isFalse();
        assertThat(flags.snapshot().definitions().flags()).containsKeys("a", "gone", "odd", "empty");
        assertThat(flags.status().state()).isEqualTo(State.READY);
    }

    @Test
    @DisplayName("a consumer whose place cannot be read keeps the log, and hinders no commit")
    void foreignConsumer() {
        RedisFlagStore shortLog = closing(
                RedisFlagStore.builder(namespace).uri(server.uri()).logLength(1).build());
        server.command("HSET", key("consumers"), "odd", "garbage");

        for (int i = 0; i < 5; i++) {
            shortLog.commit(change("flag-" + i));
        }

        assertThat(log(shortLog)).hasSize(5);
        assertThat(shortLog.changes().retained()).containsExactly(Map.entry("odd", 0L));
    }

    @Test
    @DisplayName("a server that has forgotten the script is given it again, and is available all the while")
    void scriptForgotten() {
        store.commit(change("a"));
        Instant since = store.status().since();
        server.command("SCRIPT", "FLUSH");

        store.commit(change("b"));

        assertThat(store.status().available()).isTrue();
        assertThat(store.status().since()).isEqualTo(since);
    }

    @Test
    @DisplayName("entries of others in the log: the reader says which, and the flags stay")
    void foreignEntry() {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        server.command("XADD", key("changes"), "2-0", "by", "hand");

        awaitState(flags, State.STALE);
        assertThat(flags.status().problem()).contains("2-0").contains("not written by Guidon");
        assertThat(value(flags, "banner")).isEqualTo("blue");
        server.command("XDEL", key("changes"), "2-0");
        awaitState(flags, State.READY);
    }

    @Test
    @DisplayName("a log that was trimmed behind a reader: it is told so, and the flags are those of the store")
    void trimmed() throws Exception {
        Revision first = editor(store).create(text("banner", "blue"));
        editor(store).put(text("banner", "red"));
        Revision last = editor(store).put(text("banner", "green"));
        server.command("XTRIM", key("changes"), "MAXLEN", "1");

        assertThat(store.changes().read(first, 10, Duration.ZERO)).isEqualTo(new Read.Gap(Cause.TRIMMED, last));
        server.command("DEL", key("changes"));
        assertThat(store.changes().read(first, 10, Duration.ofMinutes(1))).isEqualTo(new Read.Gap(Cause.TRIMMED, last));
        assertThat(value(flags(store(server)), "banner")).isEqualTo("green");
    }

    @Test
    @DisplayName("another machine's clock off by an hour changes nothing: commits carry the time of the server")
    void clockOff() throws Exception {
        Clock off = Clock.fixed(Instant.now().minus(Duration.ofHours(1)), ZoneOffset.UTC);
        RedisFlagStore late = closing(
                RedisFlagStore.builder(namespace).uri(server.uri()).clock(off).build());
        FeatureFlags flags = closing(FeatureFlags.builder(late).clock(off).build());
        Instant before = Instant.now().minusSeconds(5);

        awaitRevision(flags, editor(late).create(text("banner", "blue")));
        awaitRevision(flags, editor(store).put(text("banner", "red")));

        assertThat(value(flags, "banner")).isEqualTo("red");
        assertThat(log(store))
                .allSatisfy(change ->
                        assertThat(change.at()).isBetween(before, Instant.now().plusSeconds(5)));
    }

    @Test
    @DisplayName("a namespace deleted while its flags are in use: they stay, and the status says so")
    void deleted() {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);

        server.command("FLUSHALL");

        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(flags.status().state()).isEqualTo(State.STALE));
        assertThat(value(flags, "banner")).isEqualTo("blue");
    }
}
