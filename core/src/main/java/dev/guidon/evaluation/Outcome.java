package dev.guidon.evaluation;

import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Shown;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the evaluation of a flag can end. Its evaluations are made when they are first asked for and kept, so that giving them
 * costs nothing, and that the many outcomes that nobody meets are small.
 */
final class Outcome extends CompiledServe {

    static final byte NEITHER = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;

    private static final String WITHOUT_VALUE = "the attribute that the flag '%s' is split or rolled out by is missing";

    private final @Nullable FlagType type;
    private final @Nullable FlagValue value;
    final String flagKey;
    final @Nullable String variant;
    final Reason reason;
    private final @Nullable String ruleId;
    private final @Nullable String prerequisite;
    final @Nullable ErrorCode errorCode;
    private final @Nullable String message;

    /** Whether the value is the boolean TRUE, or FALSE, and there is no error: what most evaluations come to, in one read. */
    final byte plain;

    /** These are immutable: whoever races makes them twice. */
    private @Nullable Made made;

    private @Nullable String cause;

    private Outcome(
            String flagKey,
            @Nullable FlagType type,
            @Nullable String variant,
            @Nullable FlagValue value,
            Reason reason,
            @Nullable String ruleId,
            @Nullable String prerequisite,
            @Nullable ErrorCode errorCode,
            @Nullable String message) {
        this.flagKey = flagKey;
        this.type = type;
        this.variant = variant;
        this.value = value;
        this.reason = reason;
        this.ruleId = ruleId;
        this.prerequisite = prerequisite;
        this.errorCode = errorCode;
        this.message = message;
        boolean isPlain = type == FlagType.BOOLEAN && errorCode == null;
        this.plain = isPlain && value instanceof FlagValue.Bool bool ? bool.value() ? TRUE : FALSE : NEITHER;
    }

    static Outcome of(
            String flagKey,
            FlagType type,
            @Nullable String variant,
            @Nullable FlagValue value,
            Reason reason,
            @Nullable String ruleId,
            @Nullable String prerequisite) {
        return new Outcome(flagKey, type, variant, value, reason, ruleId, prerequisite, null, null);
    }

    static Outcome error(String flagKey, ErrorCode code, String message) {
        return error(flagKey, code, message, null, null);
    }

    static Outcome error(
            String flagKey, ErrorCode code, String message, @Nullable String ruleId, @Nullable String prerequisite) {
        return new Outcome(flagKey, null, null, null, Reason.ERROR, ruleId, prerequisite, code, message);
    }

    /** The same end, but for want of a value to put into a bucket. */
    Outcome withoutValue() {
        ErrorCode code = ErrorCode.TARGETING_KEY_MISSING;
        return new Outcome(flagKey, type, variant, value, Reason.ERROR, ruleId, prerequisite, code, null);
    }

    @Override
    Outcome serve(EvaluationContext context) {
        return this;
    }

    @Override
    boolean isComplete() {
        return true;
    }

    @Nullable
    String errorMessage() {
        return message == null && errorCode != null ? WITHOUT_VALUE.formatted(Shown.part(flagKey)) : message;
    }

    /** What is logged once; null if there is no error. */
    @Nullable
    String cause() {
        String known = cause;
        if (known == null && errorCode != null) {
            known = errorCode + " " + flagKey;
            cause = known;
        }
        return known;
    }

    /** The evaluations of this outcome. */
    Made made() {
        Made known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private Made make() {
        BigDecimal number = value instanceof FlagValue.Number n && type == FlagType.NUMBER ? n.value() : null;
        Long whole = number != null && ContextValues.decimal(number) instanceof Long l ? l : null;
        return new Made(
                evaluation(value == null ? FlagValue.NULL : value),
                value instanceof FlagValue.Bool b && type == FlagType.BOOLEAN ? evaluation(b.value()) : null,
                value instanceof FlagValue.Text t && type == FlagType.STRING ? evaluation(t.value()) : null,
                whole != null && whole == whole.intValue() ? evaluation(whole.intValue()) : null,
                whole != null ? evaluation(whole) : null,
                number != null ? evaluation(number.doubleValue()) : null,
                value != null && type == FlagType.JSON ? evaluation(value) : null);
    }

    /** The evaluation when there is no made one: the caller's default, because there is no variant or its type is another. */
    <T> Evaluation<T> withDefault(String key, T defaultValue, ValueType asked) {
        return mismatches(asked)
                ? new Evaluation<>(
                        key, defaultValue, null, Reason.ERROR, null, null, ErrorCode.TYPE_MISMATCH, mismatch(asked))
                : withDefault(key, defaultValue);
    }

    /** The caller's default, whatever type it has. */
    <T> Evaluation<T> withDefault(String key, T defaultValue) {
        String told = flagKey.isEmpty() ? message + ": '" + Shown.part(String.valueOf(key)) + "'" : errorMessage();
        return new Evaluation<>(String.valueOf(key), defaultValue, null, reason, ruleId, prerequisite, errorCode, told);
    }

    String mismatch(ValueType asked) {
        return asked.type == type
                ? "the flag '" + Shown.part(flagKey) + "' serves " + Shown.part(String.valueOf(value))
                        + ", which is not " + asked.text
                : "the flag '" + Shown.part(flagKey) + "' is of type " + type + ", asked for " + asked.text;
    }

    boolean mismatches(ValueType asked) {
        return type != null && (asked.type != type || (variant != null && !fits(asked)));
    }

    private boolean fits(ValueType asked) {
        return switch (asked) {
            case INTEGER -> made().asInteger != null;
            case LONG -> made().asLong != null;
            default -> true;
        };
    }

    private <T> Evaluation<T> evaluation(T served) {
        return new Evaluation<>(flagKey, served, variant, reason, ruleId, prerequisite, errorCode, errorMessage());
    }

    /** A typed evaluation is null where the value has another type, or where there is no variant and the caller's default counts. */
    record Made(
            Evaluation<FlagValue> asIs,
            @Nullable Evaluation<Boolean> asBoolean,
            @Nullable Evaluation<String> asString,
            @Nullable Evaluation<Integer> asInteger,
            @Nullable Evaluation<Long> asLong,
            @Nullable Evaluation<Double> asDouble,
            @Nullable Evaluation<FlagValue> asObject) {}

    /** What a caller can ask for. */
    enum ValueType {
        BOOLEAN(FlagType.BOOLEAN, "a boolean"),
        STRING(FlagType.STRING, "a string"),
        INTEGER(FlagType.NUMBER, "an integer of 32 bits"),
        LONG(FlagType.NUMBER, "an integer of 64 bits"),
        DOUBLE(FlagType.NUMBER, "a number"),
        OBJECT(FlagType.JSON, "a JSON value");

        private final FlagType type;
        private final String text;

        ValueType(FlagType type, String text) {
            this.type = type;
            this.text = text;
        }
    }
}
