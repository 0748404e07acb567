package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has to be known of all flags and segments before one of them can be made.
 *
 * @param flags the flags that are not deleted
 * @param segments the segments that are not deleted
 * @param kinds the kinds of contexts that these name
 * @param circularFlags flags that are, or lead to, a cycle of prerequisites, were all flags on
 * @param failingFlags flags whose prerequisites lead to a cycle; LaunchDarkly fails when it reaches them
 * @param failingSegments segments with a malformed part in their rules, on a cycle, or leading to such a segment; the same
 */
record LaunchDarklyExport(
        Map<String, Node> flags,
        Map<String, Node> segments,
        Set<String> kinds,
        Set<String> circularFlags,
        Set<String> failingFlags,
        Set<String> failingSegments) {

    private static final Set<String> KINDS = Set.of("contextKind", "rolloutContextKind", "unboundedContextKind");

    static LaunchDarklyExport of(Map<String, Node> allFlags, Map<String, Node> allSegments) {
        Map<String, Node> flags = present(allFlags);
        Map<String, Node> segments = present(allSegments);
        Map<String, List<String>> prerequisites = new HashMap<>();
        Map<String, List<String>> looked = new HashMap<>();
        flags.forEach((key, flag) -> {
            prerequisites.put(key, texts(flag.get("prerequisites"), "key"));
            boolean on = flag.get("on").value().equals(FlagValue.TRUE);
            looked.put(key, on ? prerequisites.getOrDefault(key, List.of()) : List.of());
        });
        Map<String, List<String>> nested = new HashMap<>();
        Set<String> malformed = new HashSet<>();
        segments.forEach((key, segment) -> {
            List<String> inner = new ArrayList<>();
            for (Node rule : segment.get("rules").list()) {
                rule.get("clauses").list().forEach(clause -> inner.addAll(LaunchDarklyClause.segments(clause)));
                if (LaunchDarklySegment.malformed(rule)) {
                    malformed.add(key);
                }
            }
            nested.put(key, inner);
        });
        Set<String> kinds = new HashSet<>();
        flags.values().forEach(flag -> collectKinds(flag.value(), kinds));
        segments.values().forEach(segment -> collectKinds(segment.value(), kinds));
        return new LaunchDarklyExport(
                flags,
                segments,
                kinds,
                failing(prerequisites, Set.of()),
                failing(looked, Set.of()),
                failing(nested, malformed));
    }

    private static void collectKinds(FlagValue value, Set<String> kinds) {
        if (value instanceof FlagValue.Array array) {
            array.values().forEach(element -> collectKinds(element, kinds));
        } else if (value instanceof FlagValue.Obj object) {
            object.fields().forEach((name, field) -> {
                if (field instanceof FlagValue.Text kind && KINDS.contains(name)) {
                    kinds.add(kind.value());
                }
                collectKinds(field, kinds);
            });
        }
    }

    static boolean deleted(Node node) {
        return node.value() instanceof FlagValue.Obj
                && node.get("deleted").value().equals(FlagValue.TRUE);
    }

    /** For reading only: whatever is wrong with them is told when they are made. */
    private static Map<String, Node> present(Map<String, Node> all) {
        Map<String, Node> present = new LinkedHashMap<>();
        all.forEach((key, node) -> {
            if (node.value() instanceof FlagValue.Obj && !deleted(node)) {
                present.put(key, node.with(new Notes()));
            }
        });
        return present;
    }

    private static List<String> texts(Node list, String field) {
        List<String> texts = new ArrayList<>();
        for (Node element : list.list()) {
            if (element.get(field).value() instanceof FlagValue.Text text) {
                texts.add(text.value());
            }
        }
        return texts;
    }

    /** Those on a cycle, the malformed, and all that lead to one of these. */
    private static Set<String> failing(Map<String, List<String>> references, Set<String> malformed) {
        Map<String, List<String>> sources = new HashMap<>();
        Map<String, Integer> open = new HashMap<>();
        references.forEach((source, targets) -> {
            List<String> known =
                    targets.stream().filter(references::containsKey).toList();
            open.put(source, known.size());
            known.forEach(target ->
                    sources.computeIfAbsent(target, none -> new ArrayList<>()).add(source));
        });
        // What refers to nothing that is left is on no cycle and leads to none.
        Set<String> failing = new HashSet<>(references.keySet());
        Deque<String> ends = new ArrayDeque<>();
        open.forEach((key, count) -> {
            if (count == 0) {
                ends.add(key);
            }
        });
        while (!ends.isEmpty()) {
            String end = ends.pop();
            failing.remove(end);
            for (String source : sources.getOrDefault(end, List.of())) {
                if (open.merge(source, -1, Integer::sum) == 0) {
                    ends.add(source);
                }
            }
        }
        Deque<String> found = new ArrayDeque<>(malformed);
        while (!found.isEmpty()) {
            String next = found.pop();
            if (failing.add(next) || malformed.contains(next)) {
                sources.getOrDefault(next, List.of()).stream()
                        .filter(source -> !failing.contains(source))
                        .forEach(found::add);
            }
        }
        return failing;
    }
}
