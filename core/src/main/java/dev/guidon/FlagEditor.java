package dev.guidon;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStore;
import dev.guidon.store.VersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes flags and segments in somebody's name.
 *
 * <pre>{@code
 * FlagEditor editor = FlagEditor.of(store, "ada@example.com");
 * editor.set("dark-mode", true);
 * editor.because("INC-42").disable("new-checkout");
 * editor.batch(changes -> changes.enable("a").update("b", flag -> flag.withRules(rule)));
 * }</pre>
 *
 * <p>Each call commits one change set, whole or not at all, against the versions that it read; when somebody else was faster, it is
 * made again from what they wrote, so no edit is lost. A call that would change nothing commits nothing. What is refused, is refused
 * with an {@link InvalidChangeException} that names every problem: an invalid definition, a cycle, a reference to something that does
 * not exist or is archived.
 *
 * <p>All methods throw {@link dev.guidon.store.FlagStoreException} if the store cannot be reached; it is not known then whether the
 * change happened. To be able to repeat it safely, {@link #prepare} the change set and commit it to the store as often as needed.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class FlagEditor {

    private static final int MOST_ATTEMPTS = 100;

    private final FlagStore store;
    private final String actor;
    private final @Nullable String reason;
    private final boolean requiringReason;
    private final boolean evenIfReferenced;

    private FlagEditor(
            FlagStore store, String actor, @Nullable String reason, boolean requiringReason, boolean evenIfReferenced) {
        this.store = store;
        this.actor = actor;
        this.reason = reason;
        this.requiringReason = requiringReason;
        this.evenIfReferenced = evenIfReferenced;
    }

    /**
     * An editor for somebody.
     *
     * @param store where the definitions are
     * @param actor who makes the changes, for example a user's name; not blank, at most 128 characters
     * @return the editor
     */
    public static FlagEditor of(FlagStore store, String actor) {
        if (actor.isBlank()) {
            throw new InvalidChangeException(List.of(Problem.at("actor", actor, "the name of who makes the change")));
        }
        return new FlagEditor(store, actor, null, false, false);
    }

    /**
     * An editor that gives a reason.
     *
     * @param why the reason, for example a ticket; at most 4,096 characters
     * @return a new editor
     */
    public FlagEditor because(String why) {
        return new FlagEditor(store, actor, why, requiringReason, evenIfReferenced);
    }

    /** {@return a new editor that refuses changes without a reason} */
    public FlagEditor requiringReason() {
        return new FlagEditor(store, actor, reason, true, evenIfReferenced);
    }

    /** {@return a new editor that also deletes and archives what others refer to, and writes references to what is not there} */
    public FlagEditor evenIfReferenced() {
        return new FlagEditor(store, actor, reason, requiringReason, true);
    }

    /**
     * Makes a boolean flag on or off, creating it if there is none.
     *
     * @param key the flag's key
     * @param enabled whether it is on
     * @return the revision at which that holds
     */
    public Revision set(String key, boolean enabled) {
        return batch(changes -> changes.set(key, enabled));
    }

    /**
     * Creates a flag or a segment.
     *
     * @param definition the definition; refused if there is one with this key
     * @return the revision at which that holds
     */
    public Revision create(Definition definition) {
        return batch(changes -> changes.create(definition));
    }

    /**
     * Creates or replaces a flag or a segment, also one that is malformed.
     *
     * @param definition the definition
     * @return the revision at which that holds
     */
    public Revision put(Definition definition) {
        return batch(changes -> changes.put(definition));
    }

    /**
     * Replaces a flag or a segment if it still is the version that was read.
     *
     * @param definition the definition
     * @param expectedVersion the version that it replaces, as it was read; {@link Version#NONE} to create it
     * @return the revision at which that holds
     * @throws VersionConflictException if it has another version
     */
    public Revision put(Definition definition, Version expectedVersion) {
        return batch(changes -> changes.put(definition, expectedVersion));
    }

    /**
     * Edits a flag.
     *
     * @param key the flag's key; refused if there is none or it is malformed
     * @param edit makes the new flag from the old one; may be called again if somebody else was faster
     * @return the revision at which that holds
     */
    public Revision update(String key, UnaryOperator<Flag> edit) {
        return batch(changes -> changes.update(key, edit));
    }

    /**
     * Edits a segment.
     *
     * @param key the segment's key; refused if there is none or it is malformed
     * @param edit makes the new segment from the old one; may be called again if somebody else was faster
     * @return the revision at which that holds
     */
    public Revision updateSegment(String key, UnaryOperator<Segment> edit) {
        return batch(changes -> changes.updateSegment(key, edit));
    }

    /**
     * Enables a flag.
     *
     * @param key the flag's key
     * @return the revision at which that holds
     */
    public Revision enable(String key) {
        return batch(changes -> changes.enable(key));
    }

    /**
     * Disables a flag: everybody gets its off variant.
     *
     * @param key the flag's key
     * @return the revision at which that holds
     */
    public Revision disable(String key) {
        return batch(changes -> changes.disable(key));
    }

    /**
     * Archives a flag: it answers as if disabled, and can be restored.
     *
     * @param key the flag's key; refused if others refer to it, unless {@link #evenIfReferenced()}
     * @return the revision at which that holds
     */
    public Revision archive(String key) {
        return batch(changes -> changes.archive(key));
    }

    /**
     * Restores a flag that was archived.
     *
     * @param key the flag's key
     * @return the revision at which that holds
     */
    public Revision restore(String key) {
        return batch(changes -> changes.restore(key));
    }

    /**
     * Deletes a flag.
     *
     * @param key the flag's key; refused if there is none, or others refer to it, unless {@link #evenIfReferenced()}
     * @return the revision at which that holds
     */
    public Revision delete(String key) {
        return batch(changes -> changes.delete(key));
    }

    /**
     * Deletes a segment.
     *
     * @param key the segment's key; refused if there is none, or others refer to it, unless {@link #evenIfReferenced()}
     * @return the revision at which that holds
     */
    public Revision deleteSegment(String key) {
        return batch(changes -> changes.deleteSegment(key));
    }

    /**
     * Makes several changes at once, as one change set.
     *
     * @param edits adds the changes; may be called again if somebody else was faster
     * @return the revision at which they all hold
     */
    public Revision batch(Consumer<FlagChanges> edits) {
        VersionConflictException conflict = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            FlagChanges changes = made(edits);
            Optional<ChangeSet> changeSet = checked(changes);
            if (changeSet.isEmpty()) {
                return changes.before().revision();
            }
            try {
                return store.commit(changeSet.get()).revision();
            } catch (VersionConflictException moved) {
                if (changes.isPinned()) {
                    throw moved;
                }
                conflict = moved;
            }
        }
        throw conflict == null ? new IllegalStateException("no attempt was made") : conflict;
    }

    /**
     * Checks changes against what the store holds now, without committing them. The change set can be committed to the store; repeating
     * that is safe.
     *
     * @param edits adds the changes
     * @return the change set; empty if nothing would change
     */
    public Optional<ChangeSet> prepare(Consumer<FlagChanges> edits) {
        return checked(made(edits));
    }

    private FlagChanges made(Consumer<FlagChanges> edits) {
        if (requiringReason && (reason == null || reason.isBlank())) {
            throw new InvalidChangeException(List.of(Problem.at("reason", reason, "why the change is made")));
        }
        FlagChanges changes = new FlagChanges(store.load());
        edits.accept(changes);
        return changes;
    }

    private Optional<ChangeSet> checked(FlagChanges changes) {
        if (changes.changes().isEmpty()) {
            return Optional.empty();
        }
        Integrity.check(changes.before(), changes.after(), changes.written(), evenIfReferenced);
        return Optional.of(ChangeSet.of(actor, reason, changes.changes()));
    }
}
