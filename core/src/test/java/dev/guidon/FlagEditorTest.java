package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Version;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FlagEditorTest {

    private final InMemoryFlagStore store = new InMemoryFlagStore();
    private final FlagEditor editor = FlagEditor.of(store, "ada");

    @Test
    @DisplayName("setting a boolean flag creates it, flips it, and commits nothing when it already is so")
    void setsBooleanFlags() {
        Revision created = editor.set("dark-mode", true);
        Revision flipped = editor.set("dark-mode", false);
        Revision same = editor.set("dark-mode", false);

        assertThat(created.number()).isEqualTo(1);
        assertThat(flipped.number()).isEqualTo(2);
        assertThat(same).isEqualTo(flipped);
        assertThat(flag("dark-mode").enabled()).isFalse();
    }

    @Test
    @DisplayName("every commit carries the actor and the reason, and before and after of what it changed")
    void commitsCarryActorAndReason() throws InterruptedException {
        editor.set("a", true);
        editor.because("INC-42").disable("a");

        CommittedChange change = log().get(1);

        assertThat(change.actor()).isEqualTo("ada");
        assertThat(change.reason()).isEqualTo("INC-42");
        assertThat(change.edits()).singleElement().satisfies(edit -> {
            assertThat(edit.before().definition()).isEqualTo(Flag.bool("a", true));
            assertThat(edit.after().definition()).isEqualTo(Flag.bool("a", false));
        });
    }

    @Test
    @DisplayName("an editor without an actor, and one that requires a reason and has none, change nothing")
    void refusesAnonymousChanges() {
        assertThatExceptionOfType(InvalidChangeException.class)
                .isThrownBy(() -> FlagEditor.of(store, " "))
                .withMessageContaining("actor");
        assertThatExceptionOfType(InvalidChangeException.class)
                .isThrownBy(() -> editor.requiringReason().set("a", true))
                .withMessageContaining("reason");

        editor.requiringReason().because("asked for").set("a", true);

        assertThat(store.load().flags()).containsOnlyKeys("a");
    }

    @Test
    @DisplayName("enable, disable, archive, restore and delete do what they say")
    void changesTheLifeOfAFlag() {
        editor.create(Flag.bool("a", false));

        editor.enable("a");
        assertThat(flag("a").enabled()).isTrue();
        editor.disable("a");
        assertThat(flag("a").enabled()).isFalse();
        editor.archive("a");
        assertThat(flag("a").archived()).isTrue();
        editor.restore("a");
        assertThat(flag("a").archived()).isFalse();
        editor.delete("a");
        assertThat(store.load().flags()).isEmpty();
    }

    @Test
    @DisplayName("segments are created, edited and deleted")
    void changesSegments() {
        editor.create(Segment.of("staff", Attribute.of("role").equalTo("staff")));
        editor.updateSegment("staff", segment -> segment.withRules(List.of()));

        assertThat(store.load().segment("staff").orElseThrow().rules()).isEmpty();
        editor.deleteSegment("staff");
        assertThat(store.load().segments()).isEmpty();
    }

    @Test
    @DisplayName("creating what exists and editing or deleting what does not exist is refused by name")
    void refusesWhatCannotBeDone() {
        editor.set("a", true);

        refused(() -> editor.create(Flag.bool("a", true)), "flag/a", "existing");
        refused(() -> editor.update("b", flag -> flag), "flag/b", "nothing");
        refused(() -> editor.delete("b"), "flag/b", "nothing");
        refused(() -> editor.deleteSegment("a"), "segment/a", "nothing");
        refused(() -> editor.update("a", flag -> Flag.bool("c", true)), "flag/a", "flag/c");
        refused(() -> editor.set("not a key", true), "flag/not a key.key", "letters");
    }

    @Test
    @DisplayName("an invalid edit is refused with all of its problems, under the flag's name")
    void refusesInvalidEdits() {
        editor.set("a", true);

        refused(
                () -> editor.update(
                        "a",
                        flag -> flag.withRules(
                                new Rule("r", Attribute.of("x").equalTo("1"), "nope"),
                                new Rule("r", Attribute.of("x").equalTo("2"), "neither"))),
                "flag/a.rules[0].serve: found \"nope\"",
                "flag/a.rules[1].serve: found \"neither\"",
                "flag/a.rules[1].id");
        refused(
                () -> editor.update("a", flag -> flag.withRules(new Rule("r", matches("(unclosed"), "on"))),
                "flag/a.rules[0].when.matches[0]",
                "RE2");
    }

    @Test
    @DisplayName("a batch is one change set, in which later changes see earlier ones")
    void batchesChanges() throws InterruptedException {
        editor.batch(changes -> changes.set("a", true)
                .create(Flag.bool("b", true).withPrerequisites(new Prerequisite("a", List.of("on"))))
                .disable("a")
                .set("gone", true)
                .delete("gone"));

        assertThat(log()).hasSize(1);
        assertThat(log().get(0).edits())
                .extracting(edit -> edit.id().toString())
                .containsExactly("flag/a", "flag/b");
        assertThat(flag("a").enabled()).isFalse();
    }

    @Test
    @DisplayName("a batch with one invalid change commits nothing")
    void batchesAreAtomic() {
        refused(() -> editor.batch(changes -> changes.set("a", true).delete("b")), "flag/b");

        assertThat(store.load().flags()).isEmpty();
    }

    @Test
    @DisplayName("cycles are refused, through prerequisites, flag conditions and segments")
    void refusesCycles() {
        editor.set("a", true);
        editor.create(Flag.bool("b", true).withPrerequisites(new Prerequisite("a", List.of("on"))));

        refused(
                () -> editor.update("a", flag -> flag.withRules(new Rule("r", serves("b", "on"), "off"))),
                "flag/a.references",
                "cycle");
        refused(() -> editor.create(Segment.of("s", new Condition.InSegment("s"))), "segment/s.references", "cycle");
        refused(
                () -> editor.evenIfReferenced()
                        .update("a", flag -> flag.withPrerequisites(new Prerequisite("b", List.of("on")))),
                "cycle");
    }

    @Test
    @DisplayName("what others refer to can be deleted or archived only by saying so")
    void keepsReferences() {
        editor.create(Segment.of("staff", Attribute.of("role").equalTo("staff")));
        editor.set("a", true);
        editor.create(Flag.bool("b", true)
                .withPrerequisites(new Prerequisite("a", List.of("on")))
                .withRules(new Rule("r", new Condition.InSegment("staff"), "off")));

        refused(() -> editor.delete("a"), "flag/b.prerequisites[0]", "flag/a");
        refused(() -> editor.archive("a"), "flag/b.prerequisites[0]", "not archived");
        refused(() -> editor.deleteSegment("staff"), "flag/b.rules[0].when.segment", "segment/staff");
        refused(
                () -> editor.put(Flag.of("a", FlagType.STRING, Map.of("x", FlagValue.of("y")), null)),
                "flag/b.prerequisites[0]",
                "\"on\"");

        editor.evenIfReferenced().delete("a");

        assertThat(store.load().flags()).containsOnlyKeys("b");
        editor.disable("b");
        assertThat(flag("b").enabled()).isFalse();
    }

    @Test
    @DisplayName("a reference to what does not exist is refused, but not one that dangled before")
    void refusesNewDanglingReferences() {
        refused(
                () -> editor.create(Flag.bool("b", true).withPrerequisites(new Prerequisite("a", List.of("on")))),
                "flag/b.prerequisites[0]",
                "flag/a");

        editor.evenIfReferenced().create(Flag.bool("b", true).withPrerequisites(new Prerequisite("a", List.of("on"))));
        editor.update("b", flag -> flag.withFallthrough(Serve.variant("off")));

        assertThat(flag("b").fallthrough()).isEqualTo(Serve.variant("off"));
    }

    @Test
    @DisplayName("a malformed definition can be replaced and removed, not edited, and keeps nobody from editing others")
    void replacesMalformedDefinitions() {
        Malformed malformed =
                new Malformed(DefinitionKey.flag("bad"), "{\"type\":7}", List.of(new Problem("type", "7", "a type")));
        InMemoryFlagStore damaged = InMemoryFlagStore.builder()
                .definitions(Definitions.of(malformed, Flag.bool("a", true)))
                .build();
        FlagEditor repair = FlagEditor.of(damaged, "ada");

        refused(() -> repair.enable("bad"), "flag/bad", "malformed");
        refused(() -> repair.put(malformed), "flag/bad", "malformed");
        repair.disable("a");
        assertThat(damaged.load().flags().get("bad").definition()).isEqualTo(malformed);

        repair.put(Flag.bool("bad", true));
        assertThat(damaged.load().flag("bad")).contains(Flag.bool("bad", true));
        repair.delete("bad");
        assertThat(damaged.load().flags()).containsOnlyKeys("a");
    }

    @Test
    @DisplayName("fields that this version does not know survive an edit")
    void keepsUnknownFields() {
        Flag newer = new Flag(
                "a",
                FlagType.BOOLEAN,
                Flag.bool("a", true).about(),
                true,
                false,
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                new Extra(Map.of("holdout", FlagValue.of("2027"))));
        editor.create(newer);

        editor.disable("a");

        assertThat(flag("a").extra().fields()).containsEntry("holdout", FlagValue.of("2027"));
    }

    @Test
    @DisplayName("a named version that has moved is a conflict for the caller, without another attempt")
    void reportsConflicts() {
        editor.set("a", true);
        Version version = store.load().flags().get("a").version();
        Version now = Version.of(editor.set("a", false));

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> editor.put(Flag.bool("a", true), version))
                .withMessageContaining("flag/a: found version " + now + "; expected version " + version);
        assertThat(flag("a").enabled()).isFalse();

        editor.put(Flag.bool("a", true), now);
        assertThat(flag("a").enabled()).isTrue();
    }

    @Test
    @DisplayName("a prepared change set can be committed twice and counts once")
    void preparesForRetry() throws InterruptedException {
        ChangeSet changeSet = editor.prepare(changes -> changes.set("a", true)).orElseThrow();
        assertThat(store.load().flags()).isEmpty();

        CommittedChange first = store.commit(changeSet);
        CommittedChange second = store.commit(changeSet);

        assertThat(second).isEqualTo(first);
        assertThat(log()).hasSize(1);
        assertThat(editor.prepare(changes -> changes.set("a", true))).isEmpty();
    }

    @Test
    @Timeout(60)
    @DisplayName("eight editors that edit one flag at the same time lose no edit")
    void losesNoEdit() throws Exception {
        editor.create(Flag.bool("counted", true));
        int editors = 8;
        int edits = 10;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(editors);

        List<Future<?>> running = IntStream.range(0, editors)
                .<Future<?>>mapToObj(number -> pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < edits; i++) {
                        FlagEditor.of(store, "editor-" + number).update("counted", FlagEditorTest::withOneMoreRule);
                    }
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();

        assertThat(flag("counted").rules()).hasSize(editors * edits);
    }

    private static Flag withOneMoreRule(Flag flag) {
        Rule added = new Rule("r" + flag.rules().size(), Attribute.of("x").equalTo("y"), "off");
        List<Rule> rules = new ArrayList<>(flag.rules());
        rules.add(added);
        return flag.withRules(rules.toArray(new Rule[0]));
    }

    private static Condition matches(String pattern) {
        return new Comparison(Attribute.of("x"), Operator.MATCHES, List.of(FlagValue.of(pattern)));
    }

    private static Condition serves(String flag, String variant) {
        return new Condition.FlagServes(flag, List.of(variant), Extra.NONE);
    }

    private Flag flag(String key) {
        return store.load().flag(key).orElseThrow();
    }

    private List<CommittedChange> log() throws InterruptedException {
        Read read =
                store.changes().read(Revision.initial(store.load().revision().epoch()), 1_000, Duration.ZERO);
        return ((Read.Changes) read).changes();
    }

    private static void refused(ThrowingCallable edit, String... named) {
        assertThatExceptionOfType(InvalidChangeException.class).isThrownBy(edit).satisfies(refusal -> {
            assertThat(refusal.getMessage()).contains(named);
            assertThat(refusal.problems()).isNotEmpty();
        });
    }
}
