package dev.guidon;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Reference;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses changes that make definitions worse. What was wrong before is no reason: an emergency edit must always be possible. */
final class Integrity {

    private Integrity() {}

    /**
     * Refuses what a change set would make worse.
     *
     * @param before the definitions without the changes
     * @param after the definitions with them
     * @param written the definitions that are created or replaced
     * @param danglingAllowed whether references to what is missing or archived are accepted
     */
    static void check(Definitions before, Definitions after, List<Definition> written, boolean danglingAllowed) {
        Set<Problem> problems = new LinkedHashSet<>();
        for (Definition definition : written) {
            unwritable(definition).forEach(problem -> problems.add(named(definition.id(), problem)));
        }
        named(Snapshot.of(Definitions.of(written)).problems(), problems);
        Set<Problem> tangled = tangled(after);
        tangled.removeAll(tangled(before));
        problems.addAll(tangled);
        if (!danglingAllowed) {
            Set<Problem> dangling = dangling(after);
            dangling.removeAll(dangling(before));
            problems.addAll(dangling);
        }
        if (!problems.isEmpty()) {
            throw new InvalidChangeException(List.copyOf(problems));
        }
    }

    /** Cycles, and chains of references that are too long. */
    private static Set<Problem> tangled(Definitions definitions) {
        Set<Problem> problems = new LinkedHashSet<>();
        named(SnapshotCompiler.referenceProblems(definitions), problems);
        return problems;
    }

    private static void named(Map<DefinitionKey, List<Problem>> found, Set<Problem> problems) {
        found.forEach((id, all) -> all.forEach(problem -> problems.add(named(id, problem))));
    }

    private static Problem named(DefinitionKey id, Problem problem) {
        return problem.under(id.toString());
    }

    private static List<Problem> unwritable(Definition definition) {
        try {
            FlagFormat.write(definition);
            return List.of();
        } catch (FlagFormatException refused) {
            return refused.problems();
        }
    }

    /** References to what is not there, or is archived, or has no such variant. */
    private static Set<Problem> dangling(Definitions definitions) {
        Set<Problem> problems = new LinkedHashSet<>();
        for (Map<String, Versioned> kind : List.of(definitions.flags(), definitions.segments())) {
            for (Versioned versioned : kind.values()) {
                for (Reference reference : versioned.definition().references()) {
                    String path = versioned.definition().id() + "." + reference.path();
                    Definition target = definition(definitions, reference.target());
                    if (target == null) {
                        problems.add(new Problem(path, "a reference to " + reference.target(), "one that exists"));
                    } else if (target instanceof Flag flag) {
                        check(path, reference, flag, problems);
                    }
                }
            }
        }
        return problems;
    }

    private static void check(String path, Reference reference, Flag target, Set<Problem> problems) {
        if (target.archived()) {
            problems.add(new Problem(path, "a reference to " + target.id(), "a flag that is not archived"));
        }
        for (String variant : reference.variants()) {
            if (!target.variants().containsKey(variant)) {
                problems.add(Problem.at(
                        path,
                        variant,
                        "a variant of " + target.id() + ": " + target.variants().keySet()));
            }
        }
    }

    private static @Nullable Definition definition(Definitions definitions, DefinitionKey id) {
        Versioned versioned = definitions.get(id);
        return versioned == null ? null : versioned.definition();
    }
}
