package dev.guidon.json;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What evaluation refuses of definitions that can be read: patterns, versions, networks and instants that are none, and cycles. */
final class EvaluationCheck {

    private EvaluationCheck() {}

    /** The problems of a document, each with its path in it. */
    static List<Problem> problems(Definitions definitions) {
        List<Problem> problems = new ArrayList<>();
        Snapshot.of(definitions).problems().forEach((id, found) -> {
            Versioned broken = definitions.get(id);
            if (broken != null && !(broken.definition() instanceof Malformed)) {
                String path = (id.kind() == DefinitionKey.Kind.FLAG ? "flags." : "segments.") + id.key();
                found.forEach(problem -> problems.add(problem.under(path)));
            }
        });
        return problems;
    }

    /** The problems of one definition, without those of references to others. */
    static List<Problem> problems(Definition definition) {
        return Snapshot.of(Definitions.of(definition)).problems().getOrDefault(definition.id(), List.of());
    }
}
