package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;

/**
 * Typed reads of flags, with the method names of OpenFeature.
 *
 * <p>No method here does I/O (external segments aside, which are bounded in time), blocks, throws, or returns null unless the
 * caller's default is null. The caller's default is the answer whenever a flag has none: it is unknown, malformed, of another type,
 * or serves no variant. A context that is null counts as {@link EvaluationContext#EMPTY}. Safe for use by many threads.
 *
 * @see <a href="https://openfeature.dev/specification/sections/flag-evaluation">OpenFeature, flag evaluation</a>
 */
public interface FlagView {

    /** {@return the revision of the definitions that are in force} */
    Revision revision();

    /**
     * Whether a boolean flag is on, for nobody in particular.
     *
     * @param key the flag's key
     * @return its value; false for an unknown or broken flag
     */
    default boolean isEnabled(String key) {
        return getBooleanValue(key, false, EvaluationContext.EMPTY);
    }

    /**
     * Whether a boolean flag is on.
     *
     * @param key the flag's key
     * @param context whom it is asked for
     * @return its value; false for an unknown or broken flag
     */
    default boolean isEnabled(String key, EvaluationContext context) {
        return getBooleanValue(key, false, context);
    }

    /**
     * The value of a flag that is true or false, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default boolean getBooleanValue(String key, boolean defaultValue) {
        return getBooleanValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is true or false.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    boolean getBooleanValue(String key, boolean defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is true or false, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<Boolean> getBooleanDetails(String key, boolean defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a string, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default String getStringValue(String key, String defaultValue) {
        return getStringValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is a string.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    String getStringValue(String key, String defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a string, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<String> getStringDetails(String key, String defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number without a fraction of 32 bits, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default int getIntegerValue(String key, int defaultValue) {
        return getIntegerValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is a number without a fraction of 32 bits.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    int getIntegerValue(String key, int defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number without a fraction of 32 bits, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<Integer> getIntegerDetails(String key, int defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number without a fraction of 64 bits, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default long getLongValue(String key, long defaultValue) {
        return getLongValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is a number without a fraction of 64 bits.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    long getLongValue(String key, long defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number without a fraction of 64 bits, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<Long> getLongDetails(String key, long defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default double getDoubleValue(String key, double defaultValue) {
        return getDoubleValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is a number.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    double getDoubleValue(String key, double defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a number, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<Double> getDoubleDetails(String key, double defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a JSON value, for nobody in particular.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default FlagValue getObjectValue(String key, FlagValue defaultValue) {
        return getObjectValue(key, defaultValue, EvaluationContext.EMPTY);
    }

    /**
     * The value of a flag that is a JSON value.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value
     */
    FlagValue getObjectValue(String key, FlagValue defaultValue, EvaluationContext context);

    /**
     * The value of a flag that is a JSON value, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @param context whom it is asked for
     * @return the value and how it came about
     */
    Evaluation<FlagValue> getObjectDetails(String key, FlagValue defaultValue, EvaluationContext context);

    /**
     * What a flag of any type gives.
     *
     * @param key the flag's key
     * @param context whom it is asked for
     * @return the value, {@link FlagValue#NULL} if there is no variant, and how it came about
     */
    Evaluation<FlagValue> evaluate(String key, EvaluationContext context);

    /**
     * Why a flag gives what it gives, rule by rule. Slow compared with an evaluation; not heard by listeners.
     *
     * @param key the flag's key
     * @param context whom it is asked for
     * @return the explanation; it shows attribute values
     */
    Explanation explain(String key, EvaluationContext context);
}
