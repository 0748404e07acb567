package dev.guidon.evaluation;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Reference;
import dev.guidon.definition.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which definitions refer to which, and what is wrong with that. Immutable; what changes is made from what was before. */
final class References {

    static final References NONE = new References(Map.of(), Map.of(), Map.of(), Map.of());

    /** Of definitions that refer to others, also to those that do not exist, as often as they do. */
    private final Map<DefinitionKey, List<DefinitionKey>> targets;

    private final Map<DefinitionKey, Set<DefinitionKey>> sources;
    /** Of definitions that refer to others. */
    private final Map<DefinitionKey, Reach> reaches;

    private final Map<DefinitionKey, List<Problem>> problems;

    private References(
            Map<DefinitionKey, List<DefinitionKey>> targets,
            Map<DefinitionKey, Set<DefinitionKey>> sources,
            Map<DefinitionKey, Reach> reaches,
            Map<DefinitionKey, List<Problem>> problems) {
        this.targets = targets;
        this.sources = sources;
        this.reaches = reaches;
        this.problems = problems;
    }

    /** What an evaluation may have to look at: the longest chain of definitions, and how many altogether. */
    record Reach(int depth, long definitions) {
        static final Reach ITSELF = new Reach(1, 1);
    }

    static References of(Definitions definitions) {
        Set<DefinitionKey> all = new HashSet<>();
        definitions.flags().values().forEach(flag -> all.add(flag.definition().id()));
        definitions
                .segments()
                .values()
                .forEach(segment -> all.add(segment.definition().id()));
        return NONE.with(definitions, all);
    }

    /** The references after some definitions changed; whatever leads to one of these is looked at again, and nothing else. */
    References with(Definitions definitions, Set<DefinitionKey> changed) {
        Map<DefinitionKey, List<DefinitionKey>> newTargets = new HashMap<>(targets);
        Map<DefinitionKey, Set<DefinitionKey>> newSources = new HashMap<>(sources);
        Set<DefinitionKey> copied = new HashSet<>();
        for (DefinitionKey id : changed) {
            Versioned versioned = definitions.get(id);
            List<DefinitionKey> before = targets.getOrDefault(id, List.of());
            List<DefinitionKey> after = versioned == null ? List.of() : targets(versioned.definition());
            if (after.isEmpty()) {
                newTargets.remove(id);
            } else {
                newTargets.put(id, after);
            }
            before.forEach(target -> copy(target, newSources, copied).remove(id));
            after.forEach(target -> copy(target, newSources, copied).add(id));
        }
        copied.forEach(target -> newSources.computeIfPresent(target, (key, all) -> all.isEmpty() ? null : all));
        References next = new References(newTargets, newSources, new HashMap<>(reaches), new TreeMap<>(problems));
        Set<DefinitionKey> affected = next.leadingTo(changed);
        next.reaches.keySet().removeAll(affected);
        next.problems.keySet().removeAll(affected);
        new ReferenceWalk(newTargets, next.reaches, next.problems, id -> definitions.get(id) != null).visit(affected);
        return next;
    }

    /** How many definitions an evaluation may have to look at. */
    long definitions(DefinitionKey id) {
        return reaches.getOrDefault(id, Reach.ITSELF).definitions();
    }

    /** What is wrong with the references of each definition that lies on a cycle or reaches too many others. */
    Map<DefinitionKey, List<Problem>> problems() {
        return Collections.unmodifiableMap(problems);
    }

    /** The definitions that lead to one of the given ones, and these themselves. */
    Set<DefinitionKey> leadingTo(Collection<DefinitionKey> changed) {
        Set<DefinitionKey> found = new HashSet<>(changed);
        Deque<DefinitionKey> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (DefinitionKey source : sources.getOrDefault(open.pop(), Set.of())) {
                if (found.add(source)) {
                    open.push(source);
                }
            }
        }
        return found;
    }

    private static List<DefinitionKey> targets(Definition definition) {
        List<Reference> references = definition.references();
        if (references.isEmpty()) {
            return List.of();
        }
        List<DefinitionKey> targets = new ArrayList<>(references.size());
        references.forEach(reference -> targets.add(reference.target()));
        return targets;
    }

    private static Set<DefinitionKey> copy(
            DefinitionKey target, Map<DefinitionKey, Set<DefinitionKey>> sources, Set<DefinitionKey> copied) {
        Set<DefinitionKey> known = sources.get(target);
        if (known != null && !copied.add(target)) {
            return known;
        }
        copied.add(target);
        Set<DefinitionKey> copy = known == null ? new HashSet<>() : new HashSet<>(known);
        sources.put(target, copy);
        return copy;
    }
}
