package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An entry in the change log that Guidon did not write")
class ForeignEntryTest extends RedisTest {

    private static final String COPY = "changeSet c previous {p} epoch {e} at 1 actor ann edits []";

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

    private void add(String id, String fields) {
        Revision head = store.changes().head();
        List<String> command = new ArrayList<>(List.of("XADD", key("changes"), id));
        command.addAll(List.of(fields.replace("{e}", head.epoch())
                .replace("{p}", head.changeSet())
                .split(" ")));
        server.command(command.toArray(String[]::new));
    }

    private void remove(String id) {
        server.command("XDEL", key("changes"), id);
        server.command("XSETID", key("changes"), "1-0");
    }

    private long commands() {
        String stats = server.text("INFO", "stats");
        int at = stats.indexOf("total_commands_processed:") + "total_commands_processed:".length();
        return Long.parseLong(stats.substring(at, stats.indexOf('\r', at)));
    }

    @ParameterizedTest
    @CsvSource({
        "1-1, by hand",
        "1-1, " + COPY,
        "2-0, by hand",
        "2-0, changeSet c previous {p} epoch {e} at 1 actor ann edits [[1]]",
        "2-0, changeSet c previous {p} epoch {e} at never actor ann edits []",
        "2-0, changeSet c previous {p} epoch another at 1 actor ann edits []",
        "1700000000000-0, by hand",
        "18446744073709551615-7, by hand"
    })
    @DisplayName("is named by the status, causes no load after the other, and once it is removed all is well")
    void isNamed(String id, String fields) throws Exception {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        awaitState(flags, State.READY);
        long loaded = flags.counts().reloads().values().stream()
                .mapToLong(Long::longValue)
                .sum();

        add(id, fields);

        awaitState(flags, State.STALE);
        assertThat(flags.status().problem()).contains(id).contains("not written by Guidon");
        long before = commands();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(commands() - before).isLessThan(60);
        assertThat(flags.counts().reloads().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(loaded);
        FeatureFlags fresh = flags(store(server));
        assertThat(value(fresh, "banner")).isEqualTo("blue");
        assertThat(fresh.status().state()).isEqualTo(State.STALE);
        assertThat(fresh.status().problem()).contains(id);
        assertThatThrownBy(() -> editor(store).put(text("banner", "red"))).hasMessageContaining(id);
        if (id.startsWith("1844")) {
            return;
        }
        remove(id);
        Revision red = editor(store).put(text("banner", "red"));
        awaitRevision(flags, red);
        awaitRevision(fresh, red);
        awaitState(flags, State.READY);
        awaitState(fresh, State.READY);
    }

    @ParameterizedTest
    @CsvSource({"2-0, changeSet c previous another epoch {e} at 1 actor ann edits []", "9-0, " + COPY})
    @DisplayName("that looks like a commit is named by the status, and causes no load after the other")
    void looksLikeACommit(String id, String fields) throws Exception {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);

        add(id, fields);

        awaitState(flags, State.STALE);
        assertThat(flags.status().problem()).contains(id).contains("not written by Guidon");
        assertThat(flags.counts().reloads()).isEmpty();
        remove(id);
        awaitRevision(flags, editor(store).put(text("banner", "red")));
    }

    @Test
    @DisplayName("between two commits is passed over")
    void isPassedOver() throws Exception {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        add("1-1", "by hand");
        add("1-2", "by hand");
        server.command("XSETID", key("changes"), "1-2");
        awaitState(flags, State.STALE);
        String entry = "changeSet c2 previous {p} epoch {e} at 1 actor ann edits []";
        add("2-0", entry);
        server.command("HSET", key("meta"), "revision", "2", "changeSet", "c2");
        server.command("HSET", key("commits"), "c2", "2");

        awaitState(flags, State.READY);
        assertThat(flags.revision().number()).isEqualTo(2);
        assertThat(flags.counts().reloads()).isEmpty();
        assertThat(store.changes().base().number()).isZero();
        awaitRevision(flags, editor(store).put(text("banner", "red")));
    }

    @Test
    @DisplayName("in place of a commit is loaded past")
    void isLoadedPast() throws Exception {
        editor(store).create(text("banner", "blue"));
        FeatureFlags flags = flags(store);
        add("2-0", "changeSet c2 edits [");
        server.command("HSET", key("meta"), "revision", "2", "changeSet", "c2");
        server.command("HSET", key("commits"), "c2", "2");

        await().atMost(Faults.PATIENCE).until(() -> flags.revision().number() == 2);
        awaitState(flags, State.READY);
        awaitRevision(flags, editor(store).put(text("banner", "red")));
        assertThat(value(flags(store(server)), "banner")).isEqualTo("red");
    }
}
