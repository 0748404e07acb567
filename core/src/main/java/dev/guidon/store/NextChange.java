package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.CommittedChange.Edit;
import dev.guidon.store.VersionConflictException.Conflict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A commit that is worked out and not yet made.
 *
 * @param entry the log entry
 * @param definitions the state that it leads to
 */
record NextChange(CommittedChange entry, Definitions definitions) {

    /**
     * Compares versions and works out what a change set does.
     *
     * @throws VersionConflictException naming every definition that has another version than expected
     */
    static NextChange of(ChangeSet changeSet, Definitions current, Instant at) {
        List<Conflict> conflicts = new ArrayList<>();
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        Revision next = current.revision().next(changeSet.id());
        for (Change change : changeSet.changes()) {
            Versioned before = current.get(change.id());
            Version found = before == null ? Version.NONE : before.version();
            if (!found.equals(change.expectedVersion())) {
                conflicts.add(new Conflict(change.id(), change.expectedVersion(), found));
            }
            changed.put(
                    change.id(),
                    change instanceof Change.Put put ? new Versioned(put.definition(), Version.of(next)) : null);
        }
        if (!conflicts.isEmpty()) {
            throw new VersionConflictException(conflicts);
        }
        return of(next, changeSet.actor(), changeSet.reason(), changed, current, at);
    }

    /** Works out a commit that expects no versions. */
    static NextChange of(
            Revision next,
            String actor,
            @Nullable String reason,
            Map<DefinitionKey, @Nullable Versioned> changed,
            Definitions current,
            Instant at) {
        List<Edit> edits = new ArrayList<>();
        changed.forEach((id, after) -> edits.add(new Edit(id, current.get(id), after)));
        CommittedChange entry = new CommittedChange(
                next, current.revision().changeSet(), at.truncatedTo(ChronoUnit.MILLIS), actor, reason, edits);
        return new NextChange(entry, current.with(next, changed));
    }
}
