package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A client counts and tells")
@Timeout(30)
class ClientCountsTest {

    private static final Instant COMMITTED = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant APPLIED = Instant.parse("2026-07-01T00:00:03Z");

    private final InMemoryFlagStore memory = InMemoryFlagStore.builder()
            .clock(Clock.fixed(COMMITTED, ZoneOffset.UTC))
            .build();
    private final FaultyStore store = new FaultyStore(memory);
    private final FlagEditor editor = FlagEditor.of(memory, "test");

    @Test
    @DisplayName("each commit that comes into force, with when it was committed and when that was")
    void commits() {
        List<Commit> heard = new CopyOnWriteArrayList<>();
        editor.set("before", true);
        try (FeatureFlags flags = FeatureFlags.builder(store)
                .clock(Clock.fixed(APPLIED, ZoneOffset.UTC))
                .listener(new FlagsListener() {
                    @Override
                    public void commitApplied(Revision revision, Instant committed, Instant applied) {
                        heard.add(new Commit(revision, committed, applied));
                    }
                })
                .build()) {
            Revision first = editor.set("a", true);
            Revision second = editor.set("b", true);

            await().untilAsserted(() -> assertThat(heard)
                    .containsExactly(new Commit(first, COMMITTED, APPLIED), new Commit(second, COMMITTED, APPLIED)));
            assertThat(flags.counts()).isEqualTo(new ClientCounts(Map.of(), 0));
        }
    }

    @Test
    @DisplayName("how often everything was loaded again because the log did not continue, by cause")
    void reloads() {
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            store.forgetOneCommit();
            editor.set("a", true);
            editor.set("b", true);
            await().until(() -> flags.counts().reloads().equals(Map.of(Cause.DIVERGED, 1L)));

            InMemoryFlagStore other = new InMemoryFlagStore();
            FlagEditor.of(other, "test").set("c", true);
            store.replaceWith(other);
            await().until(() -> flags.isEnabled("c"));

            await().until(() -> flags.counts().reloads().equals(Map.of(Cause.DIVERGED, 1L, Cause.OTHER_EPOCH, 1L)));
        }
    }

    @Test
    @DisplayName("how often listeners have thrown, those of changes and those of evaluations")
    void listenerFailures() {
        try (FeatureFlags flags = FeatureFlags.builder(store)
                .listener(new FlagsListener() {
                    @Override
                    public void flagsChanged(Revision revision, Set<String> changed) {
                        throw new IllegalStateException("broken");
                    }
                })
                .evaluationListener((evaluation, context) -> {
                    throw new IllegalStateException("broken");
                })
                .build()) {
            assertThat(flags.counts().listenerFailures()).isEqualTo(1);

            flags.isEnabled("a");
            flags.snapshot().isEnabled("a", EvaluationContext.EMPTY);
            assertThat(flags.counts().listenerFailures()).isEqualTo(3);

            editor.set("a", true);
            await().until(() -> flags.counts().listenerFailures() == 4);
        }
    }

    @Test
    @DisplayName("no single commits to a listener that so much waits for that it is merged, but all flags")
    void merged() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        Set<String> changed = ConcurrentHashMap.newKeySet();
        AtomicInteger commits = new AtomicInteger();
        Listeners listeners = new Listeners("test", List.of(new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> flags) {
                called.countDown();
                Uninterruptibles.awaitUninterruptibly(released);
                changed.addAll(flags);
            }

            @Override
            public void commitApplied(Revision revision, Instant committed, Instant applied) {
                commits.incrementAndGet();
            }
        }));
        Revision revision = Revision.NONE.next("change");
        CommittedChange change = new CommittedChange(revision, "", COMMITTED, "test", null, List.of());
        listeners.start();
        listeners.tell(new News.OfFlags(revision, Set.of("first")));
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 700; i++) {
            listeners.tell(new News.OfFlags(revision, Set.of("flag-" + i)));
            listeners.tell(News.OfCommits.of(List.of(change), APPLIED));
        }
        released.countDown();

        await().untilAsserted(() -> assertThat(changed).hasSize(701));
        listeners.close();
        assertThat(commits.get()).isBetween(1, 699);
    }

    private record Commit(Revision revision, Instant committed, Instant applied) {}
}
