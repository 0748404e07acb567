package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the change log.
 *
 * @param revision the state that the commit made; it holds the change set's id
 * @param previousChangeSet the change set id of the revision before; empty for the first commit
 * @param at when it was committed, by the store's clock
 * @param actor who made the change
 * @param reason why; null if nobody said
 * @param edits what changed, in the order of the change set
 */
public record CommittedChange(
        Revision revision,
        String previousChangeSet,
        Instant at,
        String actor,
        @Nullable String reason,
        List<Edit> edits) {

    /** Copies the edits. */
    public CommittedChange {
        edits = List.copyOf(edits);
    }

    /**
     * Whether this commit follows a revision directly.
     *
     * @param earlier a revision
     * @return true if it does, by epoch, number and change set id
     */
    public boolean follows(Revision earlier) {
        return revision.epoch().equals(earlier.epoch())
                && revision.number() == earlier.number() + 1
                && previousChangeSet.equals(earlier.changeSet());
    }

    /**
     * What happened to one definition.
     *
     * @param id which definition
     * @param before as it was; null if it was created, or if the change comes from {@link ChangeLog#follow}
     * @param after as it is; null if it was removed
     */
    public record Edit(
            DefinitionKey id,
            @Nullable Versioned before,
            @Nullable Versioned after) {}
}
