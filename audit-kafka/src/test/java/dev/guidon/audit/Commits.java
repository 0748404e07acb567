package dev.guidon.audit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import java.util.Arrays;
import java.util.List;

/** Change sets, and commits that no store has made. */
final class Commits {

    private Commits() {}

    static ChangeSet put(Definition definition, Version expectedVersion) {
        return ChangeSet.of("anna", "a reason", List.of(new Change.Put(definition, expectedVersion)));
    }

    /** {@return a change set that makes flags} */
    static ChangeSet flags(String... keys) {
        return ChangeSet.of(
                "anna",
                "a reason",
                Arrays.stream(keys)
                        .map(key -> new Change.Put(Flag.bool(key, true), Version.NONE))
                        .toList());
    }

    /** {@return a commit that follows a revision and makes a definition} */
    static CommittedChange following(Revision revision, String changeSet, Definition created) {
        Revision next = revision.next(changeSet);
        return new CommittedChange(
                next,
                revision.changeSet(),
                Trail.NOON,
                "anna",
                null,
                List.of(new Edit(created.id(), null, new Versioned(created, Version.of(next)))));
    }
}
