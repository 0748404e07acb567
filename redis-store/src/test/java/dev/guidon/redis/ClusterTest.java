package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static dev.guidon.redis.Instance.setWhenPossible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisCluster;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeLog.Read.Changes;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A store in a cluster")
@Timeout(120)
class ClusterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static RedisCluster redis;

    private final String namespace = UUID.randomUUID().toString();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeAll
    static void start() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName(
            "answers on when the master of its slot dies, is back by itself, and has lost nothing that a replica had")
    void failover() throws Exception {
        try (RedisFlagStore safe = builder().minReplicas(1).build();
                Instance app = new Instance(open())) {
            app.askSteadily();
            CommittedChange kept = safe.commit(creating("kept"));
            app.awaitApplied(kept.revision());
            RedisServer killed = master(safe);

            killed.kill();
            app.awaitState(State.STALE);
            Revision later = setWhenPossible(app.store(), "later", true);

            assertThat(later.number()).isEqualTo(kept.revision().number() + 1);
            app.awaitApplied(later);
            app.awaitState(State.READY);
            assertThat(app.store().load().flags()).containsOnlyKeys("steady", "kept", "later");
            app.assertWentThrough(State.READY, State.STALE, State.READY);
            app.assertAnsweredSteadily();
            try (RedisFlagStore other = open()) {
                Revision pushed = setWhenPossible(other, "pushed", true);
                assertThat(app.flags().await(pushed, Duration.ofSeconds(2))).isTrue();
            }
            killed.restart();
            await().atMost(PATIENCE).until(killed::isInSync);
        }
    }

    @Test
    @DisplayName("goes on waiting for the next commit while its slot moves to another master")
    void slotMovesWhileATailWaits() throws Exception {
        try (RedisFlagStore store = open();
                RedisFlagStore other = open()) {
            CommittedChange first = store.commit(creating("before"));
            RedisServer source = master(store);
            Future<Read> tail = threads.submit(() -> store.changes().read(first.revision(), 10, Duration.ofMinutes(1)));
            await().until(() -> source.text("CLIENT", "LIST").contains("cmd=xread"));

            redis.moveSlot(store.keys().meta());
            CommittedChange second = other.commit(creating("after"));

            assertThat(tail.get(10, TimeUnit.SECONDS)).isEqualTo(new Changes(List.of(second)));
            assertThat(master(store)).isNotSameAs(source);
            assertThat(store.load().flags()).containsOnlyKeys("before", "after");
        }
    }

    @Test
    @DisplayName("refuses and loses no commit while its slot moves")
    void slotMovesDuringCommits() throws Exception {
        try (RedisFlagStore store = open();
                Instance app = new Instance(open())) {
            app.askSteadily();
            AtomicBoolean moved = new AtomicBoolean();
            List<String> acknowledged = new ArrayList<>();
            Future<?> writing = threads.submit(() -> {
                for (int i = 0; !moved.get() || i < 10; i++) {
                    if (isCommitted(store, "f-" + i)) {
                        acknowledged.add("f-" + i);
                    }
                }
            });

            redis.moveSlot(store.keys().meta());
            moved.set(true);
            writing.get(30, TimeUnit.SECONDS);
            Revision last = setWhenPossible(store, "last", true);

            app.awaitApplied(last);
            assertThat(store.load().flags()).containsKeys(acknowledged.toArray(String[]::new));
            assertThat(app.flags().snapshot().definitions()).isEqualTo(store.load());
            app.awaitState(State.READY);
            app.assertAnsweredSteadily();
        }
    }

    @Test
    @DisplayName("commits wait while some keys of the namespace have moved and others have not")
    void slotIsHalfMoved() throws Exception {
        try (RedisFlagStore store = open()) {
            store.commit(creating("before"));
            AtomicReference<Future<CommittedChange>> during = new AtomicReference<>();

            redis.moveSlot(store.keys().meta(), () -> {
                during.set(threads.submit(() -> store.commit(creating("during"))));
                await().until(() -> store.redis().failures() > 3);
                assertThat(during.get()).isNotDone();
                assertThat(store.status().available()).isTrue();
            });

            assertThat(during.get().get(2, TimeUnit.SECONDS).revision().number())
                    .isEqualTo(2);
            assertThat(store.load().flags()).containsOnlyKeys("before", "during");
        }
    }

    @Test
    @DisplayName("waits for the replicas of the master that has the slot")
    void minReplicas() {
        try (RedisFlagStore safe = builder().minReplicas(1).build()) {
            CommittedChange first = safe.commit(creating("in-time"));
            RedisServer replica = redis.replicasOf(master(safe)).get(0);
            var set = creating("late");

            replica.detach();
            UnderReplicatedException failure =
                    catchThrowableOfType(UnderReplicatedException.class, () -> safe.commit(set));
            replica.attach();
            CommittedChange again =
                    await().ignoreExceptions().atMost(PATIENCE).until(() -> safe.commit(set), Objects::nonNull);

            assertThat(failure.committed().follows(first.revision())).isTrue();
            assertThat(again).isEqualTo(failure.committed());
            assertThat(safe.load().revision()).isEqualTo(again.revision());
        }
    }

    @Test
    @DisplayName("does not need all of the nodes that it was told")
    void oneNodeIsEnough() {
        try (RedisFlagStore store = RedisFlagStore.builder(namespace)
                .cluster("redis://127.0.0.1:1", redis.uris().get(0))
                .build()) {
            store.commit(creating("a"));

            assertThat(store.load().flags()).containsOnlyKeys("a");
            assertThat(store.toString()).contains("the cluster of 127.0.0.1:1, 127.0.0.1:");
        }
    }

    private static boolean isCommitted(RedisFlagStore store, String flag) {
        try {
            store.commit(creating(flag));
            return true;
        } catch (FlagStoreException e) {
            return false;
        }
    }

    private static RedisServer master(RedisFlagStore store) {
        return redis.masterOf(store.keys().meta());
    }

    private RedisFlagStore open() {
        return builder().build();
    }

    private RedisFlagStore.Builder builder() {
        return RedisFlagStore.builder(namespace).cluster(redis.uris().toArray(String[]::new));
    }
}
