package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a segment. In LaunchDarkly inclusion beats exclusion, in Guidon the other way round. */
final class LaunchDarklySegment {

    private static final Set<String> FIELDS = Set.of(
            "key",
            "version",
            "deleted",
            "salt",
            "included",
            "excluded",
            "includedContexts",
            "excludedContexts",
            "rules",
            "unbounded",
            "unboundedContextKind",
            "generation");
    private static final Set<String> RULE_FIELDS = Set.of("id", "clauses", "weight", "bucketBy", "rolloutContextKind");

    private final String name;
    private final Node node;
    private final LaunchDarklyExport export;
    private final Set<String> ids = new HashSet<>();

    LaunchDarklySegment(String name, Node node, LaunchDarklyExport export) {
        this.name = name;
        this.node = node;
        this.export = export;
    }

    /** Whether evaluation fails when it reaches the rule. */
    static boolean malformed(Node rule) {
        return rule.get("clauses").list().stream().anyMatch(LaunchDarklyClause::malformed)
                || (!rule.get("weight").missing()
                        && LaunchDarklyRollout.by(rule, "rolloutContextKind").malformed());
    }

    Segment segment() {
        node.only(FIELDS);
        if (export.failingSegments().contains(name)) {
            node.get("rules").problem("rules without malformed attribute references and without a cycle of segments");
        }
        String key = Keys.of(name, node);
        if (node.get("unbounded").bool(false)) {
            return big(key);
        }
        Map<Attribute, Set<FlagValue>> included = lists("included");
        Map<Attribute, Set<FlagValue>> excluded = lists("excluded");
        included.forEach(
                (by, values) -> excluded.getOrDefault(by, new HashSet<>()).removeAll(values));
        excluded.values().removeIf(Set::isEmpty);
        boolean crossing = !included.isEmpty()
                && !excluded.isEmpty()
                && !(included.size() == 1 && excluded.keySet().equals(included.keySet()));
        List<MemberList> exclude = members(excluded);
        Condition unless = crossing ? notListed(exclude) : null;
        return make(key, members(included), crossing ? List.of() : exclude, null, rules(key, unless));
    }

    private Segment make(
            String key,
            List<MemberList> include,
            List<MemberList> exclude,
            Segment.@Nullable External external,
            List<Segment.Criterion> rules) {
        return new Segment(key, null, null, include, exclude, external, rules, Extra.NONE);
    }

    /** A big segment: its members are in another store, under a generation. Its lists do not count. */
    private Segment big(String key) {
        Integer generation = LaunchDarklyRollout.integer(node.get("generation"));
        if (generation == null) {
            node.remark("is a big segment without a generation, so it has no members");
            return make(key, List.of(), List.of(), null, List.of());
        }
        node.loss("is a big segment: load the members that it includes into the store as generation " + generation
                + "; POST /api/v2/segments/{project}/{environment}/" + name
                + "/exports exports them; members that it excludes by key cannot be told apart there");
        Attribute by =
                LaunchDarklyReference.key(node.get("unboundedContextKind").text());
        Segment.External external = new Segment.External(by, Integer.toString(generation));
        return make(key, List.of(), List.of(), external, rules(key, null));
    }

    /** The listed keys of every kind. */
    private Map<Attribute, Set<FlagValue>> lists(String field) {
        Map<Attribute, Set<FlagValue>> lists = new LinkedHashMap<>();
        addAll(lists, Attribute.KEY, node.get(field));
        for (Node list : node.get(field + "Contexts").list()) {
            list.only(Set.of("contextKind", "values"));
            addAll(lists, LaunchDarklyReference.key(list.get("contextKind").text()), list.get("values"));
        }
        return lists;
    }

    private static void addAll(Map<Attribute, Set<FlagValue>> lists, Attribute by, Node values) {
        for (Node value : values.list()) {
            String key = value.text();
            if (key == null) {
                value.problem("a string");
            } else {
                lists.computeIfAbsent(by, none -> new LinkedHashSet<>()).add(FlagValue.of(key));
            }
        }
    }

    private static List<MemberList> members(Map<Attribute, Set<FlagValue>> lists) {
        List<MemberList> members = new ArrayList<>();
        lists.forEach((by, values) -> members.add(new MemberList(by, List.copyOf(values), Extra.NONE)));
        return members;
    }

    /** Where somebody may be included by one kind and excluded by another, exclusion concerns only the rules. */
    private static Condition notListed(List<MemberList> exclude) {
        return Conditions.unless(Conditions.any(exclude.stream()
                .map(list -> Conditions.compare(list.by(), Operator.IN, null, list.values()))
                .toList()));
    }

    private List<Segment.Criterion> rules(String key, @Nullable Condition unless) {
        LaunchDarklyRollout formula = LaunchDarklyRollout.of(name, node);
        List<Segment.Criterion> rules = new ArrayList<>();
        for (Node rule : node.get("rules").list()) {
            rule.only(RULE_FIELDS);
            List<Condition> conditions = new ArrayList<>();
            if (unless != null) {
                conditions.add(unless);
            }
            for (Node clause : rule.get("clauses").list()) {
                conditions.add(new LaunchDarklyClause(clause, export).condition());
            }
            if (isNobody(rule)) {
                conditions.add(LaunchDarklyRollout.lacksKind(rule, "rolloutContextKind"));
            }
            String id = rule.get("id").text();
            rules.add(new Segment.Criterion(
                    id == null || id.isEmpty() || !ids.add(id) ? null : id,
                    conditions.isEmpty() ? null : Conditions.all(conditions),
                    rollout(key, formula, rule),
                    Extra.NONE));
        }
        return rules;
    }

    /** Whether the weight is 0, at which LaunchDarkly still takes contexts without the kind that the rollout goes by. */
    private static boolean isNobody(Node rule) {
        return !rule.get("weight").missing() && LaunchDarklyRollout.weight(rule.get("weight")) == 0;
    }

    private static @Nullable Rollout rollout(String key, LaunchDarklyRollout formula, Node rule) {
        LaunchDarklyReference by = LaunchDarklyRollout.by(rule, "rolloutContextKind");
        if (rule.get("weight").missing() || by.malformed() || isNobody(rule)) {
            return null;
        }
        Assignment assignment = formula.assignment(key, by.attribute(), null);
        return new Rollout.Fixed(new Percent(LaunchDarklyRollout.weight(rule.get("weight"))), assignment, Extra.NONE);
    }
}
