package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisCluster;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With the ACL for editors")
@Timeout(60)
class AclEditorTest {

    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start("appendfsync no");
        Acl.set(redis, "editor", Acl.EDITOR);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    @DisplayName("an editor commits, and loads and changes members")
    void edits() {
        useAsEditor("editor");
    }

    @Test
    @DisplayName("an editor needs each of its commands")
    void editorIsMinimal() {
        for (String command : Acl.commands(Acl.EDITOR.substring(Acl.READER.length()))) {
            String user = "without" + command.replaceAll("[+|]", "-");
            Acl.set(redis, user, Acl.without(command, Acl.EDITOR));
            redis.command("FLUSHALL");
            redis.command("SCRIPT", "FLUSH");

            assertThat(catchThrowable(() -> useAsEditor(user)))
                    .as(command)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("the user's ACL does not allow it");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "+hget",
                "+hset",
                "+hdel",
                "+hgetall",
                "+xinfo|stream",
                "+xadd",
                "+xdel",
                "+time",
                "+sadd",
                "+srem"
            })
    @DisplayName("an editor who lacks a command breaks nothing for others:")
    void halfPermitted(String command) {
        Acl.set(redis, "half", Acl.without(command, Acl.EDITOR));

        assertThat(catchThrowable(() -> useAsEditor("half"))).isInstanceOf(FlagStoreException.class);

        try (RedisFlagStore owner = RedisFlagStore.open(redis.uri(), "production")) {
            CommittedChange next = owner.commit(creating("another"));
            assertThat(owner.load().revision()).isEqualTo(next.revision());
        }
    }

    @Test
    @DisplayName("an editor who waits for replicas needs one command more")
    void waits() {
        Acl.set(redis, "careful", Acl.EDITOR + Acl.WAITING);
        try (RedisServer replica = RedisServer.replicaOf(redis);
                RedisFlagStore careful = RedisFlagStore.builder("production")
                        .uri(Acl.uri("careful", redis))
                        .minReplicas(1)
                        .build();
                RedisFlagStore editor = RedisFlagStore.builder("production")
                        .uri(Acl.uri("editor", redis))
                        .minReplicas(1)
                        .build()) {
            careful.commit(creating("a"));

            assertThat(replica.isInSync()).isTrue();
            assertThatThrownBy(() -> editor.commit(creating("b"))).hasMessageContaining("ACL");
        }
    }

    @Test
    @DisplayName("users of a cluster need to see its nodes")
    void inCluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            for (RedisServer node : cluster.nodes()) {
                Acl.set(node, "editor", Acl.EDITOR + Acl.IN_CLUSTER);
                Acl.set(node, "reader", Acl.READER + Acl.IN_CLUSTER);
                Acl.set(node, "blind", Acl.READER);
            }
            try (RedisFlagStore editor = openCluster("editor", cluster);
                    RedisFlagStore reader = openCluster("reader", cluster);
                    RedisFlagStore blind = openCluster("blind", cluster)) {
                editor.commit(creating("a"));

                assertThat(reader.load().flags()).containsOnlyKeys("a");
                assertThatThrownBy(blind::load)
                        .isInstanceOf(FlagStoreException.class)
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    private static RedisFlagStore openCluster(String user, RedisCluster cluster) {
        return RedisFlagStore.builder("production")
                .cluster(Acl.uri(user, cluster.nodes().get(0)))
                .build();
    }

    /** Everything that an editor does. */
    private void useAsEditor(String user) {
        try (RedisFlagStore store = RedisFlagStore.open(Acl.uri(user, redis), "production")) {
            assertThat(store.load().revision().number()).isZero();
            CommittedChange first = store.commit(creating("a"));
            store.commit(ChangeSet.of(
                    "ann", null, List.of(new Change.Remove(DefinitionKey.flag("a"), Version.of(first.revision())))));
            store.changes().retain("relay", first.revision());
            store.changes().release("relay");
            ExternalSegments segments = ExternalSegments.of(store, "ann").keepingOld(Duration.ZERO);
            segments.replace("staff", List.of("u-1").iterator(), sent -> {});
            segments.replace("staff", List.of("u-2").iterator(), sent -> {});
            segments.add("staff", List.of("u-3", "u-4"));
            segments.remove("staff", List.of("u-4"));
            assertThat(segments.size("staff")).isEqualTo(2);
        }
        try (RedisFlagStore trimming = RedisFlagStore.builder("production")
                .uri(Acl.uri(user, redis))
                .logLength(1)
                .build()) {
            trimming.commit(creating("a"));
        }
    }
}
