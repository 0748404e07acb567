package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.About;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Large definitions")
class FanOutTest extends RedisTest {

    private static final int FOLLOWERS = 300;
    private static final int PIECE = 17_000;

    private RedisServer server;
    private RedisFlagStore store;

    @BeforeEach
    void open() {
        server = server("appendfsync no", "maxclients 1000");
        store = store(server);
    }

    /** A flag of about so many bytes, of characters that take one to four bytes each. */
    private static Flag large(String key, int bytes, boolean enabled) {
        String text = "a\u00e9\u20ac\uD83D\uDE00";
        return Flag.bool(key, enabled).withAbout(new About(text.repeat(bytes / 10), null, null, List.of(), null));
    }

    private CommittedChange put(Flag flag, Version expected) {
        return store.commit(ChangeSet.of("ann", null, List.of(new Change.Put(flag, expected))));
    }

    @Test
    @DisplayName("cost Redis one piece for each follower at a time, and are with all of them soon")
    void pieces() throws Exception {
        CommittedChange first = put(large("a", 250_000, true), Version.NONE);
        try (RawFollowers followers =
                new RawFollowers(server, namespace, FOLLOWERS, first.revision().number())) {
            await().until(() -> server.text("INFO", "clients").contains("blocked_clients:" + FOLLOWERS));

            CommittedChange second = put(large("a", 250_000, false), Version.of(first.revision()));
            await().atMost(Faults.PATIENCE)
                    .until(() -> followers.haveReached(second.revision().number()));

            assertThat(followers.largest()).isLessThan(PIECE);
            assertThat(followers.bytes()).isLessThan(FOLLOWERS * 300_000L);
        }
    }

    @Test
    @DisplayName("reach instances and copiers of the log as they were written, also in large change sets")
    void exact() throws Exception {
        RedisFlagStore other = store(server);
        FeatureFlags flags = flags(other);
        Revision start = store.changes().head();
        List<Change> creating = new ArrayList<>();
        IntStream.range(0, 50).forEach(i -> creating.add(new Change.Put(large("f" + i, 3_000, true), Version.NONE)));
        List<CommittedChange> commits = new ArrayList<>();
        commits.add(store.commit(ChangeSet.of("ann", null, creating)));
        Version version = Version.of(commits.get(0).revision());
        commits.add(put(large("f0", 255_000, false), version));
        commits.add(put(large("f0", 10, true), Version.of(commits.get(1).revision())));

        awaitRevision(flags, commits.get(2).revision());

        assertThat(flags.snapshot().definitions()).isEqualTo(store.load());
        assertThat(other.changes().read(start, 10, Duration.ZERO)).isEqualTo(new Read.Changes(commits));
        assertThat(flags.counts().reloads()).isEmpty();
        for (CommittedChange each : commits) {
            ChangeSet again = new ChangeSet(each.revision().changeSet(), "bob", null, creating);
            assertThat(other.commit(again)).isEqualTo(each);
        }
    }

    @Test
    @DisplayName("are logged as what became of them, though followers do not get what they were before")
    void logged() throws Exception {
        editor(store).create(large("a", 20_000, true));
        try (LogLines log = new LogLines()) {
            FeatureFlags flags = flags(store(server));
            editor(store).disable("a");
            editor(store).update("a", flag -> flag.withAbout(About.NOTHING));
            awaitRevision(flags, editor(store).delete("a"));

            await().until(() -> log.texts().stream()
                            .filter(line -> line.contains(" changed to revision "))
                            .count()
                    == 3);
            assertThat(log.texts().stream()
                            .filter(line -> line.contains(" changed to revision "))
                            .map(line -> line.substring(line.indexOf("flag/a"))))
                    .containsExactly("flag/a turned off", "flag/a changed", "flag/a removed");
        }
    }

    @Test
    @DisplayName("go from Redis with the entry of the log that they belong to")
    void trimmed() {
        RedisFlagStore shortLog = closing(
                RedisFlagStore.builder(namespace).uri(server.uri()).logLength(2).build());
        Version version = Version.NONE;
        for (int i = 0; i < 5; i++) {
            version = Version.of(shortLog.commit(ChangeSet.of(
                            "ann", null, List.of(new Change.Put(large("a", 40_000, i % 2 == 0), version))))
                    .revision());
        }

        Object fields = server.command("HKEYS", shortLog.keys().bodies());

        assertThat((List<?>) fields)
                .map(String::valueOf)
                .allMatch(field -> field.startsWith("4") || field.startsWith("5"));
        assertThat((List<?>) fields).hasSizeBetween(8, 10);
    }

    @Test
    @DisplayName(
            "that are not in Redis any more are a gap for a follower, which loads everything, and a loss for a consumer")
    void gone() throws Exception {
        CommittedChange first = put(large("a", 40_000, true), Version.NONE);
        CommittedChange second = put(large("a", 40_000, false), Version.of(first.revision()));
        server.command("DEL", store.keys().bodies());
        RedisFlagStore other = store(server);

        assertThat(other.changes().follow(first.revision(), 10, Duration.ZERO))
                .isEqualTo(new Read.Gap(Cause.TRIMMED, second.revision()));
        assertThatThrownBy(() -> other.changes().read(first.revision(), 10, Duration.ZERO))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("has lost what commit 2 changed");
        assertThat(other.load().flag("a")).contains(large("a", 40_000, false));
    }
}
