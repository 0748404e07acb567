package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.About;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import dev.guidon.store.VersionConflictException;
import dev.guidon.store.VersionConflictException.Conflict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A change set is committed whole or not at all, and once. */
abstract class CommitContract extends LoadContract {

    @Test
    @DisplayName("a commit makes exactly the next revision, with the change set's id")
    void nextRevision() {
        Revision before = store.load().revision();
        for (int i = 0; i < 5; i++) {
            ChangeSet changeSet = set(put(Flag.bool("flag-" + i, true)));

            CommittedChange commit = store.commit(changeSet);

            assertThat(commit.revision()).isEqualTo(before.next(changeSet.id()));
            assertThat(commit.previousChangeSet()).isEqualTo(before.changeSet());
            assertThat(store.load().revision()).isEqualTo(commit.revision());
            before = commit.revision();
        }
    }

    @Test
    @DisplayName("a commit tells what each definition was before and is after, in the order of the change set")
    void edits() {
        CommittedChange first = store.commit(set(put(Flag.bool("gone", true)), put(Flag.bool("changed", false))));

        CommittedChange commit = store.commit(
                set(put(Segment.of("new")), remove("gone", first), put(Flag.bool("changed", true), first)));

        assertThat(commit.edits())
                .containsExactly(
                        new Edit(DefinitionKey.segment("new"), null, versioned(Segment.of("new"), commit)),
                        new Edit(DefinitionKey.flag("gone"), versioned(Flag.bool("gone", true), first), null),
                        new Edit(
                                DefinitionKey.flag("changed"),
                                versioned(Flag.bool("changed", false), first),
                                versioned(Flag.bool("changed", true), commit)));
    }

    @Test
    @DisplayName(
            "actor and reason are kept as they are given, and the instant of the commit is told everywhere the same")
    void provenance() throws Exception {
        Revision start = beginning(store);
        CommittedChange first = store.commit(new ChangeSet(
                "id \u00e9/1",
                "j\u00fcrgen \uD83D\uDE00",
                "because:\n\"it\"",
                set(put(Flag.bool("a", true))).changes()));
        CommittedChange second = store.commit(
                new ChangeSet("2", "system:test", null, set(remove("a", first)).changes()));

        assertThat(first.revision().changeSet()).isEqualTo("id \u00e9/1");
        assertThat(first.actor()).isEqualTo("j\u00fcrgen \uD83D\uDE00");
        assertThat(first.reason()).isEqualTo("because:\n\"it\"");
        assertThat(second.reason()).isNull();
        assertThat(after(another(), start)).containsExactly(first, second);
    }

    @Test
    @DisplayName("a definition beyond the size limit is refused, and with it all of its change set")
    void beyondTheLimit() {
        create(store, "a");
        Definitions before = store.load();
        About endless = new About("x".repeat(Limit.DEFINITION_BYTES.most()), null, null, List.of(), null);
        Flag large = Flag.bool("large", true).withAbout(endless);

        assertThatThrownBy(() -> store.commit(set(put(Flag.bool("b", true)), put(large))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Limit.DEFINITION_BYTES.text());

        assertThat(store.load()).isEqualTo(before);
        create(store, "c");
    }

    @Test
    @DisplayName("a definition is created only if there is none")
    void created() {
        Version found = Version.of(create(store, "a").revision());
        Definitions before = store.load();

        VersionConflictException refused =
                catchThrowableOfType(VersionConflictException.class, () -> create(store, "a"));

        assertThat(refused.conflicts()).containsExactly(new Conflict(DefinitionKey.flag("a"), Version.NONE, found));
        assertThat(store.load()).isEqualTo(before);
    }

    @Test
    @DisplayName("a definition is replaced only in the version that is expected")
    void replaced() {
        CommittedChange first = create(store, "a");
        store.commit(set(put(Flag.bool("a", false), first)));

        for (Version expected :
                List.of(Version.NONE, Version.of(first.revision()), foreign(1), foreign(2), foreign(3))) {
            assertThatThrownBy(() -> store.commit(set(put(Flag.bool("a", true), expected))))
                    .isInstanceOf(VersionConflictException.class);
        }
        assertThat(store.load().flag("a")).contains(Flag.bool("a", false));
        assertThat(store.load().revision().number()).isEqualTo(2);
    }

    @Test
    @DisplayName("a definition is removed only in the version that is expected, and only if it is there")
    void removed() {
        CommittedChange first = create(store, "a");

        for (Change wrong : List.of(remove("a", foreign(1)), remove("a", foreign(2)), remove("b", first))) {
            assertThatThrownBy(() -> store.commit(set(wrong))).isInstanceOf(VersionConflictException.class);
        }
        store.commit(set(remove("a", first)));

        assertThat(store.load().flags()).isEmpty();
        assertThatThrownBy(() -> store.commit(set(remove("a", first)))).isInstanceOf(VersionConflictException.class);
    }

    @Test
    @DisplayName("a definition that was removed and created again has a version that it never had")
    void versionsAreNotReused() {
        CommittedChange first = create(store, "a");
        store.commit(set(remove("a", first)));
        CommittedChange again = create(store, "a");

        assertThat(stored(store, DefinitionKey.flag("a")).version())
                .isEqualTo(new Version(3, again.revision().changeSet()));
        assertThatThrownBy(() -> store.commit(set(put(Flag.bool("a", false), first))))
                .isInstanceOf(VersionConflictException.class);
    }

    @Test
    @DisplayName("a conflict in the last change leaves nothing of the whole change set")
    void atomic() throws Exception {
        CommittedChange a = create(store, "a");
        CommittedChange b = create(store, "b");
        Definitions before = another().load();
        ChangeSet changeSet = set(
                put(Flag.bool("new", true)),
                put(Flag.bool("a", false), a),
                remove("b", b),
                put(Segment.of("s"), foreign(9)));

        assertThatThrownBy(() -> store.commit(changeSet)).isInstanceOf(VersionConflictException.class);

        assertThat(another().load()).isEqualTo(before);
        assertThat(after(store, before.revision())).isEmpty();
    }

    @Test
    @DisplayName("all conflicts are named at once, with the versions expected and found")
    void allConflicts() {
        Version found = Version.of(create(store, "a").revision());

        VersionConflictException refused = catchThrowableOfType(
                VersionConflictException.class,
                () -> store.commit(set(
                        put(Flag.bool("a", true)),
                        put(Flag.bool("fine", true)),
                        remove("gone", foreign(4)),
                        put(Segment.of("a"), foreign(2)))));

        assertThat(refused.conflicts())
                .containsExactlyInAnyOrder(
                        new Conflict(DefinitionKey.flag("a"), Version.NONE, found),
                        new Conflict(DefinitionKey.flag("gone"), foreign(4), Version.NONE),
                        new Conflict(DefinitionKey.segment("a"), foreign(2), Version.NONE));
        assertThat(refused.getMessage()).contains("flag/a", "flag/gone", "segment/a");
    }

    @Test
    @DisplayName("a change set that is committed again gives its first commit and changes nothing, on every connection")
    void repeated() throws Exception {
        ChangeSet changeSet = set(put(Flag.bool("a", true)));
        CommittedChange first = store.commit(changeSet);
        assertThat(store.commit(changeSet)).isEqualTo(first);
        store.commit(set(remove("a", first)));
        Definitions before = store.load();

        assertThat(store.commit(changeSet)).isEqualTo(first);
        assertThat(another().commit(changeSet)).isEqualTo(first);
        assertThat(store.commit(new ChangeSet(
                        changeSet.id(),
                        "bob",
                        null,
                        set(put(Flag.bool("x", true))).changes())))
                .isEqualTo(first);
        assertThat(store.load()).isEqualTo(before);
    }

    @Test
    @DisplayName("a change set that was refused is not remembered: the same id can be committed later")
    void refusedIsNotRemembered() {
        ChangeSet creating = set(put(Flag.bool("a", true)));
        Version expected = new Version(1, creating.id());
        ChangeSet changeSet = set(put(Flag.bool("b", true)), put(Flag.bool("a", false), expected));
        assertThatThrownBy(() -> store.commit(changeSet)).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> store.commit(changeSet)).isInstanceOf(VersionConflictException.class);
        store.commit(creating);

        CommittedChange commit = store.commit(changeSet);

        assertThat(commit.revision().number()).isEqualTo(2);
        assertThat(commit.revision().changeSet()).isEqualTo(changeSet.id());
        assertThat(store.load().flags().keySet()).isEqualTo(java.util.Set.copyOf(List.of("a", "b")));
    }
}
