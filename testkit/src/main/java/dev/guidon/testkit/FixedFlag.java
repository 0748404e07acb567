package dev.guidon.testkit;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Shown;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes flags that serve one thing to everybody. */
final class FixedFlag {

    /** What a variant is called that exists for a test only. */
    private static final String OVERRIDE = "override";

    private FixedFlag() {}

    /**
     * A flag that serves a value: by the variant that has this value, if there is one, so that flags which ask for the variant see
     * what they would see in production.
     *
     * @throws IllegalArgumentException if the flag has another type, or the key is none
     */
    static Flag serving(String key, FlagValue value, Optional<Flag> defined) {
        try {
            Flag flag = defined.orElseGet(() -> Flag.of(key, typeOf(value), Map.of(), null));
            for (Map.Entry<String, FlagValue> variant : flag.variants().entrySet()) {
                if (same(variant.getValue(), value)) {
                    return fixed(flag, variant.getKey());
                }
            }
            return fixed(Flag.of(key, flag.type(), Map.of(OVERRIDE, value), null), OVERRIDE);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "the flag '" + Shown.part(key) + "' cannot be set: " + refused.getMessage(), refused);
        }
    }

    /**
     * A flag that serves one of its variants.
     *
     * @throws IllegalArgumentException if there is no such flag or variant
     */
    static Flag servingVariant(String key, String variant, Optional<Flag> defined) {
        Set<String> variants = defined.map(flag -> flag.variants().keySet()).orElse(Set.of());
        if (defined.isEmpty() || !variants.contains(variant)) {
            throw new IllegalArgumentException("the flag '" + Shown.part(key) + "' cannot be set: found the variant "
                    + Shown.quoted(variant) + "; allowed: those that it has underneath: " + variants);
        }
        return fixed(defined.get(), variant);
    }

    /** A text as a value: of the flag's type if the flag is defined, else JSON if it is that, else a string. */
    static FlagValue parse(String text, Optional<Flag> defined) {
        if (defined.isPresent() && defined.get().type() == FlagType.STRING) {
            return FlagValue.of(text);
        }
        try {
            return FlagFormat.readValue(text);
        } catch (FlagFormatException notJson) {
            return FlagValue.of(text);
        }
    }

    private static Flag fixed(Flag flag, String variant) {
        return flag.withEnabled(true)
                .withArchived(false)
                .withPrerequisites()
                .withRules()
                .withFallthrough(Serve.variant(variant));
    }

    private static FlagType typeOf(FlagValue value) {
        if (value instanceof FlagValue.Bool) {
            return FlagType.BOOLEAN;
        } else if (value instanceof FlagValue.Text) {
            return FlagType.STRING;
        }
        return value instanceof FlagValue.Number ? FlagType.NUMBER : FlagType.JSON;
    }

    private static boolean same(FlagValue one, FlagValue other) {
        if (one instanceof FlagValue.Number a && other instanceof FlagValue.Number b) {
            return a.value().compareTo(b.value()) == 0;
        }
        return one.equals(other);
    }
}
