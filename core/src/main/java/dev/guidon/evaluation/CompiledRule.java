package dev.guidon.evaluation;

import org.jspecify.annotations.Nullable;

/** A compiled rule: a condition, perhaps a rollout, and what they serve. */
record CompiledRule(
        Criterion when, @Nullable CompiledRollout rollout, CompiledServe serve, Outcome off, Outcome error) {

    /** What the rule serves; null if it does not match. */
    @Nullable
    Outcome serve(EvaluationContext context) {
        if (when.test(context) != Truth.TRUE) {
            return null;
        }
        return rollout == null ? serve.serve(context) : serveIncluded(rollout, context);
    }

    private @Nullable Outcome serveIncluded(CompiledRollout included, EvaluationContext context) {
        long bucket = included.bucketer().bucket(context);
        if (included.includes(bucket)) {
            return serve.serve(context);
        }
        return bucket == Bucketer.MISSING ? CompiledServe.missing(included.whenMissing(), off, error, null) : null;
    }
}
