package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static dev.guidon.redis.Instance.setWhenPossible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.Truth;
import dev.guidon.fixtures.RedisSentinel;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read.Gap;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.VersionConflictException;
import io.lettuce.core.internal.HostAndPort;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolver;
import io.lettuce.core.resource.MappingSocketAddressResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A store behind Sentinels")
@Timeout(120)
class SentinelTest {

    private RedisSentinel redis;

    @BeforeEach
    void start() {
        redis = RedisSentinel.start(1);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    @DisplayName("answers on through a failover, says STALE meanwhile, and hears of later commits by push")
    void failover() throws Exception {
        try (Instance app = new Instance(open());
                RedisFlagStore other = open()) {
            app.askSteadily();

            redis.failover();
            Revision later = setWhenPossible(other, "later", true);

            app.awaitApplied(later);
            app.awaitState(State.READY);
            app.assertWentThrough(State.READY, State.STALE, State.READY);
            Revision pushed = setWhenPossible(other, "pushed", true);
            assertThat(app.flags().await(pushed, Duration.ofSeconds(2))).isTrue();
            app.assertAnsweredSteadily();
        }
    }

    @ParameterizedTest(name = "whose history is {0}")
    @CsvSource({"shorter, 1", "as long, 2", "longer, 3"})
    @DisplayName("follows a replica that was promoted without the last commits, and")
    void losesCommits(String name, int commitsAfterwards) throws Exception {
        RedisServer master = redis.master();
        RedisServer behind = redis.replicas().get(0);
        try (TcpProxy toMaster = TcpProxy.to(master.host(), master.port());
                TcpProxy toBehind = TcpProxy.to(behind.host(), behind.port());
                Routes routes = new Routes(Map.of(master.port(), toMaster, behind.port(), toBehind));
                RedisFlagStore other = open();
                Instance app =
                        new Instance(builder().resources(routes.resources()).build())) {
            app.askSteadily();
            await().until(() ->
                    behind.text("HGET", other.keys().meta(), "revision").equals("1"));
            behind.detach();
            setWhenPossible(other, "lost", true);
            Revision lost = setWhenPossible(other, "lost-too", true);
            app.awaitApplied(lost);

            toBehind.refuse();
            redis.failover();
            for (int i = 0; i < commitsAfterwards; i++) {
                setWhenPossible(other, "new-" + i, true);
            }
            toBehind.accept();

            Revision truth = other.changes().head();
            assertThat(truth.number()).as(name).isEqualTo(1 + commitsAfterwards);
            app.awaitApplied(truth);
            app.awaitState(State.READY);
            assertThat(app.flags().snapshot().definitions()).isEqualTo(other.load());
            assertThat(app.isOn("lost")).isFalse();
            assertThat(app.isOn("new-0")).isTrue();
            assertThat(other.changes().read(lost, 10, Duration.ZERO)).isEqualTo(new Gap(Cause.DIVERGED, truth));
            app.awaitApplied(setWhenPossible(other, "later", true));
            app.assertAnsweredSteadily();
        }
    }

    @Test
    @DisplayName("takes no revision, version or answer about members that was lost for the one that got its number")
    void numbersComeAgain() throws Exception {
        RedisServer behind = redis.replicas().get(0);
        try (RedisFlagStore store = open();
                Instance app =
                        new Instance(builder().memberCaching(Instance.PATIENT).build())) {
            ExternalSegments segments = ExternalSegments.of(store, "ann").keepingOld(Duration.ZERO);
            segments.replace("premium", List.of("u-1").iterator(), sent -> {});
            Revision kept = setWhenPossible(store, "a", true);
            String number = Long.toString(kept.number());
            await().until(() ->
                    behind.text("HGET", store.keys().meta(), "revision").equals(number));
            behind.detach();
            Revision lost = setWhenPossible(store, "a", false);
            Revision lostToo = segments.add("premium", List.of("u-2")).revision();
            app.awaitApplied(lostToo);
            assertThat(isMember(app, "u-1")).isEqualTo(Truth.TRUE);
            assertThat(isMember(app, "u-2")).isEqualTo(Truth.TRUE);

            redis.failover();
            Revision found = whenPossible(() -> app.editor().update("a", flag -> flag.withArchived(true)));
            app.awaitApplied(found);
            assertThat(isMember(app, "u-2")).isEqualTo(Truth.FALSE);
            Revision last = whenPossible(
                    () -> segments.remove("premium", List.of("u-1")).revision());
            app.awaitApplied(last);

            assertThat(List.of(found.number(), last.number())).containsExactly(lost.number(), lostToo.number());
            assertThat(isMember(app, "u-1")).isEqualTo(Truth.FALSE);
            assertThat(isMember(app, "u-2")).isEqualTo(Truth.FALSE);
            for (RedisFlagStore each : List.of(store, app.store())) {
                assertThatThrownBy(() -> FlagEditor.of(each, "bob").put(Flag.bool("a", false), Version.of(lost)))
                        .isInstanceOf(VersionConflictException.class);
            }
            assertThat(app.flags().await(lost, Duration.ofMillis(100))).isFalse();
            assertThat(app.flags().await(lostToo, Duration.ofMillis(100))).isFalse();
            assertThat(app.flags().await(kept, Duration.ofSeconds(5))).isTrue();
            assertThat(app.flags().await(found, Duration.ofSeconds(5))).isTrue();
        }
    }

    private static Truth isMember(Instance app, String user) {
        Segment segment =
                app.flags().snapshot().definitions().segment("premium").orElseThrow();
        return app.store().members().contains("premium", segment.external().generation(), user);
    }

    private static Revision whenPossible(Callable<Revision> commit) {
        return await().ignoreExceptions().atMost(Duration.ofSeconds(30)).until(commit, Objects::nonNull);
    }

    @Test
    @DisplayName("tells a reader of the log that waits through such a failover that it diverged")
    void readerDiverges() throws Exception {
        try (RedisFlagStore store = open()) {
            RedisServer behind = redis.replicas().get(0);
            behind.detach();
            CommittedChange lost = store.commit(creating("lost"));

            redis.failover();

            Gap gap = await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> (Gap) store.changes().read(lost.revision(), 10, Duration.ofSeconds(1)),
                            Objects::nonNull);
            assertThat(gap.cause()).isIn(Cause.DIVERGED, Cause.OTHER_EPOCH);
            assertThat(store.load().flags()).isEmpty();
        }
    }

    @Test
    @DisplayName("commits once enough replicas have it, and says when they do not, with what is in force all the same")
    void minReplicas() {
        try (RedisFlagStore safe = builder().minReplicas(1).build();
                Instance app = new Instance(open())) {
            RedisServer replica = redis.replicas().get(0);
            CommittedChange first = safe.commit(creating("in-time"));
            assertThat(replica.text("HGET", safe.keys().meta(), "revision")).isEqualTo("1");
            ChangeSet set = creating("late");

            replica.detach();
            UnderReplicatedException detached =
                    catchThrowableOfType(UnderReplicatedException.class, () -> safe.commit(set));
            UnderReplicatedException again =
                    catchThrowableOfType(UnderReplicatedException.class, () -> safe.commit(set));

            assertThat(detached.committed().follows(first.revision())).isTrue();
            assertThat(detached).hasMessageContaining("0 replicas").hasMessageContaining("wanted: 1");
            assertThat(again.committed()).isEqualTo(detached.committed());
            app.awaitApplied(detached.committed().revision());
            assertThat(app.isOn("late")).isTrue();

            replica.attach();
            CommittedChange sameAgain = await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> safe.commit(set), Objects::nonNull);

            assertThat(sameAgain).isEqualTo(detached.committed());
            assertThat(replica.text("HGET", safe.keys().meta(), "revision")).isEqualTo("2");
            assertThat(safe.changes().head()).isEqualTo(sameAgain.revision());
        }
    }

    @Test
    @DisplayName("waits for a replica that hangs no longer than half of the timeout")
    void replicaHangs() {
        try (RedisFlagStore safe =
                builder().minReplicas(1).timeout(Duration.ofSeconds(1)).build()) {
            RedisServer replica = redis.replicas().get(0);
            safe.commit(creating("in-time"));
            replica.pause();

            UnderReplicatedException failure =
                    catchThrowableOfType(UnderReplicatedException.class, () -> safe.commit(creating("late")));
            replica.resume();

            assertThat(safe.status().available()).isTrue();
            assertThat(safe.load().flags()).containsOnlyKeys("in-time", "late");
            assertThat(safe.load().revision()).isEqualTo(failure.committed().revision());
        }
    }

    @Test
    @DisplayName("finds the master when a Sentinel hangs and another is gone")
    void sentinelsFail() {
        redis.sentinels().get(0).pause();
        redis.sentinels().get(1).kill();

        try (RedisFlagStore store = open()) {
            setWhenPossible(store, "a", true);

            assertThat(store.load().flags()).containsOnlyKeys("a");
        }
    }

    @Test
    @DisplayName("names the master and the Sentinels when it says where it is")
    void says() {
        try (RedisFlagStore store = open()) {
            RedisServer first = redis.sentinels().get(0);

            assertThat(store)
                    .hasToString(
                            "RedisFlagStore[production in %s of the Sentinels %s]",
                            RedisSentinel.MASTER_NAME,
                            redis.sentinels().stream()
                                    .map(each -> first.host() + ":" + each.port())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private RedisFlagStore open() {
        return builder().build();
    }

    private RedisFlagStore.Builder builder() {
        return RedisFlagStore.builder("production").uri(redis.sentinelUri());
    }

    /** Leads connections to some ports through proxies. */
    private record Routes(Map<Integer, TcpProxy> proxies, ClientResources resources) implements AutoCloseable {

        Routes(Map<Integer, TcpProxy> proxies) {
            this(
                    proxies,
                    ClientResources.builder()
                            .socketAddressResolver(MappingSocketAddressResolver.create(DnsResolver.unresolved(), to -> {
                                TcpProxy proxy = proxies.get(to.getPort());
                                return proxy == null ? to : HostAndPort.of(to.getHostText(), proxy.port());
                            }))
                            .build());
        }

        @Override
        public void close() {
            resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
