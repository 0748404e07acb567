package dev.guidon.definition;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Flag}, field by field as in the format; what is not set has the default of the format. Not thread-safe.
 *
 * <pre>{@code
 * Flag checkout = Flag.builder("checkout")
 *         .enabled(true).variant("control", "v1").variant("one-page", "v2")
 *         .offVariant("control")
 *         .rule(Rule.serving("one-page").withId("germany").withWhen(Attribute.of("country").equalTo("DE")).withRollout(20))
 *         .fallthrough("control")
 *         .build();
 * }</pre>
 */
public final class FlagBuilder {

    private final String key;
    private @Nullable FlagType type;
    private About about = About.NOTHING;
    private boolean enabled;
    private boolean archived;
    private final Map<String, FlagValue> variants = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private @Nullable String offVariant;
    private @Nullable String salt;
    private final List<Prerequisite> prerequisites = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable Serve fallthrough;
    private Extra extra = Extra.NONE;

    FlagBuilder(String key) {
        this.key = key;
    }

    FlagBuilder(Flag flag) {
        key = flag.key();
        type = flag.type();
        about = flag.about();
        enabled = flag.enabled();
        archived = flag.archived();
        variants.putAll(flag.variants());
        errors.putAll(flag.errors());
        offVariant = flag.offVariant();
        salt = flag.salt();
        prerequisites.addAll(flag.prerequisites());
        rules.addAll(flag.rules());
        fallthrough = flag.fallthrough();
        extra = flag.extra();
    }

    /**
     * Sets what all variants hold.
     *
     * @param holds the type; the narrowest that holds all variants unless set, boolean without variants
     * @return this
     */
    public FlagBuilder type(FlagType holds) {
        type = holds;
        return this;
    }

    FlagBuilder about(About all) {
        about = all;
        return this;
    }

    /**
     * Sets what the flag does, for people.
     *
     * @param text the description; null for none
     * @return this
     */
    public FlagBuilder description(@Nullable String text) {
        about = about.withDescription(text);
        return this;
    }

    /**
     * Sets what the flag is for.
     *
     * @param purpose the kind; null for none
     * @return this
     */
    public FlagBuilder kind(@Nullable FlagKind purpose) {
        about = about.withKind(purpose);
        return this;
    }

    /**
     * Sets who answers for the flag.
     *
     * @param name the owner; null for none
     * @return this
     */
    public FlagBuilder owner(@Nullable String name) {
        about = about.withOwner(name);
        return this;
    }

    /**
     * Sets the tags.
     *
     * @param labels the tags
     * @return this
     */
    public FlagBuilder tags(String... labels) {
        about = about.withTags(labels);
        return this;
    }

    /**
     * Sets when the flag should be gone from the code.
     *
     * @param day the day; null for never
     * @return this
     */
    public FlagBuilder expires(@Nullable LocalDate day) {
        about = about.withExpires(day);
        return this;
    }

    /**
     * Sets the attributes whose values are personal data.
     *
     * @param attributes the attributes
     * @return this
     */
    public FlagBuilder sensitive(Attribute... attributes) {
        about = about.withSensitive(attributes);
        return this;
    }

    /**
     * Enables or disables the flag.
     *
     * @param on if false, everybody gets the off variant; false unless set
     * @return this
     */
    public FlagBuilder enabled(boolean on) {
        enabled = on;
        return this;
    }

    FlagBuilder archived(boolean away) {
        archived = away;
        return this;
    }

    /**
     * Adds a variant, or gives one another value.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public FlagBuilder variant(String name, boolean value) {
        return variant(name, FlagValue.of(value));
    }

    /**
     * Adds a variant, or gives one another value.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public FlagBuilder variant(String name, String value) {
        return variant(name, FlagValue.of(value));
    }

    /**
     * Adds a variant, or gives one another value.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public FlagBuilder variant(String name, Number value) {
        return variant(name, FlagValue.of(value));
    }

    /**
     * Adds a variant, or gives one another value.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public FlagBuilder variant(String name, FlagValue value) {
        variants.put(name, value);
        return this;
    }

    /**
     * Sets what is served when the flag is disabled or a prerequisite fails.
     *
     * @param variant the variant's name; null for the caller's default, or for that of the default variants
     * @return this
     */
    public FlagBuilder offVariant(@Nullable String variant) {
        offVariant = variant;
        return this;
    }

    /**
     * Sets the salt of rollouts and splits.
     *
     * @param text the salt; null for the flag's key
     * @return this
     */
    public FlagBuilder salt(@Nullable String text) {
        salt = text;
        return this;
    }

    /**
     * Adds a prerequisite.
     *
     * @param flag the other flag's key
     * @param served the variants that satisfy it; at least one
     * @return this
     */
    public FlagBuilder prerequisite(String flag, String... served) {
        prerequisites.add(new Prerequisite(flag, List.of(served)));
        return this;
    }

    FlagBuilder prerequisites(Prerequisite... all) {
        prerequisites.clear();
        prerequisites.addAll(List.of(all));
        return this;
    }

    FlagBuilder rules(Rule... all) {
        rules.clear();
        rules.addAll(List.of(all));
        return this;
    }

    /**
     * Adds a rule after those that are there.
     *
     * @param rule the rule
     * @return this
     */
    public FlagBuilder rule(Rule rule) {
        rules.add(rule);
        return this;
    }

    /**
     * Sets what is served when no rule matches.
     *
     * @param variant the variant's name
     * @return this
     */
    public FlagBuilder fallthrough(String variant) {
        return fallthrough(Serve.variant(variant));
    }

    /**
     * Sets what is served when no rule matches.
     *
     * @param serve what is served; null for the caller's default, or for that of the default variants
     * @return this
     */
    public FlagBuilder fallthrough(@Nullable Serve serve) {
        fallthrough = serve;
        return this;
    }

    /**
     * {@return the flag}
     *
     * @throws IllegalArgumentException if the parts do not fit together; it names every problem
     */
    public Flag build() {
        return new Flag(
                key,
                type == null ? FlagType.of(variants.values()) : type,
                about,
                enabled,
                archived,
                variants,
                errors,
                offVariant,
                salt,
                prerequisites,
                rules,
                fallthrough,
                extra);
    }
}
