package dev.guidon.migrate;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Unleash sends to its SDKs, all features or the events of the delta API, and what its admin API exports. */
final class Unleash {

    private static final String VARIANT = ".variant";
    private static final String FORMS = "what /api/client/features or /api/client/delta answers, or"
            + " /api/admin/features-batch/export (features, featureStrategies, featureEnvironments)";

    private final ImportLog log;
    private final Map<String, Node> features = new LinkedHashMap<>();
    private final UnleashSegments segments = new UnleashSegments();

    private Unleash(ImportLog log) {
        this.log = log;
    }

    static void read(List<Node> documents, @Nullable String environment, ImportLog log) {
        Notes notes = new Notes();
        Unleash unleash = new Unleash(log);
        boolean ofSeveral = false;
        for (Node document : documents) {
            Node export = document.with(notes);
            if (export.has("events") && !export.get("events").missing()) {
                export.only(Set.of("events"));
                export.get("events").list().forEach(unleash::event);
            } else if (UnleashAdmin.wrote(export)) {
                ofSeveral = true;
                unleash.all(UnleashAdmin.clientForm(export, environment, log));
            } else {
                export.only(Set.of("version", "features", "segments", "query", "meta"));
                unleash.all(export);
                if (notes.problems().isEmpty() && export.get("features").missing() && !isSegments(export, documents)) {
                    export.problem(FORMS);
                }
            }
        }
        if (environment != null && !ofSeveral) {
            notes.problem(new Problem("environment", environment, "none: the export is for one environment"));
        }
        if (notes.problems().isEmpty()) {
            unleash.make();
        }
        log.export(notes);
    }

    /** Whether a document adds segments to what another one says of features. */
    private static boolean isSegments(Node export, List<Node> documents) {
        return documents.size() > 1 && export.has("segments");
    }

    private void all(Node node) {
        node.get("segments").list().forEach(this::segment);
        node.get("features").list().forEach(this::feature);
    }

    private void feature(Node feature) {
        String name = name(feature, "feature");
        if (name == null) {
            return;
        }
        String subject = "flag " + name;
        if (feature.get("archived").value().equals(FlagValue.TRUE)) {
            log.remark(subject, "is archived, and was left out");
        } else if (feature.has("environments")) {
            log.refuse(subject, List.of(Problem.at(feature.path(), feature.value(), FORMS)));
        } else if (features.putIfAbsent(name, feature) != null) {
            log.refuse(
                    subject, List.of(new Problem(feature.path(), "the feature " + name + " again", "every name once")));
        }
    }

    private void event(Node event) {
        String type = event.with(new Notes()).get("type").text();
        switch (type == null ? "" : type) {
            case "hydration" -> all(event);
            case "feature-updated" -> {
                Node feature = event.get("feature");
                String name = name(feature, "feature");
                if (name != null) {
                    features.remove(name);
                    features.put(name, feature);
                }
            }
            case "feature-removed" -> {
                String name = event.get("featureName").text();
                features.remove(name == null ? "" : name);
            }
            case "segment-updated" -> segment(event.get("segment"));
            case "segment-removed" ->
                segments.remove(UnleashSegments.id(event.get("segmentId").value()));
            default ->
                log.refuse(
                        event.path(),
                        List.of(Problem.at(
                                event.path() + ".type",
                                type,
                                "hydration, feature-updated, feature-removed, segment-updated, segment-removed")));
        }
    }

    private void segment(Node segment) {
        String id = UnleashSegments.id(segment.with(new Notes()).get("id").value());
        if (id.isEmpty()) {
            log.refuse(
                    segment.path(),
                    List.of(Problem.at(segment.path() + ".id", segment.value(), "a segment with a number as id")));
        } else {
            segments.put(id, segment);
        }
    }

    private @Nullable String name(Node node, String what) {
        String name = node.with(new Notes()).get("name").text();
        if (name == null) {
            log.refuse(node.path(), List.of(Problem.at(node.path(), node.value(), "a " + what + " with a name")));
        }
        return name;
    }

    private void make() {
        segments.make(log);
        Set<String> taken = new HashSet<>();
        features.keySet().forEach(name -> taken.add(Keys.of(name)));
        Map<String, UnleashFeature> all = new HashMap<>();
        features.forEach((name, node) -> {
            String variantKey = Keys.of(name) + VARIANT;
            while (!taken.add(variantKey)) {
                variantKey += "_";
            }
            all.put(name, new UnleashFeature(name, Keys.of(name), variantKey, node.with(new Notes()), segments));
        });
        features.forEach((name, node) -> {
            UnleashFeature feature = Objects.requireNonNull(all.get(name));
            log.make(
                    "flag " + name,
                    DefinitionKey.flag(feature.key()),
                    node,
                    at -> feature.at(at).flag(all));
            if (feature.hasVariants()) {
                DefinitionKey id = DefinitionKey.flag(feature.variantKey());
                log.make("flag " + feature.variantKey(), id, node, at -> new UnleashVariants(feature.at(at)).flag());
            }
        });
    }
}
