package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what LaunchDarkly's REST API lists, flags and segments, into the data that SDKs get for one of the environments. */
final class LaunchDarklyRest {

    private static final String SEGMENTS = "GET /api/v2/segments/{project}/{environment}";
    private static final String FLAGS = "GET /api/v2/flags/{project}?summary=0&env={environment}";
    private static final String SDK = "GET https://sdk.launchdarkly.com/sdk/latest-all with an SDK key";
    /** What decides no answer, or is read elsewhere. All other fields go into the data, where those that are not known get a remark. */
    private static final Set<String> NO_TARGETING = Set.of(
            "key",
            "name",
            "kind",
            "creationDate",
            "lastModifiedDate",
            "lastModified",
            "version",
            "variations",
            "variationJsonSchema",
            "environments",
            "archived",
            "archivedDate",
            "deprecated",
            "deprecatedDate",
            "temporary",
            "includeInSnippet",
            "maintainerId",
            "maintainerTeamKey",
            "goalIds",
            "experiments",
            "customProperties",
            "defaults");

    private final Notes notes;
    private final ImportLog log;
    private final List<Node> flagItems = new ArrayList<>();
    private final List<Node> segmentItems = new ArrayList<>();
    private final Map<String, FlagValue> flags = new LinkedHashMap<>();
    private final Map<String, FlagValue> segments = new LinkedHashMap<>();

    private LaunchDarklyRest(Notes notes, ImportLog log) {
        this.notes = notes;
        this.log = log;
    }

    /** The data of SDKs; the notes have problems if there is none. */
    static Node data(List<Node> documents, @Nullable String environment, Notes notes, ImportLog log) {
        LaunchDarklyRest rest = new LaunchDarklyRest(notes, log);
        documents.forEach(document -> rest.items(document.with(notes)));
        if (rest.flagItems.isEmpty()) {
            notes.problem(new Problem("items", "no flag", "what " + FLAGS + " answers"));
        }
        BigDecimal flagTotal = BigDecimal.ZERO;
        BigDecimal segmentTotal = BigDecimal.ZERO;
        for (Node document : documents) {
            BigDecimal total = document.with(notes).get("totalCount").number();
            boolean ofFlags = document.get("items").list().stream().anyMatch(item -> item.has("variations"));
            flagTotal = ofFlags && total != null ? total : flagTotal;
            segmentTotal = !ofFlags && total != null ? total : segmentTotal;
        }
        rest.checkTotal("flags", rest.flagItems.size(), flagTotal, FLAGS);
        rest.checkTotal("segments", rest.segmentItems.size(), segmentTotal, SEGMENTS);
        Set<String> environments = new TreeSet<>();
        rest.flagItems.forEach(
                item -> environments.addAll(item.get("environments").fields().keySet()));
        String chosen =
                Environments.choose(environment, environments, documents.get(0).with(notes));
        if (notes.problems().isEmpty()) {
            rest.segmentItems.forEach(rest::segment);
            rest.flagItems.forEach(item -> rest.flag(item, chosen == null ? "" : chosen));
        }
        Map<String, FlagValue> data = new LinkedHashMap<>();
        data.put("flags", new FlagValue.Obj(rest.flags));
        data.put("segments", new FlagValue.Obj(rest.segments));
        return new Node(new FlagValue.Obj(data), "", notes);
    }

    private void items(Node document) {
        document.only(Set.of("items", "totalCount", "totalCountWithDifferences", "_links"));
        if (document.get("items").missing()) {
            document.problem("what " + FLAGS + " answers, and " + SEGMENTS + " beside it");
        }
        for (Node item : document.get("items").list()) {
            if (!(item.get("key").value() instanceof FlagValue.Text)) {
                item.problem("a flag or a segment with a key");
            } else if (item.has("variations")) {
                flagItems.add(item);
            } else if (item.has("included") || item.has("rules") || item.has("unbounded")) {
                segmentItems.add(item);
            } else {
                item.problem("a flag with variations, or a segment");
            }
        }
    }

    private void checkTotal(String what, int found, BigDecimal total, String request) {
        if (total.compareTo(BigDecimal.valueOf(found)) > 0) {
            notes.problem(new Problem(
                    "totalCount",
                    found + " of " + total.toPlainString() + " " + what,
                    "all: the next ones are in " + request + (request.contains("?") ? "&" : "?") + "offset=" + found));
        }
    }

    private void flag(Node item, String environment) {
        String key = "" + item.get("key").text();
        Node config = item.get("environments").get(environment);
        if (item.get("archived").value().equals(FlagValue.TRUE)
                || config.get("archived").value().equals(FlagValue.TRUE)) {
            log.remark("flag " + key, "is archived, and was left out");
            return;
        }
        String path = Node.within("flags", key);
        Map<String, FlagValue> flag = new LinkedHashMap<>();
        copy(item, flag, path);
        copy(config, flag, path);
        flag.put(
                "variations",
                new FlagValue.Array(item.get("variations").list().stream()
                        .map(variation -> variation.get("value").value())
                        .toList()));
        log.moved(path + ".variations", item.get("variations").path());
        if (flags.put(key, new FlagValue.Obj(flag)) != null) {
            flaw(path, item.get("key"), "every key once");
        }
        if (!config.has("rules") || !config.has("fallthrough")) {
            flaw(path, config, "its targeting, as " + FLAGS + " answers it");
        }
        for (Node rule : config.get("rules").list()) {
            checkRollout(path, rule.get("rollout"));
            checkSegments(path, rule);
        }
        checkRollout(path, config.get("fallthrough").get("rollout"));
    }

    private void segment(Node item) {
        String key = "" + item.get("key").text();
        String path = Node.within("segments", key);
        Map<String, FlagValue> segment = new LinkedHashMap<>();
        copy(item, segment, path);
        List.of("tags", "description").forEach(segment::remove);
        if (segments.put(key, new FlagValue.Obj(segment)) != null) {
            flaw(path, item.get("key"), "every key once");
        }
        for (Node rule : item.get("rules").list()) {
            if (!rule.get("weight").missing() && item.get("salt").missing()) {
                flaw(path, rule.get("weight"), "none without the segment's salt, which only " + SDK + " answers");
            }
            checkSegments(path, rule);
        }
    }

    private void checkRollout(String path, Node rollout) {
        if (!rollout.get("experimentAllocation").missing()) {
            flaw(path, rollout.get("experimentAllocation"), "none: an experiment is in what " + SDK + " answers");
        }
    }

    private void checkSegments(String path, Node rule) {
        for (Node clause : rule.get("clauses").list()) {
            if (clause.get("op").value().equals(FlagValue.of("segmentMatch"))) {
                clause.get("values").list().stream()
                        .filter(name -> segmentItems.stream()
                                .noneMatch(item -> item.get("key").value().equals(name.value())))
                        .forEach(name -> flaw(path, name, "a segment that is there: " + SEGMENTS + " answers them"));
            }
        }
    }

    /** Says what is wrong with a definition, so that it is refused when it is made. */
    private void flaw(String definition, Node node, String allowed) {
        log.flaw(Problem.at(node.path(), node.missing() ? null : node.value(), allowed), definition);
    }

    private void copy(Node from, Map<String, FlagValue> to, String path) {
        from.fields().forEach((name, node) -> {
            if (!NO_TARGETING.contains(name) && !name.startsWith("_")) {
                to.put(name, clean(node.value()));
                log.moved(path + "." + name, node.path());
            }
        });
    }

    /** Without what is only of the REST API; the id of a rule is not. */
    private static FlagValue clean(FlagValue value) {
        if (value instanceof FlagValue.Array array) {
            return new FlagValue.Array(
                    array.values().stream().map(LaunchDarklyRest::clean).toList());
        } else if (value instanceof FlagValue.Obj object) {
            Map<String, FlagValue> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> {
                boolean rule = object.fields().containsKey("clauses");
                if (rule && name.equals("_id")) {
                    fields.put("id", field);
                } else if (!name.startsWith("_") && !(rule && (name.equals("ref") || name.equals("description")))) {
                    fields.put(name, clean(field));
                }
            });
            return new FlagValue.Obj(fields);
        }
        return value;
    }
}
