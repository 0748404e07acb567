package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what Unleash's admin API exports into what its client API answers for one of the environments. */
final class UnleashAdmin {

    private static final Set<String> FIELDS = Set.of(
            "features",
            "featureStrategies",
            "featureEnvironments",
            "featureStrategySegments",
            "segments",
            "featureTags",
            "dependencies",
            // Decide no answer.
            "version",
            "projects",
            "environments",
            "strategies",
            "contextFields",
            "tags",
            "tagTypes",
            "links");
    private static final String FEATURE = "featureName";
    private static final String ENVIRONMENT = "environment";

    private final Node export;
    private final ImportLog log;
    /** Of strategies by their ids, where an export has a list of them. */
    private final Map<FlagValue, List<FlagValue>> segments = new HashMap<>();

    private final Map<String, List<Node>> strategies;
    private final Map<String, List<Node>> environments;
    private final Map<String, List<Node>> tags;
    private final Map<String, List<Node>> dependencies;

    private UnleashAdmin(Node export, @Nullable String environment, ImportLog log) {
        this.export = export;
        this.log = log;
        this.strategies = byFeature("featureStrategies", FEATURE, environment);
        this.environments = byFeature("featureEnvironments", FEATURE, environment);
        this.tags = byFeature("featureTags", FEATURE, null);
        this.dependencies = byFeature("dependencies", "feature", null);
        for (Node one : export.get("featureStrategySegments").list()) {
            Node strategy = one.get("featureStrategyId");
            Node segment = one.get("segmentId");
            if (strategy.missing() || segment.missing()) {
                one.problem("the id of a strategy and the id of a segment");
            }
            segments.computeIfAbsent(strategy.value(), id -> new ArrayList<>()).add(segment.value());
        }
    }

    static boolean wrote(Node export) {
        return export.has("featureStrategies") || export.has("featureEnvironments");
    }

    /** The client form, empty if the export has problems; the log knows where each part of it stood. */
    static Node clientForm(Node export, @Nullable String environment, ImportLog log) {
        export.fields().forEach((name, node) -> {
            if (!FIELDS.contains(name)) {
                node.problem("none of this name in an export of features");
            }
        });
        String chosen = environment(export, environment);
        UnleashAdmin admin = new UnleashAdmin(export, chosen, log);
        List<FlagValue> features = export.get("features").list().stream()
                .filter(admin::isLive)
                .map(admin::feature)
                .toList();
        admin.checkAllUsed();
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (export.notes().problems().isEmpty()) {
            fields.put("features", new FlagValue.Array(features));
            fields.put("segments", export.get("segments").value());
        }
        return new Node(new FlagValue.Obj(fields), "", export.notes());
    }

    private boolean isLive(Node feature) {
        String name = feature.get("name").text();
        boolean archived = feature.get("archived").bool(false);
        if (archived && name != null) {
            log.remark("flag " + name, "is archived, and was left out");
            Stream.of(strategies, environments, tags, dependencies).forEach(parts -> parts.remove(name));
        }
        return !archived;
    }

    private static @Nullable String environment(Node export, @Nullable String chosen) {
        Set<String> names = new TreeSet<>();
        Stream.of("featureEnvironments", "featureStrategies")
                .flatMap(list -> export.get(list).list().stream())
                .map(element -> element.get(ENVIRONMENT).text())
                .forEach(name -> {
                    if (name != null) {
                        names.add(name);
                    }
                });
        return Environments.choose(chosen, names, export);
    }

    private Map<String, List<Node>> byFeature(String list, String field, @Nullable String environment) {
        Map<String, List<Node>> found = new HashMap<>();
        for (Node element : export.get(list).list()) {
            String in = element.get(ENVIRONMENT).text();
            String feature = element.get(field).text();
            if (feature == null) {
                element.get(field).problem("the name of a feature");
            } else if (in == null || environment == null || in.equals(environment)) {
                found.computeIfAbsent(feature, none -> new ArrayList<>()).add(element);
            }
        }
        return found;
    }

    private FlagValue feature(Node feature) {
        if (!(feature.value() instanceof FlagValue.Obj object
                && object.fields().get("name") instanceof FlagValue.Text name)) {
            return feature.value();
        }
        Map<String, FlagValue> fields = new LinkedHashMap<>(object.fields());
        fields.put("strategies", strategies(feature, take(strategies, name.value())));
        fields.put(
                "tags",
                new FlagValue.Array(
                        take(tags, name.value()).stream().map(UnleashAdmin::tag).toList()));
        List<Node> states = take(environments, name.value());
        fields.put("enabled", FlagValue.FALSE);
        if (states.size() > 1) {
            states.get(1).problem("one element for a feature in an environment");
        }
        for (Node state : states) {
            move(fields, feature, "enabled", state.get("enabled"));
            if (!state.get("variants").missing()) {
                move(fields, feature, "variants", state.get("variants"));
            }
        }
        for (Node dependency : take(dependencies, name.value())) {
            if (!dependency.has("dependencies")) {
                dependency.problem("a feature and its dependencies");
            }
            move(fields, feature, "dependencies", dependency.get("dependencies"));
        }
        return new FlagValue.Obj(fields);
    }

    private void move(Map<String, FlagValue> fields, Node feature, String name, Node from) {
        fields.put(name, from.value());
        log.moved(feature.get(name).path(), from.path());
    }

    /** The order counts: the variants of the first strategy that includes somebody are theirs. */
    private FlagValue strategies(Node feature, List<Node> found) {
        List<Node> sorted = new ArrayList<>(found);
        Function<Node, Double> order = strategy -> strategy.get("sortOrder").value() instanceof FlagValue.Number number
                ? number.value().doubleValue()
                : Double.MAX_VALUE;
        sorted.sort(Comparator.comparing(order));
        List<FlagValue> values = new ArrayList<>();
        for (Node strategy : sorted) {
            log.moved(feature.get("strategies").path() + "[" + values.size() + "]", strategy.path());
            Map<String, FlagValue> fields = new LinkedHashMap<>();
            strategy.fields().forEach((name, value) -> fields.put(name, value.value()));
            fields.keySet()
                    .removeAll(Set.of(FEATURE, ENVIRONMENT, "strategyName", "projectId", "createdAt", "milestoneId"));
            if (strategy.has("strategyName")) {
                fields.put("name", strategy.get("strategyName").value());
            }
            List<FlagValue> listed = segments.get(strategy.get("id").value());
            if (listed != null) {
                fields.put("segments", new FlagValue.Array(listed));
            }
            values.add(new FlagValue.Obj(fields));
        }
        return new FlagValue.Array(values);
    }

    private static FlagValue tag(Node tag) {
        String type = tag.get("tagType").text();
        String value = tag.get("tagValue").text();
        return FlagValue.of(type == null || type.equals("simple") ? "" + value : type + ":" + value);
    }

    private static List<Node> take(Map<String, List<Node>> from, String name) {
        List<Node> taken = from.remove(name);
        return taken == null ? List.of() : taken;
    }

    private void checkAllUsed() {
        Stream.of(strategies, environments, dependencies)
                .flatMap(left -> left.values().stream())
                .flatMap(List::stream)
                .forEach(element -> element.problem("the name of one of the features, each of which comes once"));
    }
}
