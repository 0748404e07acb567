package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Truth;
import dev.guidon.fixtures.RedisCluster;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Read.Changes;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines of the ACL that the documentation gives. They hold for Redis 6.2 and later. */
@DisplayName("With the ACL of the documentation")
@Timeout(60)
class AclTest {

    /** For instances that evaluate and follow. */
    private static final String READER =
            "on >secret ~guidon:{production}:* +hmget +hgetall +xread +xrange +sismember +exists";

    /** For who commits and changes members, besides. */
    private static final String EDITOR = READER
            + " +evalsha +eval +type +hget +hset +hdel +hvals +xinfo|stream +xadd +xdel +time +sadd +srem +scard +unlink";

    /** For who commits with {@code minReplicas}, besides. */
    private static final String WAITING = " +wait";

    /** In a cluster, besides. */
    private static final String IN_CLUSTER = " +cluster|nodes +info";

    /** In a database other than 0, besides. */
    private static final String IN_DATABASE = " +select";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private RedisServer redis;
    private RedisFlagStore owner;

    @BeforeEach
    void start() {
        redis = RedisServer.start("appendfsync no");
        owner = RedisFlagStore.open(redis.uri(), "production");
        user("reader", READER);
        user("editor", EDITOR);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        owner.close();
        redis.close();
    }

    @Test
    @DisplayName("a reader loads, follows and asks for members")
    void reads() throws Exception {
        owner.commit(creating("a"));

        useAsReader("reader");
    }

    @Test
    @DisplayName("a reader needs each of its commands")
    void readerIsMinimal() {
        owner.commit(creating("a"));

        for (String command : commands(READER)) {
            String user = "without" + command.replaceAll("[+|]", "-");
            user(user, without(command, READER));

            assertThat(catchThrowable(() -> useAsReader(user))).as(command).isNotNull();
        }
    }

    @Test
    @DisplayName("a reader is there before the namespace, and hears of the first commit")
    void readerComesFirst() throws Exception {
        try (Instance app = new Instance(as("reader"))) {
            app.awaitState(State.READY);

            Revision first = owner.commit(creating("a")).revision();

            app.awaitApplied(first);
            assertThat(app.isOn("a")).isTrue();
            assertThat(app.flags().status().state()).isEqualTo(State.READY);
        }
    }

    @Test
    @DisplayName("a commit of a reader is refused in words that name the ACL, and reading goes on")
    void readerCommits() {
        owner.commit(creating("a"));
        try (Instance app = new Instance(as("reader"))) {
            assertThatThrownBy(() -> app.store().commit(creating("b")))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("NOPERM")
                    .hasMessageContaining("the user's ACL does not allow it");

            assertThat(app.store().status().available()).isTrue();
            app.awaitApplied(owner.commit(creating("c")).revision());
            app.awaitState(State.READY);
            app.assertWentThrough(State.READY);
            assertThat(app.store().load().flags()).containsOnlyKeys("a", "c");
        }
    }

    @Test
    @DisplayName("a reader sees no other namespace")
    void otherNamespace() {
        try (RedisFlagStore other = RedisFlagStore.open(uri("reader"), "staging")) {
            assertThatThrownBy(other::load)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("the user's ACL does not allow it");
        }
    }

    @Test
    @DisplayName("an editor commits, and loads and changes members")
    void edits() throws Exception {
        useAsEditor("editor");
        useAsReader("editor");
    }

    @Test
    @DisplayName("an editor needs each of its commands")
    void editorIsMinimal() {
        for (String command : commands(EDITOR.substring(READER.length()))) {
            String user = "without" + command.replaceAll("[+|]", "-");
            user(user, without(command, EDITOR));
            redis.command("FLUSHALL");
            redis.command("SCRIPT", "FLUSH");

            assertThat(catchThrowable(() -> useAsEditor(user)))
                    .as(command)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("the user's ACL does not allow it");
        }
    }

    @Test
    @DisplayName("an editor who waits for replicas needs one command more")
    void waits() {
        user("careful", EDITOR + WAITING);
        try (RedisServer replica = RedisServer.replicaOf(redis);
                RedisFlagStore careful = RedisFlagStore.builder("production")
                        .uri(uri("careful"))
                        .minReplicas(1)
                        .build();
                RedisFlagStore editor = RedisFlagStore.builder("production")
                        .uri(uri("editor"))
                        .minReplicas(1)
                        .build()) {
            careful.commit(creating("a"));

            assertThat(replica.isInSync()).isTrue();
            assertThatThrownBy(() -> editor.commit(creating("b"))).hasMessageContaining("ACL");
        }
    }

    @Test
    @DisplayName("a user of another database needs one command more")
    void inDatabase() {
        user("selecting", READER + IN_DATABASE);
        try (RedisFlagStore selecting = RedisFlagStore.open(uri("selecting") + "/3", "production");
                RedisFlagStore reader = RedisFlagStore.open(uri("reader") + "/3", "production")) {
            assertThat(selecting.load().flags()).isEmpty();
            assertThatThrownBy(reader::load).hasMessageContaining("ACL").hasMessageContaining("database 3");
        }
    }

    @Test
    @DisplayName("users of a cluster need to see its nodes")
    void inCluster() {
        try (RedisCluster cluster = RedisCluster.start()) {
            for (RedisServer node : cluster.nodes()) {
                user(node, "editor", EDITOR + IN_CLUSTER);
                user(node, "blind", EDITOR);
            }
            try (RedisFlagStore editor = RedisFlagStore.builder("production")
                            .cluster(as("editor", cluster.nodes().get(0)))
                            .build();
                    RedisFlagStore blind = RedisFlagStore.builder("production")
                            .cluster(as("blind", cluster.nodes().get(0)))
                            .build()) {
                editor.commit(creating("a"));

                assertThat(editor.load().flags()).containsOnlyKeys("a");
                assertThatThrownBy(blind::load).isInstanceOf(FlagStoreException.class);
            }
        }
    }

    /** Everything that an instance does which only evaluates. */
    private void useAsReader(String user) throws Exception {
        String set = UUID.randomUUID().toString();
        owner.memberSets().fill("staff", set, List.of("u-1").iterator(), sent -> {});
        try (RedisFlagStore store = RedisFlagStore.builder("production")
                .uri(uri(user))
                .memberCaching(Instance.PATIENT)
                .build()) {
            Revision loaded = store.load().revision();
            assertThat(store.load().flag("a")).isPresent();
            assertThat(store.changes().head()).isEqualTo(loaded);
            assertThat(store.changes().read(loaded, 10, Duration.ofMillis(20))).isEqualTo(new Changes(List.of()));
            Future<?> tail = threads.submit(() -> store.changes().read(loaded, 10, Duration.ofSeconds(20)));
            CommittedChange next = owner.commit(creating(UUID.randomUUID().toString()));
            assertThat(tail.get(10, TimeUnit.SECONDS)).isEqualTo(new Changes(List.of(next)));
            assertThat(store.changes().read(loaded, 10, Duration.ZERO)).isEqualTo(new Changes(List.of(next)));
            assertThat(store.members().contains("staff", set, "u-1")).isEqualTo(Truth.TRUE);
            assertThat(store.members().contains("staff", set, "u-2")).isEqualTo(Truth.FALSE);
            assertThat(store.members().contains("staff", "none", "u-1")).isEqualTo(Truth.UNKNOWN);
            assertThat(store.status().available()).isTrue();
        }
    }

    /** Everything that an editor does. */
    private void useAsEditor(String user) {
        try (RedisFlagStore store = RedisFlagStore.open(uri(user), "production")) {
            assertThat(store.load().revision().number()).isZero();
            CommittedChange first = store.commit(creating("a"));
            store.commit(ChangeSet.of("ann", null, List.of(new Change.Remove(DefinitionKey.flag("a"), 1))));
            store.changes().retain("relay", first.revision());
            store.changes().release("relay");
            ExternalSegments segments = ExternalSegments.of(store, "ann").keepingOld(Duration.ZERO);
            segments.replace("staff", List.of("u-1").iterator(), sent -> {});
            segments.replace("staff", List.of("u-2").iterator(), sent -> {});
            segments.add("staff", List.of("u-3", "u-4"));
            segments.remove("staff", List.of("u-4"));
            assertThat(segments.size("staff")).isEqualTo(2);
        }
        try (RedisFlagStore trimming =
                RedisFlagStore.builder("production").uri(uri(user)).logLength(1).build()) {
            trimming.commit(creating("a"));
        }
    }

    private RedisFlagStore as(String user) {
        return RedisFlagStore.open(uri(user), "production");
    }

    private String uri(String user) {
        return as(user, redis);
    }

    private static String as(String user, RedisServer server) {
        return server.uri().replace("redis://", "redis://" + user + ":secret@");
    }

    private void user(String name, String rules) {
        user(redis, name, rules);
    }

    private static void user(RedisServer server, String name, String rules) {
        server.command(Stream.concat(Stream.of("ACL", "SETUSER", name), Stream.of(rules.split(" ")))
                .toArray(String[]::new));
    }

    private static List<String> commands(String rules) {
        return Stream.of(rules.split(" ")).filter(rule -> rule.startsWith("+")).toList();
    }

    private static String without(String command, String rules) {
        return Stream.of(rules.split(" ")).filter(rule -> !rule.equals(command)).collect(Collectors.joining(" "));
    }
}
