package dev.guidon.spring.actuate;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One flag.
 *
 * @param key its key
 * @param version the number of the revision that wrote it
 * @param revision the number of the revision that is in force
 * @param definition its definition without sensitive values; text if it is malformed
 * @param problems what is wrong with it
 * @param explanation why it gives what it gives to whom it was asked for; null if it was not asked for anybody
 */
public record FlagReport(
        String key,
        long version,
        long revision,
        Object definition,
        List<String> problems,
        @Nullable Map<String, @Nullable Object> explanation) {

    static FlagReport of(
            String key, Versioned flag, Snapshot snapshot, @Nullable Map<String, @Nullable Object> explanation) {
        Definition definition = flag.definition();
        String whole = FlagFormat.write(definition);
        String shown = FlagFormat.writeRedacted(definition);
        // What was found may be one of the values that are left out.
        boolean redacted = !whole.equals(shown);
        List<String> problems = snapshot.problems().getOrDefault(definition.id(), List.of()).stream()
                .map(problem -> redacted ? withoutValue(problem) : problem.toString())
                .toList();
        if (redacted && explanation != null) {
            explanation.remove("errorMessage");
        }
        return new FlagReport(
                key,
                flag.version().number(),
                snapshot.revision().number(),
                definition instanceof Malformed ? shown : Json.object(FlagFormat.readValue(shown)),
                problems,
                explanation);
    }

    private static String withoutValue(Problem problem) {
        return (problem.path().isEmpty() ? "" : problem.path() + ": ") + "allowed: " + problem.allowed();
    }
}
