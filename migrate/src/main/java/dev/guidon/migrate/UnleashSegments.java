package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The segments of an Unleash export, by their number. */
final class UnleashSegments {

    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "description",
            "constraints",
            "createdAt",
            "createdBy",
            "project",
            "usedInFeatures",
            "usedInProjects");

    private final Map<String, Node> segments = new LinkedHashMap<>();

    /** Takes a segment down, in place of an earlier one. */
    void put(String id, Node segment) {
        segments.remove(id);
        segments.put(id, segment);
    }

    void remove(String id) {
        segments.remove(id);
    }

    void make(ImportLog log) {
        segments.forEach((id, node) ->
                log.make("segment " + id, DefinitionKey.segment(key(id)), node, segment -> segment(id, segment)));
    }

    private static Segment segment(String id, Node node) {
        node.only(FIELDS);
        if (!node.has("constraints")) {
            node.get("constraints")
                    .problem("a list; an export of features has none: add what /api/admin/segments answers");
        }
        String name = node.get("name").text();
        List<Segment.Criterion> rules = Segment.of(key(id), UnleashConstraint.all(node.get("constraints")))
                .rules();
        return new Segment(key(id), name, null, List.of(), List.of(), null, rules, Extra.NONE);
    }

    /** The context is in all segments of a list. */
    Condition condition(Node list) {
        return Conditions.all(list.list().stream().map(this::membership).toList());
    }

    private Condition membership(Node node) {
        String id = id(node.value());
        if (id.isEmpty()) {
            node.problem("the number of a segment");
            return Conditions.NEVER;
        }
        if (!segments.containsKey(id)) {
            node.remark("there is no segment " + id + ", so nobody is meant");
            return Conditions.NEVER;
        }
        return new Condition.InSegment(key(id));
    }

    /** A segment's number as text; empty if it is none. */
    static String id(FlagValue value) {
        return value instanceof FlagValue.Number number ? number.value().toPlainString() : "";
    }

    private static String key(String id) {
        return "segment-" + id;
    }
}
