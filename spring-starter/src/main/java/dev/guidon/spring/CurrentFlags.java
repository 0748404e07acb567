package dev.guidon.spring;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Explanation;
import dev.guidon.evaluation.FlagView;

/**
 * The flags as the work at hand sees them: from its beginning to its end at one revision, and for one context, which need not be
 * named.
 *
 * <pre>{@code
 * @GetMapping("/banner")
 * String banner() {
 *     return flags.getStringValue("banner", "none");
 * }
 * }</pre>
 *
 * <p>The bean of this type answers for the {@link FlagScope} that is bound to the calling thread, such as that of the HTTP request.
 * Where none is, it answers from the newest flags and for nobody in particular. As with {@link FlagView}, no method here blocks,
 * throws or returns null. Safe for use by many threads.
 */
public interface CurrentFlags {

    /**
     * What the application's work is answered from.
     *
     * @param flags {@link dev.guidon.FeatureFlags}, of which each scope gets a snapshot; any other view is asked as it is
     * @return the flags of the scope that is bound to the calling thread
     */
    static CurrentFlags over(FlagView flags) {
        return new ThreadFlags(flags);
    }

    /** {@return the flags that are asked; within a scope always the same} */
    FlagView view();

    /** {@return whom they are asked for; within a scope always the same} */
    EvaluationContext context();

    /**
     * Begins work for somebody: until it is closed, the calling thread asks for that context. The flags are those of the scope
     * around it, else those of now.
     *
     * <pre>{@code
     * try (var work = flags.enter(EvaluationContext.of(order.customer()))) {
     *     ship(order);
     * }
     * }</pre>
     *
     * @param context whom the work is for
     * @return what ends it; to be closed on the same thread
     */
    default FlagScope.Binding enter(EvaluationContext context) {
        return FlagScope.of(view(), context).bind();
    }

    /** {@return the revision of the flags that are asked} */
    default Revision revision() {
        return view().revision();
    }

    /**
     * Whether a boolean flag is on.
     *
     * @param key the flag's key
     * @return its value; false for an unknown or broken flag
     */
    default boolean isEnabled(String key) {
        return view().isEnabled(key, context());
    }

    /**
     * The value of a flag that is true or false.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default boolean getBooleanValue(String key, boolean defaultValue) {
        return view().getBooleanValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is true or false, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<Boolean> getBooleanDetails(String key, boolean defaultValue) {
        return view().getBooleanDetails(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a string.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default String getStringValue(String key, String defaultValue) {
        return view().getStringValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a string, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<String> getStringDetails(String key, String defaultValue) {
        return view().getStringDetails(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number without a fraction of 32 bits.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default int getIntegerValue(String key, int defaultValue) {
        return view().getIntegerValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number without a fraction of 32 bits, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<Integer> getIntegerDetails(String key, int defaultValue) {
        return view().getIntegerDetails(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number without a fraction of 64 bits.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default long getLongValue(String key, long defaultValue) {
        return view().getLongValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number without a fraction of 64 bits, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<Long> getLongDetails(String key, long defaultValue) {
        return view().getLongDetails(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default double getDoubleValue(String key, double defaultValue) {
        return view().getDoubleValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a number, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<Double> getDoubleDetails(String key, double defaultValue) {
        return view().getDoubleDetails(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a JSON value.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value
     */
    default FlagValue getObjectValue(String key, FlagValue defaultValue) {
        return view().getObjectValue(key, defaultValue, context());
    }

    /**
     * The value of a flag that is a JSON value, with its variant and the reason.
     *
     * @param key the flag's key
     * @param defaultValue the answer if the flag has none
     * @return the value and how it came about
     */
    default Evaluation<FlagValue> getObjectDetails(String key, FlagValue defaultValue) {
        return view().getObjectDetails(key, defaultValue, context());
    }

    /**
     * What a flag of any type gives.
     *
     * @param key the flag's key
     * @return the value, {@link FlagValue#NULL} if there is no variant, and how it came about
     */
    default Evaluation<FlagValue> evaluate(String key) {
        return view().evaluate(key, context());
    }

    /**
     * Why a flag gives what it gives, rule by rule. Slow compared with an evaluation.
     *
     * @param key the flag's key
     * @return the explanation; it shows attribute values
     */
    default Explanation explain(String key) {
        return view().explain(key, context());
    }
}
