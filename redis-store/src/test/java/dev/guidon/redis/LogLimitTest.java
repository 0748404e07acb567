package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The log of changes that Redis keeps for a consumer has a limit")
@Timeout(120)
class LogLimitTest extends RedisTest {

    private static final int LIMIT = 10;
    private static final String LOGGER = LogGuard.class.getName() + " ";

    private final Movable clock = new Movable();
    private RedisServer server;
    private int commits;

    @BeforeEach
    void start() {
        server = server();
    }

    private RedisFlagStore limited(LogLimit policy) {
        return closing(RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .logLength(2)
                .logLimit(LIMIT, policy)
                .clock(clock)
                .build());
    }

    private Revision commit(RedisFlagStore store, int count) {
        Revision last = Revision.NONE;
        for (int i = 0; i < count; i++) {
            Flag flag = Flag.bool("flag-" + commits++, true);
            last = store.commit(ChangeSet.of("ann", null, List.of(new Change.Put(flag, Version.NONE))))
                    .revision();
        }
        return last;
    }

    @Test
    @DisplayName(
            "from 80 % of it on the status says who is how far behind, and what will happen; the store stays available")
    void tellsBefore() {
        RedisFlagStore store = limited(LogLimit.KEEP);
        Instant since = store.status().since();
        store.changes().retain("audit", commit(store, 1));

        commit(store, 7);
        assertThat(store.status().problem()).isNull();
        commit(store, 1);

        assertThat(store.status().problem())
                .isEqualTo(
                        "consumer audit of the log is 8 commits behind; logLimit: 10 commits (KEEP): all of them are kept,"
                                + " and the memory that Redis needs grows with every commit until it reads on or is released");
        assertThat(store.status().available()).isTrue();
        assertThat(store.status().since()).isEqualTo(since);
    }

    @Test
    @DisplayName("KEEP: commits go on beyond it, and nothing is dropped; a warning is logged once in ten minutes")
    void keep() throws Exception {
        RedisFlagStore store = limited(LogLimit.KEEP);
        Revision reached = commit(store, 1);
        store.changes().retain("audit", reached);

        try (LogLines log = new LogLines()) {
            commit(store, 3 * LIMIT);
            clock.move(Duration.ofMinutes(9));
            commit(store, 1);
            assertThat(lines(log)).singleElement().asString().contains("consumer audit of the log is 8 commits behind");

            clock.move(Duration.ofMinutes(1));
            commit(store, 1);
            assertThat(lines(log)).hasSize(2).last().asString().contains("is 32 commits behind");
        }
        assertThat(after(store, reached)).hasSize(32);
        assertThat(store.status().problem()).contains("audit", "32 commits behind", "logLimit: 10");
    }

    @Test
    @DisplayName("a clock that was ahead and is set back does not silence the warning")
    void clockWentBack() {
        RedisFlagStore store = limited(LogLimit.KEEP);
        store.changes().retain("audit", commit(store, 1));
        clock.move(Duration.ofDays(2));

        try (LogLines log = new LogLines()) {
            commit(store, LIMIT);
            clock.move(Duration.ofDays(-2));
            commit(store, 1);
            commit(store, 1);

            assertThat(lines(log)).hasSize(2).last().asString().contains("is 11 commits behind");
        }
    }

    @Test
    @DisplayName("DROP: what is beyond it is dropped, counted and logged as an error; the consumer is told of the gap")
    void drop() throws Exception {
        RedisFlagStore store = limited(LogLimit.DROP);
        Revision reached = commit(store, 1);
        store.changes().retain("audit", reached);

        try (LogLines log = new LogLines()) {
            commit(store, LIMIT);
            assertThat(after(store, reached)).hasSize(LIMIT);
            assertThat(store.status().problem())
                    .isEqualTo(
                            "consumer audit of the log is 10 commits behind; logLimit: 10 commits (DROP): beyond that,"
                                    + " commits will be dropped that it has not read");
            assertThat(lines(log)).hasSize(1);

            commit(store, 5);
            assertThat(lines(log)).hasSize(2).last().asString().contains("dropped 1 commits", "consumer audit");
            clock.move(Duration.ofMinutes(10));
            commit(store, 1);
            assertThat(lines(log)).anyMatch(line -> line.contains("dropped 5 commits"));
        }

        Revision head = store.changes().head();
        assertThat(store.changes().read(reached, 100, Duration.ZERO)).isEqualTo(new Read.Gap(Cause.TRIMMED, head));
        assertThat(after(store, store.changes().base())).hasSize(LIMIT);
        assertThat(store.status().available()).isTrue();
        assertThat(store.status().problem())
                .contains(
                        "16 commits behind",
                        "commits are dropped that it has not read, until it reads on or is released");
    }

    @Test
    @DisplayName("DROP drops nothing that is within the limit, and nothing at all while consumers keep up")
    void dropsNothingElse() throws Exception {
        RedisFlagStore store = limited(LogLimit.DROP);
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < 3 * LIMIT; i++) {
                Revision reached = commit(store, 1);
                store.changes().retain("audit", reached);
                commit(store, 2);
                assertThat(after(store, reached)).hasSize(2);
            }
            assertThat(lines(log)).isEmpty();
        }
        assertThat(store.status().problem()).isNull();
    }

    @Test
    @DisplayName("the status is well again once the consumer has caught up, or was released")
    void wellAgain() {
        RedisFlagStore store = limited(LogLimit.KEEP);
        Revision start = commit(store, 1);
        store.changes().retain("audit", start);
        store.changes().retain("console", commit(store, LIMIT));
        assertThat(store.status().problem()).contains("consumer audit");

        store.changes().retain("audit", store.changes().head());
        assertThat(store.status().problem()).isNull();

        commit(store, LIMIT);
        store.changes().release("audit");
        assertThat(store.status().problem()).contains("consumer console");
        store.changes().release("console");
        assertThat(store.status().problem()).isNull();
    }

    @Test
    @DisplayName("also if that happened elsewhere: with the next commit, and without one where the log is followed")
    void wellAgainElsewhere() {
        RedisFlagStore committing = limited(LogLimit.KEEP);
        RedisFlagStore following = limited(LogLimit.KEEP);
        RedisFlagStore relay = store(server);
        FeatureFlags flags = flags(following);
        relay.changes().retain("audit", commit(following, 1));
        commit(following, LIMIT - 1);
        commit(committing, 1);
        assertThat(List.of(committing, following))
                .allSatisfy(store -> assertThat(store.status().problem()).contains("consumer audit"));

        relay.changes().release("audit");

        await().atMost(Faults.PATIENCE)
                .untilAsserted(() -> assertThat(following.status().problem()).isNull());
        assertThat(flags.status().state()).isEqualTo(State.READY);
        commit(committing, 1);
        assertThat(committing.status().problem()).isNull();
    }

    @Test
    @DisplayName("a consumer whose place cannot be read counts as one that has read nothing")
    void unreadable() throws Exception {
        RedisFlagStore store = limited(LogLimit.DROP);
        server.command("HSET", "guidon:{" + namespace + "}:consumers", "odd", "nan", "other", "inf");

        commit(store, 3 * LIMIT);

        assertThat(after(store, store.changes().base())).hasSize(LIMIT);
        assertThat(store.status().problem()).contains("30 commits behind");
    }

    @Test
    @DisplayName("a limit below the length of the log is refused")
    void refused() {
        RedisFlagStore.Builder builder = RedisFlagStore.builder(namespace).uri(server.uri());

        assertThatThrownBy(() -> builder.logLimit(0, LogLimit.DROP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logLimit: found 0; allowed: at least 1");
        assertThatThrownBy(() -> builder.logLimit(9_999, LogLimit.DROP).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logLimit: found 9999; allowed: at least 10000");
    }

    private static List<CommittedChange> after(RedisFlagStore store, Revision after) throws InterruptedException {
        return ((Read.Changes) store.changes().read(after, 1_000, Duration.ZERO)).changes();
    }

    private static List<String> lines(LogLines log) {
        return log.texts().stream().filter(line -> line.startsWith(LOGGER)).toList();
    }

    /** A clock that the test sets. */
    private static final class Movable extends Clock {

        private volatile Instant now = Instant.parse("2027-01-31T09:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
