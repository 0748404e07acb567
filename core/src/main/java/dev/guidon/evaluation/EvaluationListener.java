package dev.guidon.evaluation;

/**
 * Hears of every evaluation, on the thread that evaluates: it must be fast and safe for use by many threads. What it throws is
 * logged once and does not reach the caller.
 */
@FunctionalInterface
public interface EvaluationListener {

    /**
     * A flag was evaluated.
     *
     * @param evaluation what it gave; the same object for the same outcome of the same snapshot unless the caller's default was used
     * @param context whom it was evaluated for
     */
    void evaluated(Evaluation<?> evaluation, EvaluationContext context);
}
