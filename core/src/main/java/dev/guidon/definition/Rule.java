package dev.guidon.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /**
     * A rule that serves one variant to everybody, until it is given a condition or a rollout.
     *
     * @param variant the variant's name
     * @return the rule
     */
    public static Rule serving(String variant) {
        return serving(Serve.variant(variant));
    }

    /**
     * A rule for everybody, until it is given a condition or a rollout.
     *
     * @param serve what they get
     * @return the rule
     */
    public static Rule serving(Serve serve) {
        return new Rule(null, null, null, null, serve, Extra.NONE);
    }

    /**
     * The same rule with another id.
     *
     * @param name names the rule in evaluations; null for its position
     * @return a new rule
     */
    public Rule withId(@Nullable String name) {
        return new Rule(name, description, when, rollout, serve, extra);
    }

    /**
     * The same rule with another description.
     *
     * @param text for people; null for none
     * @return a new rule
     */
    public Rule withDescription(@Nullable String text) {
        return new Rule(id, text, when, rollout, serve, extra);
    }

    /**
     * The same rule for other contexts.
     *
     * @param condition the condition; null for all contexts
     * @return a new rule
     */
    public Rule withWhen(@Nullable Condition condition) {
        return new Rule(id, description, condition, rollout, serve, extra);
    }

    /**
     * The same rule for a share of the contexts that match.
     *
     * @param percent 0 to 100, at most three decimals; by targeting key
     * @return a new rule
     */
    public Rule withRollout(double percent) {
        return withRollout(
                rollout == null ? Rollout.of(percent) : Rollout.of(percent).withAssignment(rollout.assignment()));
    }

    /**
     * The same rule for a share of the contexts that match.
     *
     * @param share the share; null for all of them
     * @return a new rule
     */
    public Rule withRollout(@Nullable Rollout share) {
        return new Rule(id, description, when, share, serve, extra);
    }

    /**
     * The same rule that serves something else.
     *
     * @param served what the contexts get
     * @return a new rule
     */
    public Rule withServe(Serve served) {
        return new Rule(id, description, when, rollout, served, extra);
    }

    /** Adds a problem for each id that comes twice. */
    static void checkIds(String path, Collection<@Nullable String> ids, List<Problem> problems) {
        Set<String> seen = new HashSet<>();
        int i = 0;
        for (String id : ids) {
            if (id != null && !seen.add(id)) {
                problems.add(Problem.at(path + "[" + i + "].id", id, "an id that no other rule here has"));
            }
            i++;
        }
    }
}
