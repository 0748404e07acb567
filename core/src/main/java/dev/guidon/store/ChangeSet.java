package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are committed together or not at all.
 *
 * @param id identifies this change set for ever; 1 to 128 characters
 * @param actor who makes the change, for example a user's name; automatic ones start with {@code system:}
 * @param reason why; null if nobody said
 * @param changes at least one, at most one for each definition
 */
public record ChangeSet(String id, String actor, @Nullable String reason, List<Change> changes) {

    /** How many characters an id or an actor may have. */
    public static final int MOST_CHARACTERS = 128;

    /** How many characters a reason may have. */
    public static final int MOST_REASON_CHARACTERS = 4_096;

    /** How many changes a change set may have. */
    public static final int MOST_CHANGES = 10_000;

    /** Copies the changes and checks all parts. */
    public ChangeSet {
        changes = List.copyOf(changes);
        List<Problem> problems = new ArrayList<>();
        checkText("id", id, problems);
        checkText("actor", actor, problems);
        if (reason != null && reason.length() > MOST_REASON_CHARACTERS) {
            problems.add(Problem.at("reason", reason, "at most " + MOST_REASON_CHARACTERS + " characters"));
        }
        if (changes.isEmpty() || changes.size() > MOST_CHANGES) {
            problems.add(new Problem("changes", changes.size() + " changes", "1 to " + MOST_CHANGES));
        }
        Set<DefinitionKey> ids = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            if (!ids.add(changes.get(i).id())) {
                problems.add(Problem.at("changes[" + i + "]", changes.get(i).id(), "one change for each definition"));
            }
        }
        Problem.refuse(problems);
    }

    /**
     * A change set with a new random id.
     *
     * @param actor who makes the change
     * @param reason why; null if nobody said
     * @param changes the changes
     * @return the change set
     */
    public static ChangeSet of(String actor, @Nullable String reason, List<? extends Change> changes) {
        return new ChangeSet(UUID.randomUUID().toString(), actor, reason, List.copyOf(changes));
    }

    private static void checkText(String path, String text, List<Problem> problems) {
        if (text.isBlank() || text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(Problem.at(
                    path, text, "1 to " + MOST_CHARACTERS + " characters, not blank, without control characters"));
        }
    }
}
