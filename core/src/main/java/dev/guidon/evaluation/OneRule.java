package dev.guidon.evaluation;

import java.util.Objects;

/** A rule, and what is served where it does not match, as many flags are. It takes no loop. */
final class OneRule extends CompiledServe {

    private final CompiledRule rule;
    private final CompiledServe otherwise;

    /** What is served otherwise is complete. */
    OneRule(CompiledRule rule, CompiledServe otherwise) {
        this.rule = rule;
        this.otherwise = otherwise;
    }

    @Override
    Outcome serve(EvaluationContext context) {
        Outcome outcome = rule.serve(context);
        return outcome == null ? Objects.requireNonNull(otherwise.serve(context)) : outcome;
    }

    @Override
    boolean isComplete() {
        return true;
    }
}
