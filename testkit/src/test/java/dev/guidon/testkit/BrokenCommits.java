package dev.guidon.testkit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.VersionConflictException;
import dev.guidon.store.VersionConflictException.Conflict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Stores of which each breaks one promise about commits, as real ones have done. */
final class BrokenCommits {

    private BrokenCommits() {}

    private static void pause() {
        LockSupport.parkNanos(300_000);
    }

    /** Compares versions first and writes then, with time between for others to write. */
    static class LosesUpdates extends DelegatingStore {
        private final Map<String, CommittedChange> done = new ConcurrentHashMap<>();

        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            CommittedChange before = done.get(changeSet.id());
            if (before != null) {
                return before;
            }
            List<Conflict> conflicts = conflicts(changeSet);
            if (!conflicts.isEmpty()) {
                throw new VersionConflictException(conflicts);
            }
            pause();
            CommittedChange commit = write(changeSet);
            done.put(changeSet.id(), commit);
            return commit;
        }

        private List<Conflict> conflicts(ChangeSet changeSet) {
            return changeSet.changes().stream()
                    .map(change -> new Conflict(change.id(), change.expectedVersion(), version(change)))
                    .filter(each -> !each.expected().equals(each.found()))
                    .toList();
        }

        private CommittedChange write(ChangeSet changeSet) {
            while (true) {
                try {
                    List<Change> changes = new ArrayList<>();
                    for (Change each : changeSet.changes()) {
                        changes.add(
                                each instanceof Change.Put put
                                        ? new Change.Put(put.definition(), version(each))
                                        : new Change.Remove(each.id(), version(each)));
                    }
                    return good.commit(new ChangeSet(changeSet.id(), changeSet.actor(), changeSet.reason(), changes));
                } catch (VersionConflictException e) {
                    // Write over it all the same.
                }
            }
        }

        private Version version(Change change) {
            Versioned found = good.load().get(change.id());
            return found == null ? Version.NONE : found.version();
        }
    }

    /** Applies one change after the other and stops at the first conflict. */
    static class StopsHalfway extends DelegatingStore {
        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            try {
                return good.commit(changeSet);
            } catch (VersionConflictException e) {
                Set<DefinitionKey> refused = new HashSet<>();
                e.conflicts().forEach(conflict -> refused.add(conflict.id()));
                List<Change> fine = changeSet.changes().stream()
                        .takeWhile(change -> !refused.contains(change.id()))
                        .toList();
                if (!fine.isEmpty()) {
                    good.commit(ChangeSet.of(changeSet.actor(), changeSet.reason(), fine));
                }
                throw e;
            }
        }
    }

    /** Does not remember change sets. */
    static class CommitsTwice extends DelegatingStore {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            String id = seen.add(changeSet.id())
                    ? changeSet.id()
                    : UUID.randomUUID().toString();
            return good.commit(new ChangeSet(id, changeSet.actor(), changeSet.reason(), changeSet.changes()));
        }
    }

    /** Remembers a change set before it knows whether it will be refused. */
    static class RemembersRefusals extends DelegatingStore {
        private final Map<String, VersionConflictException> refused = new ConcurrentHashMap<>();

        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            VersionConflictException before = refused.get(changeSet.id());
            if (before != null) {
                throw before;
            }
            try {
                return good.commit(changeSet);
            } catch (VersionConflictException e) {
                refused.put(changeSet.id(), e);
                throw e;
            }
        }
    }

    /** Names the first conflict and leaves the others for the next attempt. */
    static class NamesOneConflict extends DelegatingStore {
        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            try {
                return good.commit(changeSet);
            } catch (VersionConflictException e) {
                throw new VersionConflictException(e.conflicts().subList(0, 1));
            }
        }
    }

    /** Parses and writes anew what it should only keep. */
    static class Normalises extends DelegatingStore {
        @Override
        public CommittedChange commit(ChangeSet changeSet) {
            List<Change> changes = new ArrayList<>();
            for (Change each : changeSet.changes()) {
                changes.add(
                        each instanceof Change.Put put
                                ? new Change.Put(normalised(put.definition()), put.expectedVersion())
                                : each);
            }
            return good.commit(new ChangeSet(changeSet.id(), changeSet.actor(), changeSet.reason(), changes));
        }

        private static Definition normalised(Definition definition) {
            return definition instanceof Malformed malformed
                    ? FlagFormat.read(malformed.id(), malformed.raw().strip().replace(" ", ""))
                    : definition;
        }
    }
}
