package dev.guidon.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What a flag, a rule or the fallthrough serves. The virtual machine's compiler sees through calls of it where an application has flags
 * of one kind, and where it has flags of many, each kind is compiled by itself. A class, since methods of interfaces take longer to find.
 */
abstract class CompiledServe {

    /** The outcome for a context; null in a gap, or where a missing value is to be skipped. */
    @Nullable
    abstract Outcome serve(EvaluationContext context);

    /** Whether the outcome is never null. */
    abstract boolean isComplete();
}
