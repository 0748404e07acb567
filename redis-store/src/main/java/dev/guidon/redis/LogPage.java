package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.store.CommittedChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the stream of changes in their order, be they commits or what others have put there.
 *
 * @param entries the entries
 */
record LogPage(List<Entry> entries) {

    /**
     * An entry.
     *
     * @param id its id in the stream
     * @param change the commit; null if it is none
     */
    record Entry(String id, @Nullable CommittedChange change) {

        /** Ids that no commit can have lie between two commits, and are passed over. */
        boolean isBetween() {
            return !LogPages.isCommits(id);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The first commit; null if there is none. */
    @Nullable
    CommittedChange first() {
        for (Entry entry : entries) {
            if (entry.change() != null) {
                return entry.change();
            }
        }
        return null;
    }

    /** The commits that follow a revision, one after the other, up to what is none. */
    List<CommittedChange> following(Revision revision) {
        List<CommittedChange> changes = new ArrayList<>();
        Revision position = revision;
        for (Entry entry : entries) {
            CommittedChange change = entry.change();
            if (change != null && change.follows(position)) {
                changes.add(change);
                position = change.revision();
            } else if (!entry.isBetween()) {
                break;
            }
        }
        return changes;
    }

    /** Whether {@link #following} is all that there is, but for what lies between. */
    boolean follows(Revision revision) {
        return following(revision).size()
                == entries.stream().filter(entry -> !entry.isBetween()).count();
    }

    /** Whether a commit of the same epoch stands where the next one would, and does not follow. */
    boolean diverges(Revision revision) {
        Revision position = revision;
        for (Entry entry : entries) {
            CommittedChange change = entry.change();
            if (change != null && !change.follows(position)) {
                return change.revision().epoch().equals(position.epoch());
            }
            position = change == null ? position : change.revision();
        }
        return false;
    }

    /** The first entry that is no commit which follows. */
    String strangeId(Revision revision) {
        Revision position = revision;
        for (Entry entry : entries) {
            CommittedChange change = entry.change();
            if (change == null || !change.follows(position)) {
                return entry.id();
            }
            position = change.revision();
        }
        throw new IllegalStateException("all entries follow " + revision);
    }
}
