package dev.guidon.migrate;

import dev.guidon.definition.About;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The variants of a flag that answers the caller's default where it serves none of them. */
final class Variants {

    /** Keeps Guidon from taking the variants of a boolean flag for the default ones, which it serves of itself. */
    private static final String UNSERVED = "unserved";

    private final FlagType type;
    private final Map<String, FlagValue> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    Variants(FlagType type) {
        this.type = type;
    }

    /** Whether a flag of a type may have a variant of this value. */
    static boolean fits(FlagValue value, FlagType type) {
        return switch (type) {
            case BOOLEAN -> value instanceof FlagValue.Bool;
            case STRING -> value instanceof FlagValue.Text;
            case NUMBER ->
                value instanceof FlagValue.Number number
                        && !Double.isInfinite(number.value().doubleValue());
            case JSON -> true;
        };
    }

    void value(String name, FlagValue value) {
        values.put(name, value);
    }

    /** A name that is served as an error. */
    void error(String name, String message) {
        errors.put(name, message);
    }

    /** The flag. A name that is served and is none of these is an error too. */
    Flag flag(String key, About about, boolean enabled, List<Rule> rules, @Nullable Serve fallthrough) {
        Set<String> served = new TreeSet<>();
        rules.forEach(rule -> served.addAll(rule.serve().variants()));
        if (fallthrough != null) {
            served.addAll(fallthrough.variants());
        }
        errors.keySet().retainAll(served);
        served.removeAll(values.keySet());
        served.forEach(name -> errors.putIfAbsent(name, "there is no variant " + name));
        boolean ofItself = values.isEmpty() || values.equals(Flag.defaultVariants());
        if (type == FlagType.BOOLEAN && ofItself && (!enabled || fallthrough == null)) {
            values.put(UNSERVED, FlagValue.FALSE);
        }
        return new Flag(
                key,
                type,
                about,
                enabled,
                false,
                values,
                errors,
                null,
                null,
                List.of(),
                rules,
                fallthrough,
                Extra.NONE);
    }
}
