package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named group of contexts. Exclusion beats inclusion beats external members beat rules; a context that none of them decides is
 * not a member. Rules that are UNKNOWN, and external members that cannot be asked in time, make membership UNKNOWN.
 *
 * @param key the segment's key
 * @param description for people; null for none
 * @param sensitive attributes whose values are personal data: who copies the segment elsewhere leaves out the values that it compares
 *     them with; never affects evaluation
 * @param salt the salt of its rollouts; null for its key
 * @param include contexts that are members
 * @param exclude contexts that are not, whatever else says so
 * @param external members that live in the store, outside of this definition; null for none
 * @param rules contexts that are members by condition
 * @param extra unknown fields
 */
public record Segment(
        String key,
        @Nullable String description,
        List<Attribute> sensitive,
        @Nullable String salt,
        List<MemberList> include,
        List<MemberList> exclude,
        @Nullable External external,
        List<Criterion> rules,
        Extra extra)
        implements Definition {

    /** Copies the lists and checks them. */
    public Segment {
        sensitive = List.copyOf(sensitive);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        rules = List.copyOf(rules);
        List<Problem> problems = new ArrayList<>();
        DefinitionKey.check("key", key, problems);
        if (salt != null) {
            Assignment.checkSalt("salt", salt, problems);
        }
        Limit.SENSITIVE.check("sensitive", sensitive, problems);
        Limit.RULES.check("include", include, problems);
        Limit.RULES.check("exclude", exclude, problems);
        Limit.RULES.check("rules", rules, problems);
        Rule.checkIds("rules", rules.stream().map(Criterion::id).toList(), problems);
        Problem.refuse(problems);
    }

    /**
     * A segment without sensitive attributes.
     *
     * @param key the segment's key
     * @param description for people; null for none
     * @param salt the salt of its rollouts; null for its key
     * @param include contexts that are members
     * @param exclude contexts that are not, whatever else says so
     * @param external members that live in the store, outside of this definition; null for none
     * @param rules contexts that are members by condition
     * @param extra unknown fields
     */
    public Segment(
            String key,
            @Nullable String description,
            @Nullable String salt,
            List<MemberList> include,
            List<MemberList> exclude,
            @Nullable External external,
            List<Criterion> rules,
            Extra extra) {
        this(key, description, List.of(), salt, include, exclude, external, rules, extra);
    }

    /**
     * A segment of conditions.
     *
     * @param key the segment's key
     * @param when contexts for which any of these is TRUE are members
     * @return the segment
     */
    public static Segment of(String key, Condition... when) {
        List<Criterion> rules = List.of(when).stream()
                .map(condition -> new Criterion(null, condition, null, Extra.NONE))
                .toList();
        return new Segment(key, null, null, List.of(), List.of(), null, rules, Extra.NONE);
    }

    /**
     * {@return a builder of a segment}
     *
     * @param key the segment's key
     */
    public static SegmentBuilder builder(String key) {
        return new SegmentBuilder(key);
    }

    /** {@return a builder of a segment that is like this one but for what is set} */
    public SegmentBuilder toBuilder() {
        return new SegmentBuilder(this);
    }

    @Override
    public DefinitionKey id() {
        return DefinitionKey.segment(key);
    }

    /**
     * The same segment with other listed members.
     *
     * @param newInclude contexts that are members
     * @param newExclude contexts that are not
     * @return a new segment
     */
    public Segment withMembers(List<MemberList> newInclude, List<MemberList> newExclude) {
        return new Segment(key, description, sensitive, salt, newInclude, newExclude, external, rules, extra);
    }

    /**
     * The same segment with other rules.
     *
     * @param newRules the rules
     * @return a new segment
     */
    public Segment withRules(List<Criterion> newRules) {
        return new Segment(key, description, sensitive, salt, include, exclude, external, newRules, extra);
    }

    /**
     * The same segment with other external members.
     *
     * @param newExternal where they are; null for none
     * @return a new segment
     */
    public Segment withExternal(@Nullable External newExternal) {
        return new Segment(key, description, sensitive, salt, include, exclude, newExternal, rules, extra);
    }

    /**
     * The same segment with other sensitive attributes.
     *
     * @param attributes the attributes whose values are personal data
     * @return a new segment
     */
    public Segment withSensitive(Attribute... attributes) {
        return new Segment(key, description, List.of(attributes), salt, include, exclude, external, rules, extra);
    }

    /**
     * A rule of a segment.
     *
     * @param id names the rule in explanations; null for its position
     * @param when the condition; null for all contexts
     * @param rollout the share of the matching contexts that are members; null for all of them
     * @param extra unknown fields
     */
    public record Criterion(
            @Nullable String id,
            @Nullable Condition when,
            @Nullable Rollout rollout,
            Extra extra) {
        /** Checks the id, the depth, and what happens without a value. */
        public Criterion {
            List<Problem> problems = new ArrayList<>();
            if (id != null) {
                DefinitionKey.checkName("id", id, problems);
            }
            if (when != null) {
                Limit.CONDITION_DEPTH.check("when", when.depth(), problems);
            }
            if (rollout != null
                    && (rollout.assignment().whenMissing() == Assignment.WhenMissing.OFF
                            || rollout.assignment().whenMissing() == Assignment.WhenMissing.ERROR)) {
                problems.add(Problem.at(
                        "rollout.whenMissing", rollout.assignment().whenMissing(), "skip or first in a segment"));
            }
            Problem.refuse(problems);
        }
    }

    /**
     * Members that a store keeps in a set of its own, for segments too large for a definition.
     *
     * @param by the attribute that is looked up, usually {@code $key}
     * @param generation which of the loaded sets is in force
     */
    public record External(Attribute by, String generation) {
        /** Checks the generation. */
        public External {
            List<Problem> problems = new ArrayList<>();
            DefinitionKey.checkName("generation", generation, problems);
            Problem.refuse(problems);
        }
    }
}
