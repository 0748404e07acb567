package dev.guidon.evaluation;

import org.jspecify.annotations.Nullable;

/** A compiled rule: a condition, perhaps a rollout, what they serve, and what is served without a value to roll out by. */
record CompiledRule(
        Criterion when,
        @Nullable CompiledRollout rollout,
        CompiledServe serve,
        @Nullable Outcome missing) {

    /** What the rule serves; null if it does not match. */
    @Nullable
    Outcome serve(EvaluationContext context) {
        if (Criterion.ask(when, context) != Truth.TRUE) {
            return null;
        }
        return rollout == null ? serve.serve(context) : serveIncluded(rollout, context);
    }

    private @Nullable Outcome serveIncluded(CompiledRollout included, EvaluationContext context) {
        long bucket = included.bucketer().bucket(context);
        if (included.includes(bucket)) {
            return serve.serve(context);
        }
        return bucket == Bucketer.MISSING ? missing : null;
    }
}
