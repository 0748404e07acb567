package dev.guidon.migrate;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the data of LaunchDarkly's server-side SDKs, as a stream, a poll or a file has them. */
final class LaunchDarkly {

    private LaunchDarkly() {}

    static void read(Node document, ImportLog log) {
        boolean wrapped = !document.has("flags") && document.has("data");
        Node data = wrapped ? document.get("data") : document;
        if (!data.has("flags") && !data.has("flagValues") && !data.has("segments")) {
            log.refuse(
                    ImportLog.EXPORT,
                    List.of(Problem.at(data.path(), data.value(), "an object with flags, flagValues or segments")));
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
        tell(data.notes(), log);
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

    private static void tell(Notes notes, ImportLog log) {
        if (!notes.problems().isEmpty()) {
            log.refuse(ImportLog.EXPORT, notes.problems());
        }
        notes.remarks().forEach(remark -> log.remark(ImportLog.EXPORT, remark));
    }
}
