package dev.guidon.examples.quickstart;

import dev.guidon.evaluation.EvaluationContext;

/**
 * Who looks at the shop.
 *
 * @param id identifies them, for example {@code ada}
 * @param region where they are, a country's code
 * @param plan {@code member} or {@code guest}
 */
record Visitor(String id, String region, String plan) {

    /** What rules of flags can ask for. */
    EvaluationContext context() {
        return EvaluationContext.builder(id)
                .set("region", region)
                .set("plan", plan)
                .build();
    }
}
