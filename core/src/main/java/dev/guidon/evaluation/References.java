package dev.guidon.evaluation;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Reference;
import dev.guidon.definition.Versioned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which definitions refer to which: finds cycles, and what would take too long to evaluate. Walks with a stack of its own, since a
 * chain can be as long as there are definitions.
 *
 * @see <a href="https://doi.org/10.1137/0201010">R. Tarjan, Depth-First Search and Linear Graph Algorithms (1972)</a>
 */
final class References {

    private final Map<DefinitionKey, List<DefinitionKey>> targets = new HashMap<>();
    private final Map<DefinitionKey, Visit> visits = new HashMap<>();
    private final Deque<Visit> path = new ArrayDeque<>();
    private final Map<DefinitionKey, List<Problem>> problems = new HashMap<>();

    private static final class Visit {
        private final DefinitionKey id;
        private final Iterator<DefinitionKey> rest;
        private final int number;
        private int lowest;
        private boolean open = true;
        private int depth = 1;
        private long cost = 1;

        Visit(DefinitionKey id, int number, Iterator<DefinitionKey> rest) {
            this.id = id;
            this.number = number;
            this.lowest = number;
            this.rest = rest;
        }

        void uses(Visit target) {
            depth = Math.max(depth, target.depth + 1);
            cost = Math.min(Integer.MAX_VALUE, cost + target.cost);
        }
    }

    References(Definitions definitions) {
        Stream.of(definitions.flags(), definitions.segments())
                .map(Map::values)
                .flatMap(Collection::stream)
                .map(Versioned::definition)
                .forEach(definition -> {
                    List<Reference> references = definition.references();
                    if (!references.isEmpty()) {
                        targets.put(
                                definition.id(),
                                references.stream()
                                        .map(Reference::target)
                                        .filter(target -> definitions.get(target) != null)
                                        .toList());
                    }
                });
    }

    /** What is wrong with the references of each definition that lies on a cycle or reaches too many others. */
    Map<DefinitionKey, List<Problem>> problems() {
        targets.keySet().forEach(this::visit);
        return problems;
    }

    /** The definitions that lead to one of the given ones, and these themselves. */
    Set<DefinitionKey> leadingTo(Collection<DefinitionKey> changed) {
        Map<DefinitionKey, Set<DefinitionKey>> sources = new HashMap<>();
        targets.forEach((source, all) -> all.forEach(
                target -> sources.computeIfAbsent(target, k -> new HashSet<>()).add(source)));
        Set<DefinitionKey> found = new HashSet<>(changed);
        Deque<DefinitionKey> open = new ArrayDeque<>(changed);
        while (!open.isEmpty()) {
            for (DefinitionKey source : sources.getOrDefault(open.pop(), Set.of())) {
                if (found.add(source)) {
                    open.push(source);
                }
            }
        }
        return found;
    }

    private void visit(DefinitionKey start) {
        if (visits.containsKey(start)) {
            return;
        }
        Deque<Visit> calls = new ArrayDeque<>();
        calls.push(enter(start));
        while (!calls.isEmpty()) {
            Visit visit = calls.peek();
            if (visit.rest.hasNext()) {
                DefinitionKey next = visit.rest.next();
                Visit target = visits.get(next);
                if (target == null) {
                    calls.push(enter(next));
                } else if (target.open) {
                    visit.lowest = Math.min(visit.lowest, target.number);
                } else {
                    visit.uses(target);
                }
            } else {
                calls.pop();
                leave(visit);
                Visit caller = calls.peek();
                if (caller != null) {
                    caller.lowest = Math.min(caller.lowest, visit.lowest);
                    caller.uses(visit);
                }
            }
        }
    }

    private Visit enter(DefinitionKey id) {
        Visit visit =
                new Visit(id, visits.size(), targets.getOrDefault(id, List.of()).iterator());
        visits.put(id, visit);
        path.push(visit);
        return visit;
    }

    private void leave(Visit visit) {
        if (visit.lowest != visit.number) {
            return;
        }
        List<Visit> component = new ArrayList<>();
        Visit member;
        do {
            member = path.pop();
            member.open = false;
            component.add(member);
        } while (member != visit);
        boolean cycle = component.size() > 1
                || targets.getOrDefault(visit.id, List.of()).contains(visit.id);
        if (cycle) {
            String found = "a cycle of "
                    + component.stream().map(one -> one.id.toString()).collect(Collectors.toCollection(TreeSet::new));
            component.forEach(one -> report(one, found, "references without a cycle"));
        } else if (visit.depth > Limit.REFERENCE_DEPTH.most()) {
            report(visit, "a chain of " + visit.depth, Limit.REFERENCE_DEPTH.text());
        } else if (visit.cost > Limit.REFERENCES.most()) {
            report(visit, visit.cost + " definitions", Limit.REFERENCES.text());
        }
    }

    /** What is broken is not evaluated by others, so it costs them nothing more. */
    private void report(Visit visit, String found, String allowed) {
        problems.put(visit.id, List.of(new Problem("references", found, allowed)));
        visit.depth = 0;
        visit.cost = 1;
    }
}
