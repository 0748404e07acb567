package dev.guidon;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changes of one change set. Each one sees those before it; what they come to is committed. Every method refuses what
 * cannot be done with an {@link InvalidChangeException}. Not safe for use by several threads.
 */
public final class FlagChanges {

    private final Definitions before;
    private final Map<DefinitionKey, @Nullable Definition> after = new LinkedHashMap<>();
    private final Map<DefinitionKey, Version> expected = new HashMap<>();

    FlagChanges(Definitions before) {
        this.before = before;
    }

    /**
     * Makes a boolean flag on or off, creating it if there is none.
     *
     * @param key the flag's key
     * @param enabled whether it is on
     * @return this
     */
    public FlagChanges set(String key, boolean enabled) {
        return current(DefinitionKey.flag(key)) == null
                ? create(valid(DefinitionKey.flag(key), () -> Flag.bool(key, enabled)))
                : update(key, flag -> flag.withEnabled(enabled));
    }

    /**
     * Creates a flag or a segment.
     *
     * @param definition the definition; refused if there is one with this key
     * @return this
     */
    public FlagChanges create(Definition definition) {
        if (current(definition.id()) != null) {
            throw refusal(definition.id(), "an existing definition", "a key that is not taken (put replaces)");
        }
        return put(definition);
    }

    /**
     * Creates or replaces a flag or a segment.
     *
     * @param definition the definition
     * @return this
     */
    public FlagChanges put(Definition definition) {
        if (definition instanceof Malformed malformed) {
            throw refusal(malformed.id(), "a malformed definition: " + malformed.problems(), "a valid one");
        }
        after.put(definition.id(), definition);
        return this;
    }

    /**
     * Replaces a flag or a segment if it still is the version that was read.
     *
     * @param definition the definition
     * @param expectedVersion the version that it replaces, as it was read; {@link Version#NONE} to create it
     * @return this
     */
    public FlagChanges put(Definition definition, Version expectedVersion) {
        expected.put(definition.id(), expectedVersion);
        return put(definition);
    }

    /**
     * Edits a flag.
     *
     * @param key the flag's key; refused if there is none or it is malformed
     * @param edit makes the new flag, with the same key, from the old one
     * @return this
     */
    public FlagChanges update(String key, UnaryOperator<Flag> edit) {
        return edited(DefinitionKey.flag(key), Flag.class, edit);
    }

    /**
     * Edits a segment.
     *
     * @param key the segment's key; refused if there is none or it is malformed
     * @param edit makes the new segment, with the same key, from the old one
     * @return this
     */
    public FlagChanges updateSegment(String key, UnaryOperator<Segment> edit) {
        return edited(DefinitionKey.segment(key), Segment.class, edit);
    }

    /**
     * Enables a flag.
     *
     * @param key the flag's key
     * @return this
     */
    public FlagChanges enable(String key) {
        return update(key, flag -> flag.withEnabled(true));
    }

    /**
     * Disables a flag.
     *
     * @param key the flag's key
     * @return this
     */
    public FlagChanges disable(String key) {
        return update(key, flag -> flag.withEnabled(false));
    }

    /**
     * Archives a flag.
     *
     * @param key the flag's key
     * @return this
     */
    public FlagChanges archive(String key) {
        return update(key, flag -> flag.withArchived(true));
    }

    /**
     * Restores a flag that was archived.
     *
     * @param key the flag's key
     * @return this
     */
    public FlagChanges restore(String key) {
        return update(key, flag -> flag.withArchived(false));
    }

    /**
     * Deletes a flag.
     *
     * @param key the flag's key; refused if there is none
     * @return this
     */
    public FlagChanges delete(String key) {
        return deleted(DefinitionKey.flag(key));
    }

    /**
     * Deletes a segment.
     *
     * @param key the segment's key; refused if there is none
     * @return this
     */
    public FlagChanges deleteSegment(String key) {
        return deleted(DefinitionKey.segment(key));
    }

    Definitions before() {
        return before;
    }

    /** The definitions as they would be, still at the revision and versions from before. */
    Definitions after() {
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        after.forEach((id, definition) ->
                changed.put(id, definition == null ? null : new Versioned(definition, Version.NONE)));
        return before.with(before.revision(), changed);
    }

    /** Whether a caller named the version itself, so that a conflict is the caller's to solve. */
    boolean isPinned() {
        return !expected.isEmpty();
    }

    /** The definitions that are created or replaced. */
    List<Definition> written() {
        return changes().stream()
                .filter(Change.Put.class::isInstance)
                .map(change -> ((Change.Put) change).definition())
                .toList();
    }

    /** The changes that make a difference. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        after.forEach((id, definition) -> {
            Versioned old = before.get(id);
            Version version = expected.getOrDefault(id, old == null ? Version.NONE : old.version());
            if (definition != null) {
                if (old == null || expected.containsKey(id) || !definition.equals(old.definition())) {
                    changes.add(new Change.Put(definition, version));
                }
            } else if (old != null) {
                changes.add(new Change.Remove(id, version));
            }
        });
        return changes;
    }

    private <T extends Definition> FlagChanges edited(DefinitionKey id, Class<T> type, UnaryOperator<T> edit) {
        Definition current = current(id);
        if (current instanceof Malformed malformed) {
            throw refusal(
                    id, "a malformed definition: " + malformed.problems(), "a valid one to edit (put replaces it)");
        }
        if (!type.isInstance(current)) {
            throw refusal(id, "nothing", "an existing definition");
        }
        T edited = valid(id, () -> edit.apply(type.cast(current)));
        if (!edited.id().equals(id)) {
            throw refusal(id, "a new key, " + edited.id(), "the same key");
        }
        return put(edited);
    }

    private FlagChanges deleted(DefinitionKey id) {
        if (current(id) == null) {
            throw refusal(id, "nothing", "an existing definition");
        }
        after.put(id, null);
        return this;
    }

    private @Nullable Definition current(DefinitionKey id) {
        if (after.containsKey(id)) {
            return after.get(id);
        }
        Versioned versioned = before.get(id);
        return versioned == null ? null : versioned.definition();
    }

    private static <T> T valid(DefinitionKey id, Supplier<T> made) {
        try {
            return Objects.requireNonNull(made.get(), "the edit returned null");
        } catch (InvalidChangeException refused) {
            throw refused;
        } catch (IllegalArgumentException invalid) {
            throw new InvalidChangeException(Problem.of(invalid).stream()
                    .map(problem -> problem.under(id.toString()))
                    .toList());
        }
    }

    private static InvalidChangeException refusal(DefinitionKey id, String found, String allowed) {
        return new InvalidChangeException(List.of(new Problem(id.toString(), found, allowed)));
    }
}
