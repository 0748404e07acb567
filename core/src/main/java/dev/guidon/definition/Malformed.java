package dev.guidon.definition;

import java.util.List;

/**
 * A definition that could not be read. It is kept as it was found and can be replaced or removed, but not edited; a flag
 * like this answers the caller's default.
 *
 * @param id what it is stored under
 * @param raw the text as it was found
 * @param problems everything that is wrong with it; never empty
 */
public record Malformed(DefinitionKey id, String raw, List<Problem> problems) implements Definition {

    /** Copies the problems. */
    public Malformed {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems: found none; allowed: at least one");
        }
    }
}
