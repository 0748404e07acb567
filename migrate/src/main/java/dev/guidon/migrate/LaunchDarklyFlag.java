package dev.guidon.migrate;

import dev.guidon.definition.About;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a flag. Targets become its first rules. What fails in LaunchDarkly for those who reach it is an error for them here. */
final class LaunchDarklyFlag {

    private static final Set<String> FIELDS = Set.of(
            "key",
            "version",
            "deleted",
            "on",
            "salt",
            "variations",
            "offVariation",
            "prerequisites",
            "targets",
            "contextTargets",
            "rules",
            "fallthrough",
            "clientSide",
            "clientSideAvailability",
            "trackEvents",
            "trackEventsFallthrough",
            "debugEventsUntilDate",
            "samplingRatio",
            "excludeFromSummaries",
            "sel",
            "migration",
            "tags",
            "description");
    private static final Set<String> RULE_FIELDS =
            Set.of("id", "clauses", "variation", "rollout", "trackEvents", "disabled");
    private static final Set<String> ROLLOUT_FIELDS = Set.of("kind", "variations", "bucketBy", "contextKind", "seed");

    private final String name;
    private final String key;
    private final Node node;
    private final LaunchDarklyExport export;
    private final LaunchDarklyVariants variants;
    private final LaunchDarklyRollout formula;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private boolean experiment;

    LaunchDarklyFlag(String name, Node node, LaunchDarklyExport export) {
        this.name = name;
        this.key = Keys.of(name, node);
        this.node = node;
        this.export = export;
        this.variants = LaunchDarklyVariants.of(node);
        this.formula = LaunchDarklyRollout.of(name, node);
    }

    Flag flag() {
        node.only(FIELDS);
        boolean on = node.get("on").bool(false);
        Integer off = LaunchDarklyRollout.integer(node.get("offVariation"));
        String offVariant = off == null ? null : variants.name(off);
        List<Prerequisite> prerequisites = new ArrayList<>();
        String failure = prerequisites(on, prerequisites);
        Serve fallthrough;
        if (failure == null) {
            targets();
            node.get("rules").list().forEach(this::rule);
            lacking(node.get("fallthrough"), List.of());
            fallthrough = serve(node.get("fallthrough"));
        } else {
            node.get("prerequisites")
                    .remark(
                            failure
                                    + ": whoever gets there gets the caller's default, as before; targets and rules are left out");
            fallthrough = Serve.variant(variants.error("malformed", failure));
        }
        if (variants.areOfSeveralTypes()) {
            node.get("variations").loss("are of several types, so the flag is of type json: ask for an object");
        }
        variants.errors()
                .forEach((error, message) ->
                        node.remark(message + ": whoever gets there gets the caller's default, as before"));
        return new Flag(
                key,
                variants.type(),
                about(),
                on,
                false,
                variants.variants(),
                variants.errors(),
                offVariant,
                null,
                prerequisites,
                rules,
                fallthrough,
                Extra.NONE);
    }

    private About about() {
        String text = node.get("description").text();
        List<String> tags = node.get("tags").list().stream()
                .map(Node::text)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        FlagKind kind = experiment ? FlagKind.EXPERIMENT : null;
        return new About(text == null || text.isBlank() ? null : text, kind, null, tags, null);
    }

    /** Adds the prerequisites up to the first that leads to a cycle, and says that there is one; null if there is none. */
    private @Nullable String prerequisites(boolean on, List<Prerequisite> prerequisites) {
        for (Node needed : node.get("prerequisites").list()) {
            needed.only(Set.of("key", "variation"));
            String other = needed.get("key").text();
            if (other == null) {
                needed.get("key").problem("a flag's key");
                continue;
            }
            if (on
                    && export.failingFlags().contains(name)
                    && export.failingFlags().contains(other)) {
                return "the prerequisite " + other + " leads to a cycle";
            } else if (!on
                    && export.circularFlags().contains(name)
                    && export.circularFlags().contains(other)) {
                needed.remark("leads to a cycle once the flag is on, and was left out");
                continue;
            }
            Node flag = export.flags().get(other);
            int variation = index(needed.get("variation"));
            if (flag == null) {
                needed.remark("there is no flag " + other + ", so it is not met; a FlagEditor refuses to write it so");
            }
            String variant = flag == null
                    ? Integer.toString(variation)
                    : LaunchDarklyVariants.of(flag).name(variation);
            prerequisites.add(new Prerequisite(Keys.of(other), List.of(variant)));
        }
        return null;
    }

    /** With targets of other kinds, those of users stand in the order of their place holders, and count only if they have one. */
    private void targets() {
        List<Node> users = node.get("targets").list();
        List<Node> contexts = node.get("contextTargets").list();
        users.forEach(target -> target.only(Set.of("variation", "values", "contextKind")));
        if (contexts.isEmpty()) {
            for (int i = 0; i < users.size(); i++) {
                target(
                        "targets-" + i,
                        Attribute.KEY,
                        users.get(i),
                        index(users.get(i).get("variation")));
            }
            return;
        }
        Set<String> used = new HashSet<>();
        for (int i = 0; i < contexts.size(); i++) {
            Node target = contexts.get(i);
            target.only(Set.of("variation", "values", "contextKind"));
            String kind = LaunchDarklyReference.kind(target.get("contextKind").text());
            int variation = index(target.get("variation"));
            Node of = kind.equals(LaunchDarklyReference.USER)
                    ? users.stream()
                            .filter(user -> index(user.get("variation")) == variation)
                            .findFirst()
                            .orElse(null)
                    : target;
            if (of != null && used.add(of.path())) {
                target("contextTargets-" + i, LaunchDarklyReference.key(kind), of, variation);
            }
        }
        users.stream()
                .filter(user -> !used.contains(user.path()))
                .forEach(user ->
                        user.remark("does not count, since contextTargets has no place for it, and was left out"));
    }

    private void target(String id, Attribute by, Node target, int variation) {
        List<FlagValue> keys = new ArrayList<>();
        for (Node value : target.get("values").list()) {
            String text = value.text();
            if (text == null) {
                value.problem("a string");
            } else {
                keys.add(FlagValue.of(text));
            }
        }
        if (!keys.isEmpty()) {
            ids.add(id);
            rules.add(new Rule(id, Conditions.compare(by, Operator.IN, null, keys), variants.name(variation)));
        }
    }

    private void rule(Node rule) {
        rule.only(RULE_FIELDS);
        if (rule.get("disabled").bool(false)) {
            rule.remark("is disabled, and was left out");
            return;
        }
        List<Condition> conditions = new ArrayList<>();
        String malformed = null;
        for (Node clause : rule.get("clauses").list()) {
            malformed = LaunchDarklyClause.malformed(clause, export);
            if (malformed != null) {
                clause.remark(
                        "is malformed: whoever gets there gets the caller's default, as before; what the rule serves is left out");
                break;
            }
            conditions.add(new LaunchDarklyClause(clause, export).condition());
        }
        if (malformed == null) {
            lacking(rule, conditions);
        }
        String id = rule.get("id").text();
        if (id != null && !ids.add(id)) {
            rule.get("id").remark("is the id of another rule too, and was left out");
            id = null;
        }
        rules.add(new Rule(
                id == null || id.isEmpty() ? null : id,
                null,
                conditions.isEmpty() ? null : Conditions.all(conditions),
                null,
                malformed == null ? serve(rule) : Serve.variant(variants.error("malformed", malformed)),
                Extra.NONE));
    }

    /**
     * Makes a rule for contexts without the kind that a rollout goes by. LaunchDarkly puts them into the first share also if its weight is
     * 0, where Guidon puts nobody.
     */
    private void lacking(Node choice, List<Condition> conditions) {
        Node rollout = choice.get("rollout");
        List<Node> shares = rollout.get("variations").list();
        if (choice.get("variation").missing()
                && !shares.isEmpty()
                && LaunchDarklyRollout.weight(shares.get(0).get("weight")) == 0
                && !LaunchDarklyRollout.by(rollout, "contextKind").malformed()) {
            List<Condition> all = new ArrayList<>(conditions);
            all.add(LaunchDarklyRollout.lacksKind(rollout, "contextKind"));
            Serve first = Serve.variant(variants.name(index(shares.get(0).get("variation"))));
            rules.add(new Rule(null, null, Conditions.all(all), null, first, Extra.NONE));
        }
    }

    private Serve serve(Node choice) {
        Integer variation = LaunchDarklyRollout.integer(choice.get("variation"));
        if (variation != null) {
            return Serve.variant(variants.name(variation));
        }
        Node rollout = choice.get("rollout");
        List<Node> shares = rollout.get("variations").list();
        if (shares.isEmpty()) {
            return Serve.variant(variants.error("no-variation", "there is neither a variation nor a rollout"));
        }
        rollout.only(ROLLOUT_FIELDS);
        experiment |= rollout.get("kind").value().equals(LaunchDarklyRollout.EXPERIMENT);
        LaunchDarklyReference by = LaunchDarklyRollout.by(rollout, "contextKind");
        Integer seed = LaunchDarklyRollout.integer(rollout.get("seed"));
        return by.malformed()
                ? Serve.variant(variants.error("malformed", "the attribute to bucket by is not valid"))
                : new Serve.WeightedSplit(weights(shares), formula.assignment(key, by.attribute(), seed));
    }

    /** What the weights leave over goes to the last, and what is beyond the whole to nobody. */
    private List<Serve.Weight> weights(List<Node> shares) {
        List<Serve.Weight> weights = new ArrayList<>();
        int left = LaunchDarklyRollout.WHOLE;
        for (Node share : shares) {
            share.only(Set.of("variation", "weight", "untracked"));
            int weight = Math.min(left, LaunchDarklyRollout.weight(share.get("weight")));
            boolean last = weights.size() == shares.size() - 1;
            weights.add(new Serve.Weight(variants.name(index(share.get("variation"))), last ? left : weight));
            left -= weight;
        }
        return weights;
    }

    /** The index of a variation; 0 if it is missing, as in LaunchDarkly. */
    private static int index(Node node) {
        Integer index = LaunchDarklyRollout.integer(node);
        return index == null ? 0 : index;
    }
}
