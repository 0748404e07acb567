package dev.guidon.migrate;

import dev.guidon.definition.About;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature of Unleash.
 *
 * @param name its name
 * @param key the key of the flag that says whether it is on
 * @param variantKey the key of the flag that says which variant it has
 * @param node where it stands
 * @param segments the segments of the export
 */
record UnleashFeature(String name, String key, String variantKey, Node node, UnleashSegments segments) {

    private static final Set<String> FIELDS = Set.of(
            "name",
            "description",
            "type",
            "project",
            "enabled",
            "stale",
            "impressionData",
            "strategies",
            "variants",
            "dependencies",
            "createdAt",
            "lastSeenAt",
            "environment",
            "tags",
            "archived",
            "archivedAt",
            "createdBy",
            "createdByUserId",
            "favorite",
            "potentiallyStale",
            "links");

    UnleashFeature at(Node other) {
        return new UnleashFeature(name, key, variantKey, other, segments);
    }

    UnleashStrategy strategy(Node strategy) {
        return UnleashStrategy.of(strategy, name, segments);
    }

    /** Whether it, or a strategy of it, has variants. */
    boolean hasVariants() {
        return hasElements(node.get("variants"))
                || node.get("strategies").list().stream().anyMatch(strategy -> hasElements(strategy.get("variants")));
    }

    boolean hasDependencies() {
        return hasElements(node.get("dependencies"));
    }

    private static boolean hasElements(Node list) {
        return list.value() instanceof FlagValue.Array array && !array.values().isEmpty();
    }

    /** The flag that says whether the feature is on. */
    Flag flag(Map<String, UnleashFeature> features) {
        node.only(FIELDS);
        if (!key.equals(name)) {
            node.get("name").remark("its key is " + key + " here, since \"" + name + "\" cannot be a key");
        }
        if (hasVariants()) {
            node.get("variants").remark("the flag " + variantKey + " tells which one");
        }
        List<Prerequisite> prerequisites = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (Node dependency : node.get("dependencies").list()) {
            depend(dependency, features, prerequisites, rules);
        }
        List<Node> strategies = node.get("strategies").list();
        if (!strategies.isEmpty()
                && strategies.stream()
                        .allMatch(strategy -> strategy.get("disabled").bool(false))) {
            node.get("strategies").loss("are all disabled: off for everybody here; Unleash leaves such strategies out");
        }
        strategies.forEach(strategy -> rules.add(strategy(strategy).rule(null, Serve.variant(Flag.ON))));
        return new Flag(
                key,
                FlagType.BOOLEAN,
                about(),
                node.get("enabled").bool(false),
                false,
                Map.of(),
                Map.of(),
                null,
                null,
                prerequisites,
                rules,
                Serve.variant(strategies.isEmpty() ? Flag.ON : Flag.OFF),
                Extra.NONE);
    }

    private void depend(
            Node dependency, Map<String, UnleashFeature> features, List<Prerequisite> prerequisites, List<Rule> rules) {
        dependency.only(Set.of("feature", "enabled", "variants"));
        String parentName = dependency.get("feature").text();
        if (parentName == null) {
            dependency.get("feature").problem("the name of a feature");
            return;
        }
        UnleashFeature parent = features.get(parentName);
        List<String> variants = new ArrayList<>();
        dependency.get("variants").list().forEach(variant -> {
            String text = variant.text();
            variants.add(text == null ? "" : text);
        });
        String never = parent == null
                ? "it depends on a feature that is not there"
                : parent.hasDependencies()
                        ? "it depends on a feature that itself depends on others, which Unleash does not follow"
                        : null;
        if (parent == null || never != null) {
            off(null, rules);
            dependency.remark("is off for everybody, since " + never);
        } else if (!dependency.get("enabled").bool(true)) {
            if (!variants.isEmpty()) {
                dependency.get("variants").problem("none with enabled: false");
            }
            off(Conditions.unless(new Condition.FlagServes(parent.key, List.of(Flag.OFF), Extra.NONE)), rules);
        } else {
            prerequisites.add(new Prerequisite(parent.key, List.of(Flag.ON)));
            if (!variants.isEmpty()) {
                dependOnVariant(dependency, parent, variants, prerequisites, rules);
            }
        }
    }

    private static void dependOnVariant(
            Node dependency,
            UnleashFeature parent,
            List<String> variants,
            List<Prerequisite> prerequisites,
            List<Rule> rules) {
        List<String> served = List.of();
        if (parent.hasVariants()) {
            UnleashVariants known = new UnleashVariants(parent.at(parent.node.with(new Notes())));
            served = known.named(variants);
        } else if (variants.contains(UnleashVariants.DISABLED)) {
            return;
        }
        if (served.isEmpty()) {
            off(null, rules);
            dependency.remark("is off for everybody, since " + parent.name + " has none of these variants");
        } else {
            prerequisites.add(new Prerequisite(parent.variantKey, served));
        }
    }

    private static void off(@Nullable Condition when, List<Rule> rules) {
        rules.add(new Rule(null, null, when, null, Serve.variant(Flag.OFF), Extra.NONE));
    }

    private About about() {
        List<String> tags = new ArrayList<>();
        for (Node tag : node.get("tags").list()) {
            if (tag.value() instanceof FlagValue.Text text) {
                tags.add(text.value());
            }
        }
        String project = node.get("project").text();
        if (project != null && !project.equals("default")) {
            tags.add(project);
        }
        if (node.get("stale").bool(false)) {
            tags.add("stale");
        }
        return new About(node.get("description").text(), kind(node.get("type")), null, tags, null);
    }

    private static @Nullable FlagKind kind(Node node) {
        String type = node.text();
        return switch (type == null ? "" : type) {
            case "" -> null;
            case "release" -> FlagKind.RELEASE;
            case "experiment" -> FlagKind.EXPERIMENT;
            case "operational", "kill-switch" -> FlagKind.OPERATIONAL;
            case "permission" -> FlagKind.PERMISSION;
            default -> {
                node.remark("found \"" + type + "\", which is no kind of flag here and was left out");
                yield null;
            }
        };
    }
}
