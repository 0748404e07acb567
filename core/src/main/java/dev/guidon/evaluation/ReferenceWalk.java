package dev.guidon.evaluation;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Problem;
import dev.guidon.evaluation.References.Reach;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds cycles, and what would take too long to evaluate. Walks with a stack of its own, since a chain can be as long as there are
 * definitions. What is known already is not walked again.
 *
 * @see <a href="https://doi.org/10.1137/0201010">R. Tarjan, Depth-First Search and Linear Graph Algorithms (1972)</a>
 */
final class ReferenceWalk {

    private final Map<DefinitionKey, List<DefinitionKey>> targets;
    private final Map<DefinitionKey, Reach> known;
    private final Map<DefinitionKey, List<Problem>> problems;
    private final Predicate<DefinitionKey> exists;
    private final Map<DefinitionKey, Visit> visits = new HashMap<>();
    private final Deque<Visit> path = new ArrayDeque<>();

    private static final class Visit {
        private final DefinitionKey id;
        private final Iterator<DefinitionKey> rest;
        private final int number;
        private int lowest;
        private int depth = 1;
        private long definitions = 1;

        Visit(DefinitionKey id, int number, Iterator<DefinitionKey> rest) {
            this.id = id;
            this.number = number;
            this.lowest = number;
            this.rest = rest;
        }

        void uses(Reach target) {
            depth = Math.max(depth, target.depth() + 1);
            definitions = Math.min(Integer.MAX_VALUE, definitions + target.definitions());
        }
    }

    /** Adds what it finds to {@code known} and {@code problems}. */
    ReferenceWalk(
            Map<DefinitionKey, List<DefinitionKey>> targets,
            Map<DefinitionKey, Reach> known,
            Map<DefinitionKey, List<Problem>> problems,
            Predicate<DefinitionKey> exists) {
        this.targets = targets;
        this.known = known;
        this.problems = problems;
        this.exists = exists;
    }

    void visit(Collection<DefinitionKey> ids) {
        for (DefinitionKey id : ids) {
            if (targets.containsKey(id) && !known.containsKey(id)) {
                walk(id);
            }
        }
    }

    private void walk(DefinitionKey start) {
        Deque<Visit> calls = new ArrayDeque<>();
        calls.push(enter(start));
        while (!calls.isEmpty()) {
            Visit visit = calls.peek();
            if (visit.rest.hasNext()) {
                DefinitionKey next = visit.rest.next();
                Reach reach = reach(next);
                Visit open = reach == null ? visits.get(next) : null;
                if (reach != null) {
                    visit.uses(reach);
                } else if (open != null) {
                    visit.lowest = Math.min(visit.lowest, open.number);
                } else if (exists.test(next)) {
                    calls.push(enter(next));
                }
            } else {
                calls.pop();
                leave(visit);
                Visit caller = calls.peek();
                if (caller != null) {
                    caller.lowest = Math.min(caller.lowest, visit.lowest);
                    caller.uses(known.getOrDefault(visit.id, Reach.ITSELF));
                }
            }
        }
    }

    /** Null for what does not exist or has to be visited. */
    private @Nullable Reach reach(DefinitionKey id) {
        Reach reach = known.get(id);
        return reach == null && !targets.containsKey(id) && exists.test(id) ? Reach.ITSELF : reach;
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
        List<DefinitionKey> component = new ArrayList<>();
        DefinitionKey member;
        do {
            member = path.pop().id;
            component.add(member);
        } while (!member.equals(visit.id));
        boolean cycle = component.size() > 1
                || targets.getOrDefault(visit.id, List.of()).contains(visit.id);
        if (cycle) {
            String found = "a cycle of "
                    + component.stream().map(DefinitionKey::toString).collect(Collectors.toCollection(TreeSet::new));
            component.forEach(id -> report(id, found, "references without a cycle"));
        } else if (visit.depth > Limit.REFERENCE_DEPTH.most()) {
            report(visit.id, "a chain of " + visit.depth, Limit.REFERENCE_DEPTH.text());
        } else if (visit.definitions > Limit.REFERENCES.most()) {
            report(visit.id, visit.definitions + " definitions", Limit.REFERENCES.text());
        } else {
            known.put(visit.id, new Reach(visit.depth, visit.definitions));
        }
    }

    /** What is broken is not evaluated by others, so it costs them nothing more. */
    private void report(DefinitionKey id, String found, String allowed) {
        problems.put(id, List.of(new Problem("references", found, allowed)));
        known.put(id, new Reach(0, 1));
    }
}
