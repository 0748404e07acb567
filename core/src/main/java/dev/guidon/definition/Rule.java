package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Serves something to the contexts that match a condition and are included in a rollout.
 *
 * @param id names the rule in evaluations, unique within the flag; null for its position, for example {@code rules[0]}
 * @param description for people; null for none
 * @param when the condition; null for all contexts
 * @param rollout the share of the matching contexts; null for all of them
 * @param serve what they get
 * @param extra unknown fields
 */
public record Rule(
        @Nullable String id,
        @Nullable String description,
        @Nullable Condition when,
        @Nullable Rollout rollout,
        Serve serve,
        Extra extra) {

    /** Checks the id and how deep the condition is nested. */
    public Rule {
        List<Problem> problems = new ArrayList<>();
        if (id != null) {
            DefinitionKey.checkName("id", id, problems);
        }
        if (when != null) {
            Limit.CONDITION_DEPTH.check("when", when.depth(), problems);
        }
        Problem.refuse(problems);
    }

    /**
     * A rule that serves one variant to all contexts that match.
     *
     * @param id the rule's id
     * @param when the condition
     * @param variant the variant's name
     */
    public Rule(String id, Condition when, String variant) {
        this(id, null, when, null, Serve.variant(variant), Extra.NONE);
    }
}
