package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Truth;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.ChangeLog.Read.Changes;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("With the ACL for readers")
@Timeout(60)
class AclReaderTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    private RedisServer redis;
    private RedisFlagStore owner;

    @BeforeEach
    void start() {
        redis = RedisServer.start("appendfsync no");
        owner = RedisFlagStore.open(redis.uri(), "production");
        Acl.set(redis, "reader", Acl.READER);
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

        for (String command : Acl.commands(Acl.READER)) {
            String user = "without" + command.replaceAll("[+|]", "-");
            Acl.set(redis, user, Acl.without(command, Acl.READER));

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
        try (RedisFlagStore other = RedisFlagStore.open(Acl.uri("reader", redis), "staging")) {
            assertThatThrownBy(other::load)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("the user's ACL does not allow it");
        }
    }

    @Test
    @DisplayName("a user of another database needs one command more")
    void inDatabase() {
        Acl.set(redis, "selecting", Acl.READER + Acl.IN_DATABASE);
        try (RedisFlagStore selecting = RedisFlagStore.open(Acl.uri("selecting", redis) + "/3", "production");
                RedisFlagStore reader = RedisFlagStore.open(Acl.uri("reader", redis) + "/3", "production")) {
            assertThat(selecting.load().flags()).isEmpty();
            assertThatThrownBy(reader::load).hasMessageContaining("ACL").hasMessageContaining("database 3");
        }
    }

    /** Everything that an instance does which only evaluates. */
    private void useAsReader(String user) throws Exception {
        String set = UUID.randomUUID().toString();
        owner.memberSets().fill("staff", set, List.of("u-1").iterator(), sent -> {});
        try (RedisFlagStore store = RedisFlagStore.builder("production")
                .uri(Acl.uri(user, redis))
                .memberCaching(Instance.PATIENT)
                .build()) {
            Revision loaded = store.load().revision();
            assertThat(store.load().flag("a")).isPresent();
            assertThat(store.changes().head()).isEqualTo(loaded);
            assertThat(store.changes().base().number()).isZero();
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

    private RedisFlagStore as(String user) {
        return RedisFlagStore.open(Acl.uri(user, redis), "production");
    }
}
