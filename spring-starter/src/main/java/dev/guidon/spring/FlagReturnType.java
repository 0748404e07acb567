package dev.guidon.spring;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a method of a flag set returns, and how that is read.
 *
 * @param name for messages
 * @param flag the type that a flag must have; null if any will do
 * @param standard what answers where the method does not say; null if it must
 * @param reader reads
 * @param constants for an enum its constants by the names of variants, else empty
 */
record FlagReturnType(
        String name, @Nullable FlagType flag, @Nullable Object standard, Reader reader, Map<String, Object> constants) {

    private static final Map<Class<?>, FlagReturnType> PLAIN = Map.of(
            boolean.class,
            plain("boolean", FlagType.BOOLEAN, false, (f, k, c) -> f.getBooleanDetails(k, false, c)),
            int.class,
            plain("int", FlagType.NUMBER, null, (f, k, c) -> f.getIntegerDetails(k, 0, c)),
            long.class,
            plain("long", FlagType.NUMBER, null, (f, k, c) -> f.getLongDetails(k, 0, c)),
            double.class,
            plain("double", FlagType.NUMBER, null, (f, k, c) -> f.getDoubleDetails(k, 0, c)),
            String.class,
            plain("String", FlagType.STRING, null, (f, k, c) -> f.getStringDetails(k, "", c)),
            FlagValue.class,
            plain("FlagValue", FlagType.JSON, FlagValue.NULL, (f, k, c) -> f.getObjectDetails(k, FlagValue.NULL, c)));

    static FlagReturnType of(Class<?> type) {
        FlagReturnType plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (!type.isEnum()) {
            throw new IllegalArgumentException("returns " + type.getSimpleName()
                    + "; allowed: boolean, int, long, double, String, FlagValue, an enum of variants");
        }
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            constants.put(constantName(name), constant);
            // as most variants are written, to be found at once
            constants.put(name.toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return new FlagReturnType(type.getSimpleName(), null, null, FlagView::evaluate, constants);
    }

    /** What the flag gives; null if it has no answer. */
    @Nullable
    Object read(FlagView flags, String key, EvaluationContext context) {
        Evaluation<?> evaluation = reader.read(flags, key, context);
        String variant = evaluation.variant();
        if (variant == null) {
            return null;
        }
        return constants.isEmpty() ? evaluation.value() : constant(variant);
    }

    /** What does not go with a flag; null if all does. */
    @Nullable
    String problem(Flag found) {
        if (flag != null && found.type() != flag) {
            return "returns " + name + ", but the flag '" + found.key() + "' is of type " + found.type();
        }
        if (!constants.isEmpty()) {
            for (String variant : found.variants().keySet()) {
                if (constant(variant) == null) {
                    return "returns " + name + ", which has no constant for the variant '" + variant + "' of the flag '"
                            + found.key() + "'";
                }
            }
        }
        return null;
    }

    private @Nullable Object constant(String variant) {
        Object usual = constants.get(variant);
        return usual == null ? constants.get(constantName(variant)) : usual;
    }

    private static FlagReturnType plain(String name, FlagType flag, @Nullable Object standard, Reader reader) {
        return new FlagReturnType(name, flag, standard, reader, Map.of());
    }

    /** {@code one-page} and {@code onePage} mean {@code ONE_PAGE}: what is no letter or digit does not count, nor does case. */
    private static String constantName(String variant) {
        return variant.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
    }

    /** Asks for a flag. */
    @FunctionalInterface
    interface Reader {

        Evaluation<?> read(FlagView flags, String key, EvaluationContext context);
    }
}
