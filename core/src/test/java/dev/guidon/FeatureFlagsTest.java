package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Reason;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.InMemoryFlagStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FeatureFlagsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final EvaluationContext ADA = EvaluationContext.of("ada");

    private final FaultyStore store = new FaultyStore(new InMemoryFlagStore());
    private final FlagEditor editor = FlagEditor.of(store.healthy(), "test");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable one : opened) {
            one.close();
        }
        store.close();
    }

    @Test
    @DisplayName("the simplest use: a boolean flag without a context, unknown means off")
    void answersBooleans() {
        editor.set("dark-mode", true);
        FeatureFlags flags = opened(FeatureFlags.of(store));

        assertThat(flags.isEnabled("dark-mode")).isTrue();
        assertThat(flags.isEnabled("dark-mode", ADA)).isTrue();
        assertThat(flags.isEnabled("unknown")).isFalse();
        assertThat(flags.getBooleanValue("unknown", true)).isTrue();
        assertThat(flags.status().state()).isEqualTo(State.READY);
    }

    @Test
    @DisplayName("every type has a value and details, with and without a context")
    void answersEveryType() {
        FlagValue json = new FlagValue.Obj(Map.of("limit", FlagValue.of(3)));
        editor.batch(changes -> changes.create(one("text", FlagType.STRING, FlagValue.of("v1")))
                .create(one("whole", FlagType.NUMBER, FlagValue.of(7)))
                .create(one("fraction", FlagType.NUMBER, new FlagValue.Number(new BigDecimal("1.5"))))
                .create(one("json", FlagType.JSON, json)));
        FeatureFlags flags = opened(FeatureFlags.of(store));

        assertThat(flags.getStringValue("text", "d")).isEqualTo("v1");
        assertThat(flags.getStringDetails("text", "d", ADA).variant()).isEqualTo("only");
        assertThat(flags.getIntegerValue("whole", 0)).isEqualTo(7);
        assertThat(flags.getIntegerDetails("fraction", 9, ADA))
                .isEqualTo(new Evaluation<>(
                        "fraction",
                        9,
                        null,
                        Reason.ERROR,
                        null,
                        null,
                        ErrorCode.TYPE_MISMATCH,
                        "the flag 'fraction' serves 1.5, which is not an integer of 32 bits"));
        assertThat(flags.getLongValue("whole", 0L)).isEqualTo(7L);
        assertThat(flags.getLongDetails("whole", 0L, ADA).reason()).isEqualTo(Reason.STATIC);
        assertThat(flags.getDoubleValue("fraction", 0)).isEqualTo(1.5);
        assertThat(flags.getDoubleDetails("whole", 0, ADA).value()).isEqualTo(7.0);
        assertThat(flags.getObjectValue("json", FlagValue.NULL)).isEqualTo(json);
        assertThat(flags.getObjectDetails("json", FlagValue.NULL, ADA).value()).isEqualTo(json);
        assertThat(flags.getBooleanDetails("text", true, ADA).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(flags.evaluate("whole", ADA).value()).isEqualTo(FlagValue.of(7));
        assertThat(flags.explain("whole", ADA).toString()).contains("whole -> only = 7 (STATIC)");
    }

    @Test
    @DisplayName("a committed change is in force as soon as await returns")
    void followsChanges() throws Exception {
        FeatureFlags flags = opened(FeatureFlags.of(store));

        Revision on = editor.set("a", true);
        assertThat(flags.await(on, SOON)).isTrue();
        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.revision()).isEqualTo(on);

        Revision gone = editor.delete("a");
        assertThat(flags.await(gone, SOON)).isTrue();
        assertThat(flags.isEnabled("a")).isFalse();
        assertThat(flags.await(gone.next("x"), Duration.ofMillis(20))).isFalse();
    }

    @Test
    @DisplayName("a snapshot stays at its revision while the flags move on")
    void snapshotsStay() throws Exception {
        editor.set("a", true);
        FeatureFlags flags = opened(FeatureFlags.of(store));
        Snapshot before = flags.snapshot();

        flags.await(editor.set("a", false), SOON);

        assertThat(before.isEnabled("a")).isTrue();
        assertThat(flags.isEnabled("a")).isFalse();
    }

    @Test
    @DisplayName("a change names the flags that were edited and all that depend on them")
    void changesNameDependents() {
        editor.batch(changes -> changes.create(
                        Segment.of("staff", Attribute.of("role").equalTo("staff")))
                .set("base", true)
                .create(Flag.bool("child", true).withPrerequisites(new Prerequisite("base", List.of("on"))))
                .create(Flag.bool("grandchild", true).withPrerequisites(new Prerequisite("child", List.of("on"))))
                .create(Flag.bool("targeted", true).withRules(new Rule("r", new Condition.InSegment("staff"), "off")))
                .set("other", true));
        Recorder recorder = new Recorder();
        opened(FeatureFlags.builder(store).listener(recorder).build());
        assertThat(recorder.changes).containsExactly(Set.of("base", "child", "grandchild", "targeted", "other"));

        editor.disable("base");
        await().until(() -> recorder.changes.size() == 2);
        editor.updateSegment("staff", segment -> segment.withRules(List.of()));
        await().until(() -> recorder.changes.size() == 3);

        assertThat(recorder.changes.get(1)).containsExactlyInAnyOrder("base", "child", "grandchild");
        assertThat(recorder.changes.get(2)).containsExactly("targeted");
    }

    @Test
    @DisplayName("listeners that throw disturb neither evaluation, nor changes, nor other listeners")
    void survivesListeners() throws Exception {
        Recorder recorder = new Recorder();
        List<Evaluation<?>> heard = new CopyOnWriteArrayList<>();
        FeatureFlags flags = opened(FeatureFlags.builder(store)
                .listener(new FlagsListener() {
                    @Override
                    public void flagsChanged(Revision revision, Set<String> changed) {
                        throw new IllegalStateException("broken");
                    }
                })
                .listener(recorder)
                .evaluationListener((evaluation, context) -> {
                    throw new IllegalStateException("broken");
                })
                .evaluationListener((evaluation, context) -> heard.add(evaluation))
                .build());

        flags.await(editor.set("a", true), SOON);

        assertThat(flags.isEnabled("a", ADA)).isTrue();
        assertThat(flags.snapshot().getStringValue("unknown", "d", ADA)).isEqualTo("d");
        assertThat(heard).extracting(Evaluation::flagKey).containsExactly("a", "unknown");
        await().untilAsserted(() -> assertThat(recorder.changes).contains(Set.of("a")));
    }

    @Test
    @DisplayName("a listener that does not return delays no change of the flags, and hears of all of them afterwards")
    void isNotDelayedByListeners() throws Exception {
        FeatureFlags flags = opened(FeatureFlags.of(store));
        CountDownLatch released = new CountDownLatch(1);
        Set<String> heard = ConcurrentHashMap.newKeySet();
        flags.addListener(new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> changed) {
                Uninterruptibles.awaitUninterruptibly(released);
                heard.addAll(changed);
            }
        });

        for (String key : List.of("a", "b", "c")) {
            assertThat(flags.await(editor.set(key, true), SOON)).isTrue();
        }
        assertThat(heard).isEmpty();
        released.countDown();

        await().untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("a", "b", "c"));
    }

    @Test
    @DisplayName("a listener that was removed hears nothing more")
    void removesListeners() throws Exception {
        FeatureFlags flags = opened(FeatureFlags.of(store));
        Recorder removed = new Recorder();
        Recorder kept = new Recorder();
        flags.addListener(removed);
        flags.addListener(kept);
        flags.removeListener(removed);

        flags.await(editor.set("a", true), SOON);

        await().until(() -> !kept.changes.isEmpty());
        assertThat(removed.changes).isEmpty();
    }

    @Test
    @DisplayName("without a first load every flag answers the default and says so, and heals by itself")
    void startsWithoutStore() {
        editor.set("a", true);
        store.breakWith("no route to the store");
        Recorder recorder = new Recorder();
        FeatureFlags flags =
                opened(FeatureFlags.builder(store).listener(recorder).build());

        assertThat(flags.status().state()).isEqualTo(State.ERROR);
        assertThat(flags.status().problem()).contains("no route");
        assertThat(flags.isEnabled("a")).isFalse();
        assertThat(flags.getBooleanDetails("a", true, ADA).errorCode()).isEqualTo(ErrorCode.PROVIDER_NOT_READY);

        store.repair();

        await().until(() -> flags.isEnabled("a"));
        await().untilAsserted(() -> assertThat(recorder.states).containsExactly(State.ERROR, State.READY));
    }

    @Test
    @DisplayName("an outage leaves every answer and its details as they were, and is told by the status alone")
    void survivesOutages() {
        editor.set("a", true);
        FeatureFlags flags = opened(FeatureFlags.of(store));
        Evaluation<Boolean> before = flags.getBooleanDetails("a", false, ADA);

        store.breakWith("connection reset");
        await().until(() -> flags.status().state() == State.STALE);

        assertThat(flags.status().problem()).contains("connection reset");
        assertThat(flags.getBooleanDetails("a", false, ADA)).isSameAs(before);

        store.repair();
        editor.set("a", false);
        await().until(() -> !flags.isEnabled("a"));
        await().until(() -> flags.status().state() == State.READY);
    }

    @Test
    @DisplayName("a gap in the log, a commit that does not follow, and another epoch lead to a full load")
    void repairsGaps() {
        editor.set("a", true);
        FeatureFlags flags = opened(FeatureFlags.of(store));

        store.replaceWith(InMemoryFlagStore.builder()
                .definitions(Definitions.of(Flag.bool("a", false), Flag.bool("b", true)))
                .build());

        await().until(() -> flags.isEnabled("b"));
        assertThat(flags.isEnabled("a")).isFalse();

        store.forgetOneCommit();
        FlagEditor.of(store.healthy(), "test").set("c", true);
        FlagEditor.of(store.healthy(), "test").set("d", true);
        await().until(() -> flags.isEnabled("c") && flags.isEnabled("d"));
    }

    @Test
    @DisplayName("a store that is not well makes the flags stale although they can be read")
    void tellsStoreProblems() {
        FeatureFlags flags = opened(FeatureFlags.of(store));

        store.degrade("flags.yaml:3:7 cannot be read");
        await().until(() -> flags.status().state() == State.STALE);
        assertThat(flags.status().problem()).contains("flags.yaml:3:7");

        store.degrade(null);
        await().until(() -> flags.status().state() == State.READY);
    }

    @Test
    @DisplayName("closing ends the thread, keeps the answers, and can be done twice")
    void closes() {
        editor.set("a", true);
        FeatureFlags flags = FeatureFlags.of(store);

        assertThat(flags.isClosed()).isFalse();
        flags.close();
        flags.close();
        assertThat(flags.isClosed()).isTrue();

        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.status().state()).isEqualTo(State.NOT_READY);
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.equals("guidon-" + store.namespace() + "-follower")));
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private static Flag one(String key, FlagType type, FlagValue value) {
        return Flag.of(key, type, Map.of("only", value), null).withFallthrough(Serve.variant("only"));
    }

    private static final class Recorder implements FlagsListener {
        private final List<Set<String>> changes = new CopyOnWriteArrayList<>();
        private final List<State> states = new CopyOnWriteArrayList<>();

        @Override
        public void flagsChanged(Revision revision, Set<String> flags) {
            changes.add(flags);
        }

        @Override
        public void statusChanged(ClientStatus status) {
            states.add(status.state());
        }
    }
}
