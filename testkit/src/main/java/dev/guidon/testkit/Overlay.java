package dev.guidon.testkit;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Flags on top of a snapshot. Immutable.
 *
 * @param base what is underneath
 * @param overrides the flags on top
 * @param merged the definitions underneath with the flags on top in their place
 * @param affected the flags that {@code merged} answers: those on top, and those which depend on one; the others are left to
 *     {@code base}, with its clock, its external segments and its listeners
 */
record Overlay(Snapshot base, Map<String, Flag> overrides, Snapshot merged, Set<String> affected) {

    static Overlay of(Snapshot base, Map<String, Flag> overrides) {
        if (overrides.isEmpty()) {
            return new Overlay(base, overrides, base, Set.of());
        }
        Map<DefinitionKey, Versioned> changed = new LinkedHashMap<>();
        overrides.values().forEach(flag -> changed.put(flag.id(), new Versioned(flag, Version.NONE)));
        Definitions definitions = base.definitions().with(base.revision(), changed);
        Snapshot merged = base.with(definitions);
        Set<String> affected = new HashSet<>(base.flagsAffectedBy(changed.keySet()));
        affected.addAll(merged.flagsAffectedBy(changed.keySet()));
        return new Overlay(base, overrides, merged, affected);
    }

    /** The same with another flag on top, or without it if it is null. */
    Overlay with(String key, @Nullable Flag flag) {
        Map<String, Flag> changed = new LinkedHashMap<>(overrides);
        if (flag == null) {
            changed.remove(key);
        } else {
            changed.put(key, flag);
        }
        return of(base, Collections.unmodifiableMap(changed));
    }

    Snapshot answering(String key) {
        return affected.contains(key) ? merged : base;
    }

    boolean declares(String key) {
        return merged.definitions().flags().containsKey(key);
    }
}
