package dev.guidon.migrate;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import java.util.List;
import java.util.Set;

/** Reads a universal flag configuration, as Eppo and Datadog send it to server-side SDKs. */
final class Ufc {

    private Ufc() {}

    static void read(Node document, ImportLog log) {
        Notes notes = new Notes();
        Node export = document.with(notes);
        export.only(Set.of("createdAt", "format", "environment", "flags", "bandits", "banditReferences"));
        if (FlagValue.of("CLIENT").equals(export.get("format").value())) {
            export.get("format").problem("SERVER (names in the configuration of clients are hashed)");
        } else if (export.get("flags").missing() && notes.problems().isEmpty()) {
            export.problem("an object with flags");
        } else {
            export.get("flags")
                    .fields()
                    .forEach((name, node) -> log.make(
                            "flag " + name, DefinitionKey.flag(Keys.of(name)), node, flag -> UfcFlag.of(name, flag)));
        }
        for (String bandit : List.of("bandits", "banditReferences")) {
            if (!export.get(bandit).missing()) {
                export.get(bandit).loss("was left out: Guidon has no contextual bandits");
            }
        }
        if (logs(document.with(new Notes()))) {
            export.get("flags")
                    .remark("doLog and extraLogging were left out: an EvaluationListener hears of every evaluation");
        }
        log.export(notes);
    }

    /** Whether the export says which evaluations are to be logged. */
    private static boolean logs(Node export) {
        return export.get("flags").fields().values().stream()
                .flatMap(flag -> flag.get("allocations").list().stream())
                .anyMatch(allocation -> !allocation.get("doLog").missing()
                        || allocation.get("splits").list().stream()
                                .anyMatch(split -> !split.get("extraLogging").missing()));
    }
}
