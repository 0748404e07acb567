package dev.guidon.spring;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;
import java.util.function.Supplier;

/** Answers for the scope of the calling thread, else from the newest flags for nobody in particular. */
final class ThreadFlags implements CurrentFlags {

    private final Supplier<? extends FlagView> newest;

    ThreadFlags(FlagView flags) {
        this.newest = flags instanceof FeatureFlags live ? live::snapshot : () -> flags;
    }

    @Override
    public FlagView view() {
        FlagScope scope = FlagScope.current();
        return scope == null ? newest.get() : scope.view();
    }

    @Override
    public EvaluationContext context() {
        FlagScope scope = FlagScope.current();
        return scope == null ? EvaluationContext.EMPTY : scope.context();
    }
}
