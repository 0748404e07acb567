package dev.guidon;

import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Truth;
import dev.guidon.store.CommittedChange;
import java.util.List;
import java.util.TreeMap;

/**
 * Which revisions the snapshot in force is made of, as far as its follower has seen them: the one that was loaded, and those of the commits
 * that were applied since. Not safe for use by several threads.
 */
final class Lineage {

    private static final int MOST = 1_000;

    private final TreeMap<Long, String> changeSets = new TreeMap<>();
    private Revision newest = Revision.NONE;

    /** Everything was loaded: what came before the revision is not known. */
    void load(Revision revision) {
        if (!revision.equals(newest)) {
            changeSets.clear();
            add(revision);
        }
    }

    /** Commits were applied, of which the first follows the newest revision. */
    void apply(List<CommittedChange> commits) {
        commits.forEach(commit -> add(commit.revision()));
    }

    private void add(Revision revision) {
        newest = revision;
        changeSets.put(revision.number(), revision.changeSet());
        if (changeSets.size() > MOST) {
            changeSets.pollFirstEntry();
        }
    }

    /** Whether the newest revision is this one or came after it. A number that another change set made is another revision. */
    Truth holds(Revision revision) {
        if (!revision.epoch().equals(newest.epoch()) || revision.number() > newest.number()) {
            return Truth.FALSE;
        }
        String known = revision.number() == 0 ? "" : changeSets.get(revision.number());
        return known == null ? Truth.UNKNOWN : Truth.of(known.equals(revision.changeSet()));
    }
}
