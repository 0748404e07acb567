package dev.guidon.migrate;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the data of LaunchDarkly's server-side SDKs, as a stream, a poll or a file has them, and what its REST API lists. */
final class LaunchDarkly {

    private static final String FORMS = "an object with flags, flagValues or segments, as SDKs get it, or with items,"
            + " as GET /api/v2/flags/{project}?summary=0&env={environment} answers";

    private LaunchDarkly() {}

    static void read(List<Node> documents, @Nullable String environment, ImportLog log) {
        Node document = documents.get(0);
        boolean single = document.has("environments") && document.has("variations");
        if (single || document.has("items")) {
            Notes notes = new Notes();
            List<Node> answers = single ? List.of(list(document)) : documents;
            Node data = LaunchDarklyRest.data(answers, environment, notes, log);
            if (notes.problems().isEmpty()) {
                read(data, log);
            } else {
                log.export(notes);
            }
        } else if (environment != null) {
            log.refuse(
                    ImportLog.EXPORT,
                    List.of(new Problem("environment", environment, "none: the export is for one environment")));
        } else if (documents.size() > 1) {
            log.refuse(
                    ImportLog.EXPORT,
                    List.of(new Problem("", documents.size() + " documents", "one with the data of SDKs")));
        } else {
            boolean wrapped = !document.has("flags") && document.has("data");
            read(wrapped ? document.get("data") : document, log);
        }
    }

    /** The REST API answers one flag as it lists several. */
    private static Node list(Node flag) {
        FlagValue items = new FlagValue.Array(List.of(flag.value()));
        return new Node(new FlagValue.Obj(Map.of("items", items)), flag.path(), flag.notes());
    }

    private static void read(Node data, ImportLog log) {
        if (Stream.of("flags", "flagValues", "segments")
                .allMatch(part -> !data.has(part) || data.get(part).missing())) {
            log.refuse(ImportLog.EXPORT, List.of(Problem.at(data.path(), data.value(), FORMS)));
            return;
        }
        Map<String, Node> flags = new LinkedHashMap<>(data.get("flags").fields());
        data.get("flagValues").fields().forEach((key, value) -> {
            if (flags.putIfAbsent(key, simple(value)) != null) {
                value.problem("nothing, for there is a flag of this key");
            }
        });
        Map<String, Node> segments = data.get("segments").fields();
        data.only(Set.of("flags", "flagValues", "segments"));
        log.export(data.notes());
        LaunchDarklyExport export = LaunchDarklyExport.of(flags, segments);
        segments.forEach((key, node) -> {
            String subject = "segment " + key;
            if (LaunchDarklyExport.deleted(node)) {
                log.remark(subject, "is deleted, and was left out");
            } else {
                log.make(subject, DefinitionKey.segment(Keys.of(key)), node, noted -> {
                    noted.onlyObject("a segment");
                    return new LaunchDarklySegment(key, noted, export).segment();
                });
            }
        });
        flags.forEach((key, node) -> {
            String subject = "flag " + key;
            if (LaunchDarklyExport.deleted(node)) {
                log.remark(subject, "is deleted, and was left out");
            } else {
                log.make(subject, DefinitionKey.flag(Keys.of(key)), node, noted -> {
                    noted.onlyObject("a flag");
                    return new LaunchDarklyFlag(key, noted, export).flag();
                });
            }
        });
    }

    /** What {@code flagValues} of a file means: a flag that serves one value to everybody. */
    private static Node simple(Node value) {
        Map<String, FlagValue> flag = new LinkedHashMap<>();
        flag.put("on", FlagValue.TRUE);
        flag.put("fallthrough", new FlagValue.Obj(Map.of("variation", FlagValue.of(0))));
        flag.put("variations", new FlagValue.Array(List.of(value.value())));
        return new Node(new FlagValue.Obj(flag), value.path(), value.notes());
    }
}
