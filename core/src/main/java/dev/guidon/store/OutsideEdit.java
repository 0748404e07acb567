package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.CommittedChange.Edit;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has changed in a file.
 *
 * @param changed what each definition became; null for removed; empty if none is another
 * @param definitions the state that the file asks for, in its order; changed definitions still have their old version, or none
 * @param complete whether the file holds all of that state; false if commits are still to be written to it
 */
record OutsideEdit(Map<DefinitionKey, @Nullable Definition> changed, Definitions definitions, boolean complete) {

    /** Who makes the changes that come from a file. */
    static final String ACTOR = "system:file";

    /**
     * Compares a file with the state that it should have.
     *
     * @param found what the file holds
     * @param known the state
     * @param unwritten what the last commits did, if the file may still be as it was before them; what the file has as it was
     *     before was not changed by anybody
     * @param reread what becomes of a definition when it is written to the file and read again
     */
    static OutsideEdit of(
            Definitions found, Definitions known, List<Edit> unwritten, UnaryOperator<Definition> reread) {
        Map<DefinitionKey, Edit> pending = new HashMap<>();
        unwritten.forEach(edit -> pending.putIfAbsent(edit.id(), edit));
        Map<DefinitionKey, @Nullable Definition> changed = new LinkedHashMap<>();
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        boolean complete = true;
        for (DefinitionKey id : ids(found, known)) {
            Versioned now = found.get(id);
            Versioned was = known.get(id);
            Edit edit = pending.get(id);
            Versioned becomes = was;
            if (!same(now, was, reread)) {
                if (edit != null && same(now, edit.before(), reread)) {
                    complete = false;
                } else {
                    changed.put(id, now == null ? null : now.definition());
                    becomes = now == null
                            ? null
                            : new Versioned(now.definition(), was == null ? Version.NONE : was.version());
                }
            }
            if (becomes != null) {
                (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments).put(id.key(), becomes);
            }
        }
        return new OutsideEdit(changed, new Definitions(known.revision(), flags, segments, found.extra()), complete);
    }

    /** The commit by {@link #ACTOR} that brings the changes in. */
    NextChange commit(Definitions known, Instant at) {
        var next = known.revision().next(UUID.randomUUID().toString());
        Map<DefinitionKey, @Nullable Versioned> versions = new LinkedHashMap<>();
        changed.forEach((id, after) -> versions.put(id, after == null ? null : new Versioned(after, Version.of(next))));
        CommittedChange entry =
                NextChange.of(next, ACTOR, null, versions, known, at).entry();
        return new NextChange(entry, definitions.with(next, versions));
    }

    private static Set<DefinitionKey> ids(Definitions found, Definitions known) {
        Set<DefinitionKey> ids = new LinkedHashSet<>();
        for (Definitions each : List.of(found, known)) {
            for (Collection<Versioned> some :
                    List.of(each.flags().values(), each.segments().values())) {
                some.forEach(one -> ids.add(one.definition().id()));
            }
        }
        return ids;
    }

    private static boolean same(
            @Nullable Versioned found, @Nullable Versioned known, UnaryOperator<Definition> reread) {
        Definition one = found == null ? null : found.definition();
        Definition other = known == null ? null : known.definition();
        return Objects.equals(one, other) || (one != null && other != null && one.equals(reread.apply(other)));
    }
}
