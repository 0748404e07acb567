package dev.guidon.migrate;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Unleash tells its SDKs: all features, or the events of the delta API. */
final class Unleash {

    private static final String VARIANT = ".variant";

    private final ImportLog log;
    private final Map<String, Node> features = new LinkedHashMap<>();
    private final UnleashSegments segments = new UnleashSegments();

    private Unleash(ImportLog log) {
        this.log = log;
    }

    static void read(Node document, ImportLog log) {
        Notes notes = new Notes();
        Node export = document.with(notes);
        Unleash unleash = new Unleash(log);
        if (export.has("events")) {
            export.only(Set.of("events"));
            export.get("events").list().forEach(unleash::event);
        } else {
            export.only(Set.of("version", "features", "segments", "query", "meta"));
            unleash.all(export);
            if (notes.problems().isEmpty() && export.get("features").missing()) {
                export.problem("an object with features or events");
            }
        }
        unleash.make();
        if (!notes.problems().isEmpty()) {
            log.refuse(ImportLog.EXPORT, notes.problems());
        }
        notes.remarks().forEach(remark -> log.remark(ImportLog.EXPORT, remark));
    }

    private void all(Node node) {
        node.get("segments").list().forEach(this::segment);
        node.get("features").list().forEach(feature -> {
            String name = name(feature, "feature");
            if (name != null && features.putIfAbsent(name, feature) != null) {
                log.refuse(
                        "flag " + name,
                        List.of(new Problem(feature.path(), "the feature " + name + " again", "every name once")));
            }
        });
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
