package dev.guidon.metrics;

import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.Reason;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often evaluations of a flag ended with one variant, for one reason.
 *
 * @param hash that of {@link #hash(Evaluation)} for these evaluations
 */
record Series(
        int hash,
        String flag,
        @Nullable String variant,
        @Nullable Reason reason,
        @Nullable ErrorCode error,
        LongAdder count) {

    // No flag's key has parentheses.
    private static final String UNKNOWN = "(unknown)";
    private static final String OTHER = "(other)";
    private static final String NONE = "none";

    static Series of(Evaluation<?> evaluation) {
        return new Series(
                hash(evaluation),
                evaluation.flagKey(),
                evaluation.variant(),
                evaluation.reason(),
                evaluation.errorCode(),
                new LongAdder());
    }

    /** Evaluations that are of no flag. */
    static Series ofError(ErrorCode error) {
        return new Series(0, UNKNOWN, null, Reason.ERROR, error, new LongAdder());
    }

    /** The same for flags of all names, which may be many. */
    static Series ofOthers() {
        return new Series(0, OTHER, OTHER, null, null, new LongAdder());
    }

    /** Strings remember their hash, so this reads a few fields only. */
    static int hash(Evaluation<?> evaluation) {
        String variant = evaluation.variant();
        int hash = 31 * evaluation.flagKey().hashCode() + (variant == null ? 0 : variant.hashCode());
        return (31 * hash + evaluation.reason().hashCode()) * 0x9E3779B9;
    }

    boolean holds(Evaluation<?> evaluation) {
        return reason == evaluation.reason()
                && error == evaluation.errorCode()
                && flag.equals(evaluation.flagKey())
                && Objects.equals(variant, evaluation.variant());
    }

    Tags tags() {
        return Tags.of(
                "flag", flag,
                "variant", variant == null ? NONE : variant,
                "reason", reason == null ? OTHER : tag(reason),
                "error", error == null ? NONE : tag(error));
    }

    /** As OpenTelemetry's conventions for feature flags write them. */
    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
