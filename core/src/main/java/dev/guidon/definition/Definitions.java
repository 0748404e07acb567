package dev.guidon.definition;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All flags and segments of a namespace at one revision.
 *
 * @param revision which state this is
 * @param flags key to flag (or malformed flag), in order
 * @param segments key to segment (or malformed segment), in order
 * @param extra unknown fields of the document that these came from
 */
public record Definitions(
        Revision revision, Map<String, Versioned> flags, Map<String, Versioned> segments, Extra extra) {

    /** Copies the maps and checks that every definition stands under its own key. */
    public Definitions {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        segments = Collections.unmodifiableMap(new LinkedHashMap<>(segments));
        flags.forEach((key, flag) -> check(DefinitionKey.flag(key), flag));
        segments.forEach((key, segment) -> check(DefinitionKey.segment(key), segment));
    }

    /**
     * Nothing, at a revision.
     *
     * @param revision the revision
     * @return no definitions
     */
    public static Definitions empty(Revision revision) {
        return new Definitions(revision, Map.of(), Map.of(), Extra.NONE);
    }

    /**
     * Definitions that come from no store, for tests and built-in defaults.
     *
     * @param definitions the definitions; the later of two with the same key counts
     * @return them, at {@link Revision#NONE}
     */
    public static Definitions of(Definition... definitions) {
        return of(Arrays.asList(definitions));
    }

    /**
     * Definitions that come from no store, for tests and built-in defaults.
     *
     * @param definitions the definitions; the later of two with the same key counts
     * @return them, at {@link Revision#NONE}
     */
    public static Definitions of(Iterable<? extends Definition> definitions) {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            DefinitionKey id = definition.id();
            (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments)
                    .put(id.key(), new Versioned(definition, Version.NONE));
        }
        return new Definitions(Revision.NONE, flags, segments, Extra.NONE);
    }

    /**
     * Looks a definition up.
     *
     * @param id what it is stored under
     * @return the definition and its version; null if there is none
     */
    public @Nullable Versioned get(DefinitionKey id) {
        return (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments).get(id.key());
    }

    /**
     * Looks a flag up.
     *
     * @param key the flag's key
     * @return the flag; empty if there is none or it is malformed
     */
    public Optional<Flag> flag(String key) {
        Versioned found = flags.get(key);
        return found != null && found.definition() instanceof Flag flag ? Optional.of(flag) : Optional.empty();
    }

    /**
     * Looks a segment up.
     *
     * @param key the segment's key
     * @return the segment; empty if there is none or it is malformed
     */
    public Optional<Segment> segment(String key) {
        Versioned found = segments.get(key);
        return found != null && found.definition() instanceof Segment segment ? Optional.of(segment) : Optional.empty();
    }

    /**
     * The state after some definitions changed.
     *
     * @param next the revision of that state
     * @param changed what changed: the new definition and its version, or null for one that was removed
     * @return a new state; new keys come last
     */
    public Definitions with(Revision next, Map<DefinitionKey, @Nullable Versioned> changed) {
        Map<String, Versioned> newFlags = new LinkedHashMap<>(flags);
        Map<String, Versioned> newSegments = new LinkedHashMap<>(segments);
        changed.forEach((id, versioned) -> {
            Map<String, Versioned> map = id.kind() == DefinitionKey.Kind.FLAG ? newFlags : newSegments;
            if (versioned == null) {
                map.remove(id.key());
            } else {
                map.put(id.key(), versioned);
            }
        });
        return new Definitions(next, newFlags, newSegments, extra);
    }

    private static void check(DefinitionKey id, Versioned versioned) {
        if (!versioned.definition().id().equals(id)) {
            throw new IllegalArgumentException(
                    Problem.at(id.toString(), versioned.definition().id(), "the same key")
                            .toString());
        }
    }
}
