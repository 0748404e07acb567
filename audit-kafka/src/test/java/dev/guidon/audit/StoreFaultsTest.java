package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Break.Cause;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisSentinel;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.LogLimit;
import dev.guidon.redis.RedisFlagStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When Redis fails, a relay")
@Timeout(180)
class StoreFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = Kafka.name("store");
    private final Map<String, Object> client = Kafka.with(Kafka.broker().clientProperties(), Faults.IMPATIENT);

    @Test
    @DisplayName("says so, stays in its place, and goes on when Redis is back after being killed, with its data")
    void restarted() {
        try (RedisServer redis = RedisServer.start();
                RedisFlagStore store = open(redis);
                AuditRelay relay = start(store)) {
            Editor editor = new Editor(store);
            for (int i = 0; i < Faults.KILLS; i++) {
                editor.commit(100);
                redis.kill();
                await().atMost(LONG).until(() -> relay.status().problem() != null);
                redis.restart();
                editor.commit(50);
                FoundTrail.awaitAll(store, relay);
                await().atMost(LONG).until(() -> relay.status().problem() == null);
            }

            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("goes on publishing while Redis refuses its position, and says so until Redis takes it")
    void positionIsRefused() {
        try (RedisServer redis = RedisServer.start("appendfsync no");
                RedisFlagStore store = open(redis);
                RedisFlagStore relays =
                        RedisFlagStore.open(redis.uri().replace("redis://", "redis://relay:pw@"), topic)) {
            redis.command("ACL", "SETUSER", "relay", "on", ">pw", "~*", "+@all", "-hset");
            try (AuditRelay relay = start(relays)) {
                new Editor(store).commit(30);

                await().atMost(LONG)
                        .until(() -> relay.status().lag() == 0 && relay.status().published() > 0);
                await().atMost(LONG).until(() -> relay.status().problem() != null);
                assertThat(relay.status().problem()).contains("cannot note its position", "NOPERM");
                assertThat(relay.status().state()).isEqualTo(RelayStatus.State.ACTIVE);
                assertThat(relays.status().available()).isTrue();
                FoundTrail.assertWhole(store, client, topic);

                redis.command("ACL", "SETUSER", "relay", "+hset");
                await().atMost(LONG).until(() -> relay.status().problem() == null);
                assertThat(store.changes().retained())
                        .containsValue(store.changes().head().number());
            }
        }
    }

    @Test
    @DisplayName("waits while Redis is frozen")
    void frozen() {
        try (RedisServer redis = RedisServer.start();
                RedisFlagStore store = open(redis);
                AuditRelay relay = start(store)) {
            Editor editor = new Editor(store);
            editor.commit(100);

            redis.pause();
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            redis.resume();
            editor.commit(50);

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("tells it as a divergence that Redis came back empty, and goes on with the new history")
    void restartedEmpty() {
        try (RedisServer redis = RedisServer.start();
                RedisFlagStore store = open(redis);
                AuditRelay relay = start(store)) {
            new Editor(store).commit(50);
            FoundTrail.awaitAll(store, relay);
            List<String> before = FoundTrail.held(store);

            redis.restartEmpty();
            new Editor(store).commit(30);
            FoundTrail.awaitAll(store, relay);

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(trail.breaks()).hasSize(1);
            assertThat(trail.breaks().get(0).cause()).isEqualTo(Cause.DIVERGED);
            assertThat(trail.breaks().get(0).entry().revision().number()).isZero();
            assertThat(trail.report().isWhole()).isTrue();
            before.addAll(FoundTrail.held(store));
            assertThat(FoundTrail.said(trail.changes())).isEqualTo(before);
            FlagHistory.Past now = FlagHistory.read(client, topic, topic)
                    .at(store.changes().head().number());
            assertThat(now.complete()).isTrue();
            assertThat(now.definitions().flags()).isEqualTo(store.load().flags());
        }
    }

    @Test
    @DisplayName("publishes everything once through a failover that loses nothing")
    void failover() {
        try (RedisSentinel redis = RedisSentinel.start(1);
                RedisFlagStore store = open(redis);
                AuditRelay relay = start(store)) {
            Editor editor = new Editor(store);
            editor.commit(100);
            awaitReplicated(redis, store);

            redis.failover();
            editor.commit(100);

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("tells as a divergence what a failover has lost, and where both histories part")
    void failoverWithLoss() {
        try (RedisSentinel redis = RedisSentinel.start(1);
                RedisFlagStore store = open(redis);
                AuditRelay relay = start(store)) {
            Editor editor = new Editor(store);
            editor.commit(20);
            awaitReplicated(redis, store);
            long common = store.changes().head().number();
            redis.replicas().get(0).detach();
            editor.commit(10);
            FoundTrail.awaitAll(store, relay);
            List<String> lost = FoundTrail.held(store);

            redis.failover();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> store.changes().head().number() == common);
            editor.reload();
            editor.commit(15);
            FoundTrail.awaitAll(store, relay);

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(trail.breaks()).hasSize(1);
            Break told = trail.breaks().get(0);
            assertThat(told.cause()).isEqualTo(Cause.DIVERGED);
            assertThat(told.from()).isNotNull();
            assertThat(told.from().number()).isEqualTo(common + 10);
            assertThat(told.entry().revision().number()).isEqualTo(common);
            assertThat(trail.report().isWhole()).isTrue();
            assertThat(FoundTrail.said(trail.changes())).startsWith(lost.toArray(String[]::new));
            List<String> held = FoundTrail.held(store);
            List<String> after = FoundTrail.said(trail.changes().stream()
                    .filter(changed -> changed.entry().sequence() > told.entry().sequence())
                    .toList());
            assertThat(after).isEqualTo(held.subList(held.size() - after.size(), held.size()));
            assertThat(FlagHistory.read(client, topic, topic)
                            .at(store.changes().head().number())
                            .definitions()
                            .flags())
                    .isEqualTo(store.load().flags());
        }
    }

    @Test
    @DisplayName("finds the whole log when it comes back, though it is longer than the limit, if that only warns")
    void logLimitKeeps() {
        try (RedisServer redis = RedisServer.start("appendfsync no");
                RedisFlagStore store = RedisFlagStore.builder(topic)
                        .uri(redis.uri())
                        .logLength(10)
                        .logLimit(100, LogLimit.KEEP)
                        .build()) {
            Editor editor = new Editor(store);
            publishSome(store, editor);
            editor.commit(150);
            assertThat(store.status().available()).isTrue();
            assertThat(store.status().problem()).contains("audit-kafka:" + topic);

            try (AuditRelay relay = start(store)) {
                FoundTrail.awaitAll(store, relay);
                await().atMost(LONG).until(() -> store.status().problem() == null);
            }

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(trail.report().findings()).isEmpty();
            assertThat(trail.changes().stream()
                            .map(changed -> changed.entry().revision().number())
                            .distinct())
                    .hasSize(160);
        }
    }

    @Test
    @DisplayName("names what was dropped from the log at its limit, and goes on after it")
    void logLimitDrops() {
        try (RedisServer redis = RedisServer.start("appendfsync no");
                RedisFlagStore store = RedisFlagStore.builder(topic)
                        .uri(redis.uri())
                        .logLength(10)
                        .logLimit(100, LogLimit.DROP)
                        .build()) {
            Editor editor = new Editor(store);
            publishSome(store, editor);
            editor.commit(300);

            try (AuditRelay relay = start(store)) {
                FoundTrail.awaitAll(store, relay);
            }

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(trail.breaks()).hasSize(1);
            Break told = trail.breaks().get(0);
            assertThat(told.cause()).isEqualTo(Cause.GAP);
            assertThat(told.from()).isNotNull();
            assertThat(told.from().number()).isEqualTo(10);
            assertThat(told.entry().revision().number()).isEqualTo(210);
            assertThat(trail.report().isWhole()).isTrue();
            assertThat(trail.changes().get(trail.changes().size() - 1).entry().revision())
                    .isEqualTo(store.changes().head());
        }
    }

    @Test
    @DisplayName(
            "publishes nothing twice when somebody has cut entries out of the log, and says where it does not continue")
    void holeInTheLog() {
        try (RedisServer redis = RedisServer.start("appendfsync no");
                RedisFlagStore store = open(redis)) {
            Editor editor = new Editor(store);
            publishSome(store, editor);
            editor.commit(10);
            List<String> before =
                    FoundTrail.said(FoundTrail.read(client, topic, topic).changes());
            redis.command("XDEL", "guidon:{" + topic + "}:changes", "11-0", "12-0");

            try (AuditRelay relay = start(store)) {
                await().atMost(LONG).until(() -> relay.status().problem() != null);
                assertThat(relay.status().problem()).contains("does not continue after 10");
                assertThat(relay.status().published()).isZero();
            }

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(FoundTrail.said(trail.changes())).isEqualTo(before);
            assertThat(trail.report().findings()).isEmpty();
        }
    }

    @Test
    @DisplayName("that was not there while the namespace was made anew goes on with the new one, and says so")
    void otherEpochMeanwhile() {
        try (RedisServer redis = RedisServer.start();
                RedisFlagStore store = open(redis)) {
            publishSome(store, new Editor(store));
            redis.restartEmpty();
            store.commit(dev.guidon.store.ChangeSet.of(
                    "ann", "anew", List.of(new dev.guidon.store.Change.Put(Flag.bool("anew", true), Version.NONE))));

            try (AuditRelay relay = start(store)) {
                FoundTrail.awaitAll(store, relay);
            }

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            assertThat(trail.breaks()).hasSize(1);
            assertThat(trail.breaks().get(0).cause()).isEqualTo(Cause.DIVERGED);
            assertThat(trail.report().isWhole()).isTrue();
        }
    }

    private void publishSome(RedisFlagStore store, Editor editor) {
        try (AuditRelay relay = start(store)) {
            editor.commit(10);
            FoundTrail.awaitAll(store, relay);
            await().atMost(Kafka.PATIENCE).until(() -> Kafka.registered(store, topic) == 10);
        }
    }

    private static void awaitReplicated(RedisSentinel redis, RedisFlagStore store) {
        String head = Long.toString(store.changes().head().number());
        String key = "guidon:{" + store.namespace() + "}:meta";
        await().atMost(LONG)
                .until(() ->
                        redis.replicas().get(0).text("HGET", key, "revision").equals(head));
    }

    private RedisFlagStore open(RedisServer redis) {
        return RedisFlagStore.open(redis.uri(), topic);
    }

    private RedisFlagStore open(RedisSentinel redis) {
        return RedisFlagStore.open(redis.sentinelUri(), topic);
    }

    private AuditRelay start(RedisFlagStore store) {
        return AuditRelay.builder(store)
                .topic(AuditTopic.named(topic))
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}
