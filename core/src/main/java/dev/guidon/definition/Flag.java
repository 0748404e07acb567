package dev.guidon.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feature flag: named variants, and who gets which.
 *
 * <p>A boolean flag without variants has the default ones: {@code on} (true) and {@code off} (false). Unless it says something else, it
 * serves {@code off} when disabled; enabled, it serves {@code on} if it has no rules, and {@code off} to those whom no rule matches.
 *
 * @param key the flag's key
 * @param type what its variants hold
 * @param about what people want to know of it
 * @param enabled if false, everybody gets the off variant
 * @param archived if true, the flag is as good as disabled and hidden from lists; it can be restored
 * @param variants name to value, in order
 * @param errors names that may be served like variants and are errors: name to message, in order; whoever is served one gets the
 *     caller's default, with {@code PARSE_ERROR} and the message
 * @param offVariant served when the flag is disabled or a prerequisite fails; null for the caller's default
 * @param salt the salt of its rollouts and splits; null for its key
 * @param prerequisites other flags that must serve certain variants before this one looks at its rules
 * @param rules looked at from top to bottom; the first that matches serves
 * @param fallthrough served when no rule matches; null for the caller's default, or for that of the default variants
 * @param extra unknown fields
 */
public record Flag(
        String key,
        FlagType type,
        About about,
        boolean enabled,
        boolean archived,
        Map<String, FlagValue> variants,
        Map<String, String> errors,
        @Nullable String offVariant,
        @Nullable String salt,
        List<Prerequisite> prerequisites,
        List<Rule> rules,
        @Nullable Serve fallthrough,
        Extra extra)
        implements Definition {

    /** The default variant that is true. */
    public static final String ON = "on";
    /** The default variant that is false. */
    public static final String OFF = "off";

    private static final Map<String, FlagValue> ON_OFF = onOff();

    /** Fills in the default variants, copies the collections, and checks all parts against each other. */
    public Flag {
        if (variants.isEmpty() && type == FlagType.BOOLEAN) {
            variants = ON_OFF;
        }
        if (type == FlagType.BOOLEAN && (variants == ON_OFF || variants.equals(ON_OFF))) {
            offVariant = offVariant == null ? OFF : offVariant;
            fallthrough = fallthrough == null ? Serve.variant(rules.isEmpty() ? ON : OFF) : fallthrough;
        }
        variants = variants == ON_OFF ? variants : copied(variants);
        errors = copied(errors);
        prerequisites = List.copyOf(prerequisites);
        rules = List.copyOf(rules);
        Problem.refuse(problems(key, type, variants, errors, offVariant, salt, prerequisites, rules, fallthrough));
    }

    /**
     * A boolean flag with the default variants and no rules.
     *
     * @param key the flag's key
     * @param enabled whether everybody gets true
     * @return the flag
     */
    public static Flag bool(String key, boolean enabled) {
        return of(key, FlagType.BOOLEAN, Map.of(), null).withEnabled(enabled);
    }

    /**
     * An enabled flag without rules.
     *
     * @param key the flag's key
     * @param type what its variants hold
     * @param variants name to value
     * @param offVariant served when the flag is disabled; null for the caller's default
     * @return the flag
     */
    public static Flag of(String key, FlagType type, Map<String, FlagValue> variants, @Nullable String offVariant) {
        return new Flag(
                key,
                type,
                About.NOTHING,
                true,
                false,
                variants,
                Map.of(),
                offVariant,
                null,
                List.of(),
                List.of(),
                null,
                Extra.NONE);
    }

    /**
     * {@return a builder of a flag}
     *
     * @param key the flag's key
     */
    public static FlagBuilder builder(String key) {
        return new FlagBuilder(key);
    }

    /** {@return a builder of a flag that is like this one but for what is set} */
    public FlagBuilder toBuilder() {
        return new FlagBuilder(this);
    }

    /** {@return the default variants of a boolean flag; unmodifiable} */
    public static Map<String, FlagValue> defaultVariants() {
        return ON_OFF;
    }

    private static Map<String, FlagValue> onOff() {
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        variants.put(ON, FlagValue.TRUE);
        variants.put(OFF, FlagValue.FALSE);
        return Collections.unmodifiableMap(variants);
    }

    /** Most flags have the same variants, and no errors. */
    private static <T> Map<String, T> copied(Map<String, T> map) {
        return map.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    @Override
    public DefinitionKey id() {
        return DefinitionKey.flag(key);
    }

    /**
     * The same flag, described otherwise.
     *
     * @param about what people want to know of it
     * @return a new flag
     */
    public Flag withAbout(About about) {
        return toBuilder().about(about).build();
    }

    /**
     * The same flag, enabled or disabled.
     *
     * @param enabled if false, everybody gets the off variant
     * @return a new flag
     */
    public Flag withEnabled(boolean enabled) {
        return toBuilder().enabled(enabled).build();
    }

    /**
     * The same flag, archived or restored.
     *
     * @param archived whether it is archived
     * @return a new flag
     */
    public Flag withArchived(boolean archived) {
        return toBuilder().archived(archived).build();
    }

    /**
     * The same flag with another value of a variant.
     *
     * @param variant the variant's name
     * @param value its value
     * @return a new flag
     * @throws IllegalArgumentException if there is no such variant, or the value is of another type
     */
    public Flag withVariantValue(String variant, FlagValue value) {
        if (!variants.containsKey(variant)) {
            Problem.refuse(List.of(Problem.at("variants", variant, "a variant of this flag: " + variants.keySet())));
        }
        return toBuilder().variant(variant, value).build();
    }

    /**
     * The same flag with other prerequisites.
     *
     * @param prerequisites the prerequisites
     * @return a new flag
     */
    public Flag withPrerequisites(Prerequisite... prerequisites) {
        return toBuilder().prerequisites(prerequisites).build();
    }

    /**
     * The same flag with other rules. The fallthrough stays what it is, also where it was left to the default: no rule that comes or goes
     * changes what those get whom it does not match.
     *
     * @param rules the rules
     * @return a new flag
     */
    public Flag withRules(Rule... rules) {
        return toBuilder().rules(rules).build();
    }

    /**
     * The same boolean flag, {@code on} for a share of those whom no rule with a condition serves, and {@code off} for the rest. If the
     * last rule serves {@code on} without a condition, its percentage is changed; else such a rule is added, named {@code rollout}.
     *
     * @param percent 0 to 100, at most three decimals
     * @return a new flag
     * @throws IllegalArgumentException if the flag has other variants than the default ones, or the percentage is none
     */
    public Flag withRollout(double percent) {
        if (!variants.equals(ON_OFF)) {
            Problem.refuse(
                    List.of(Problem.at("variants", variants.keySet(), "on and off, for a rollout without a rule")));
        }
        List<Rule> changed = new ArrayList<>(rules);
        Rule last = rules.isEmpty() ? null : rules.get(rules.size() - 1);
        if (last != null && last.when() == null && last.serve().equals(Serve.variant(ON))) {
            changed.set(rules.size() - 1, last.withRollout(percent));
        } else {
            changed.add(Rule.serving(ON).withId("rollout").withRollout(percent));
        }
        return toBuilder().rules(changed.toArray(Rule[]::new)).fallthrough(OFF).build();
    }

    /**
     * The same flag with another fallthrough.
     *
     * @param fallthrough served when no rule matches; null for the caller's default, or for that of the default variants
     * @return a new flag
     */
    public Flag withFallthrough(@Nullable Serve fallthrough) {
        return toBuilder().fallthrough(fallthrough).build();
    }

    private static List<Problem> problems(
            String key,
            FlagType type,
            Map<String, FlagValue> variants,
            Map<String, String> errors,
            @Nullable String offVariant,
            @Nullable String salt,
            List<Prerequisite> prerequisites,
            List<Rule> rules,
            @Nullable Serve fallthrough) {
        List<Problem> problems = new ArrayList<>();
        DefinitionKey.check("key", key, problems);
        if (salt != null) {
            Assignment.checkSalt("salt", salt, problems);
        }
        Limit.VARIANTS.check("variants", variants.size(), problems);
        variants.forEach((name, value) -> {
            DefinitionKey.checkName("variants." + name, name, problems);
            type.check("variants." + name, value, problems);
        });
        Limit.VARIANTS.check("errors", errors.size(), problems);
        errors.keySet().forEach(name -> checkError(name, variants, problems));
        Set<String> names = new LinkedHashSet<>(variants.keySet());
        names.addAll(errors.keySet());
        Limit.PREREQUISITES.check("prerequisites", prerequisites, problems);
        Limit.RULES.check("rules", rules, problems);
        Rule.checkIds("rules", rules.stream().map(Rule::id).toList(), problems);
        if (offVariant != null) {
            checkVariants("offVariant", Set.of(offVariant), names, problems);
        }
        for (int i = 0; i < rules.size(); i++) {
            checkVariants("rules[" + i + "].serve", rules.get(i).serve().variants(), names, problems);
        }
        if (fallthrough != null) {
            checkVariants("fallthrough", fallthrough.variants(), names, problems);
        }
        return problems;
    }

    private static void checkError(String name, Map<String, FlagValue> variants, List<Problem> problems) {
        DefinitionKey.checkName("errors." + name, name, problems);
        if (variants.containsKey(name)) {
            problems.add(Problem.at("errors." + name, name, "a name that is not a variant's"));
        }
    }

    private static void checkVariants(String path, Set<String> named, Set<String> names, List<Problem> problems) {
        if (names.containsAll(named)) {
            return;
        }
        for (String variant : named.stream().sorted().toList()) {
            if (!names.contains(variant)) {
                problems.add(Problem.at(path, variant, "a variant of this flag: " + names));
            }
        }
    }
}
