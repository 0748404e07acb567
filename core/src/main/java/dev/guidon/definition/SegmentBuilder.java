package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Segment}, field by field as in the format; what is not set has the default of the format. Not thread-safe.
 *
 * <pre>{@code
 * Segment testers = Segment.builder("testers")
 *         .include("u-1", "u-2")
 *         .exclude(Attribute.of("country"), "KP")
 *         .rule("staff", Attribute.of("email").endsWith("@example.com"))
 *         .build();
 * }</pre>
 */
public final class SegmentBuilder {

    private final String key;
    private @Nullable String description;
    private List<Attribute> sensitive = List.of();
    private @Nullable String salt;
    private final List<MemberList> include = new ArrayList<>();
    private final List<MemberList> exclude = new ArrayList<>();
    private Segment.@Nullable External external;
    private final List<Segment.Criterion> rules = new ArrayList<>();
    private Extra extra = Extra.NONE;

    SegmentBuilder(String key) {
        this.key = key;
    }

    SegmentBuilder(Segment segment) {
        key = segment.key();
        description = segment.description();
        sensitive = segment.sensitive();
        salt = segment.salt();
        include.addAll(segment.include());
        exclude.addAll(segment.exclude());
        external = segment.external();
        rules.addAll(segment.rules());
        extra = segment.extra();
    }

    /**
     * Sets what the segment is, for people.
     *
     * @param text the description; null for none
     * @return this
     */
    public SegmentBuilder description(@Nullable String text) {
        description = text;
        return this;
    }

    /**
     * Sets the attributes whose values are personal data.
     *
     * @param attributes the attributes
     * @return this
     */
    public SegmentBuilder sensitive(Attribute... attributes) {
        sensitive = List.of(attributes);
        return this;
    }

    /**
     * Sets the salt of rollouts.
     *
     * @param text the salt; null for the segment's key
     * @return this
     */
    public SegmentBuilder salt(@Nullable String text) {
        salt = text;
        return this;
    }

    /**
     * Adds members by targeting key.
     *
     * @param keys the targeting keys
     * @return this
     */
    public SegmentBuilder include(String... keys) {
        return include(Attribute.KEY, keys);
    }

    /**
     * Adds members by an attribute.
     *
     * @param by the attribute
     * @param values its values
     * @return this
     */
    public SegmentBuilder include(Attribute by, String... values) {
        include.add(MemberList.of(by, values));
        return this;
    }

    /**
     * Adds contexts that are no members, whatever else says so, by targeting key.
     *
     * @param keys the targeting keys
     * @return this
     */
    public SegmentBuilder exclude(String... keys) {
        return exclude(Attribute.KEY, keys);
    }

    /**
     * Adds contexts that are no members, whatever else says so, by an attribute.
     *
     * @param by the attribute
     * @param values its values
     * @return this
     */
    public SegmentBuilder exclude(Attribute by, String... values) {
        exclude.add(MemberList.of(by, values));
        return this;
    }

    /**
     * Sets where further members are.
     *
     * @param members where they are; null for none
     * @return this
     */
    public SegmentBuilder external(Segment.@Nullable External members) {
        external = members;
        return this;
    }

    /**
     * Adds members by condition.
     *
     * @param id names the rule in explanations; null for its position
     * @param when contexts for which this is TRUE are members
     * @return this
     */
    public SegmentBuilder rule(@Nullable String id, Condition when) {
        return rule(new Segment.Criterion(id, when, null, Extra.NONE));
    }

    /**
     * Adds a share of the contexts for which a condition is TRUE.
     *
     * @param id names the rule in explanations; null for its position
     * @param when the condition; null for all contexts
     * @param rollout the share
     * @return this
     */
    public SegmentBuilder rule(@Nullable String id, @Nullable Condition when, Rollout rollout) {
        return rule(new Segment.Criterion(id, when, rollout, Extra.NONE));
    }

    private SegmentBuilder rule(Segment.Criterion rule) {
        rules.add(rule);
        return this;
    }

    /**
     * {@return the segment}
     *
     * @throws IllegalArgumentException if the parts do not fit together; it names every problem
     */
    public Segment build() {
        return new Segment(key, description, sensitive, salt, include, exclude, external, rules, extra);
    }
}
