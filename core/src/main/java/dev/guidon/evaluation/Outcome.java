package dev.guidon.evaluation;

import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One way in which the evaluation of a flag can end, with its evaluations made in advance, so that giving them costs nothing.
 * A typed evaluation is null where the value has another type, or where there is no variant and the caller's default counts.
 */
final class Outcome {

    private final @Nullable FlagType type;
    final String flagKey;
    final @Nullable String variant;
    final Reason reason;
    final @Nullable String ruleId;
    final @Nullable String prerequisite;
    final @Nullable ErrorCode errorCode;
    final @Nullable String errorMessage;
    final @Nullable String cause;

    /** Whether the value is the boolean true, or false, and there is no error: what most evaluations come to, in one read. */
    final boolean isTrue;

    final boolean isFalse;

    final @Nullable Evaluation<Boolean> asBoolean;
    final @Nullable Evaluation<String> asString;
    final @Nullable Evaluation<Integer> asInteger;
    final @Nullable Evaluation<Long> asLong;
    final @Nullable Evaluation<Double> asDouble;
    final @Nullable Evaluation<FlagValue> asObject;
    final Evaluation<FlagValue> asIs;

    private Outcome(@Nullable FlagType type, @Nullable FlagValue value, Evaluation<FlagValue> asIs) {
        this.type = type;
        this.flagKey = asIs.flagKey();
        this.variant = asIs.variant();
        this.reason = asIs.reason();
        this.ruleId = asIs.ruleId();
        this.prerequisite = asIs.prerequisite();
        this.errorCode = asIs.errorCode();
        this.errorMessage = asIs.errorMessage();
        this.asIs = asIs;
        this.cause = errorCode == null ? null : errorCode + " " + flagKey;
        BigDecimal number = value instanceof FlagValue.Number n && type == FlagType.NUMBER ? n.value() : null;
        this.asBoolean = value instanceof FlagValue.Bool b && type == FlagType.BOOLEAN ? evaluation(b.value()) : null;
        this.asString = value instanceof FlagValue.Text t && type == FlagType.STRING ? evaluation(t.value()) : null;
        this.isTrue = asBoolean != null && errorCode == null && asBoolean.value();
        this.isFalse = asBoolean != null && errorCode == null && !asBoolean.value();
        Long whole = number != null && ContextValues.decimal(number) instanceof Long l ? l : null;
        this.asInteger = whole != null && whole == whole.intValue() ? evaluation(whole.intValue()) : null;
        this.asLong = whole != null ? evaluation(whole) : null;
        this.asDouble = number != null ? evaluation(number.doubleValue()) : null;
        this.asObject = value != null && type == FlagType.JSON ? evaluation(value) : null;
    }

    static Outcome of(
            String flagKey,
            @Nullable FlagType type,
            @Nullable String variant,
            @Nullable FlagValue value,
            Reason reason,
            @Nullable String ruleId,
            @Nullable String prerequisite) {
        FlagValue shown = value == null ? FlagValue.NULL : value;
        return new Outcome(
                type, value, new Evaluation<>(flagKey, shown, variant, reason, ruleId, prerequisite, null, null));
    }

    static Outcome error(String flagKey, ErrorCode code, String message) {
        return new Outcome(
                null, null, new Evaluation<>(flagKey, FlagValue.NULL, null, Reason.ERROR, null, null, code, message));
    }

    /** An end that the definition says is an error. */
    static Outcome error(String flagKey, String message, @Nullable String ruleId, @Nullable String prerequisite) {
        return new Outcome(
                null,
                null,
                new Evaluation<>(
                        flagKey,
                        FlagValue.NULL,
                        null,
                        Reason.ERROR,
                        ruleId,
                        prerequisite,
                        ErrorCode.PARSE_ERROR,
                        message));
    }

    /** The same end, but for want of a value to put into a bucket. */
    Outcome missing(String message) {
        Evaluation<FlagValue> error = new Evaluation<>(
                flagKey,
                asIs.value(),
                variant,
                Reason.ERROR,
                ruleId,
                prerequisite,
                ErrorCode.TARGETING_KEY_MISSING,
                message);
        return new Outcome(type, variant == null ? null : asIs.value(), error);
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
        String message = flagKey.isEmpty() ? errorMessage + ": '" + key + "'" : errorMessage;
        return new Evaluation<>(
                String.valueOf(key), defaultValue, null, reason, ruleId, prerequisite, errorCode, message);
    }

    String mismatch(ValueType asked) {
        return asked.type == type
                ? "the flag '" + flagKey + "' serves " + asIs.value() + ", which is not " + asked.text
                : "the flag '" + flagKey + "' is of type " + type + ", asked for " + asked.text;
    }

    boolean mismatches(ValueType asked) {
        return type != null && (asked.type != type || (variant != null && !fits(asked)));
    }

    private boolean fits(ValueType asked) {
        return switch (asked) {
            case INTEGER -> asInteger != null;
            case LONG -> asLong != null;
            default -> true;
        };
    }

    private <T> Evaluation<T> evaluation(T value) {
        return new Evaluation<>(flagKey, value, variant, reason, ruleId, prerequisite, errorCode, errorMessage);
    }

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
