package dev.guidon.examples.quickstart;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Tells the flags who looks at the shop. The page says that itself here; a real shop would ask its session. */
@Component
class Visitor implements EvaluationContextContributor {

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        return request.as(HttpServletRequest.class)
                .map(http -> context(http.getParameter("id"), http.getParameter("region"), http.getParameter("plan")))
                .orElse(EvaluationContext.EMPTY);
    }

    static EvaluationContext context(String id, String region, String plan) {
        return EvaluationContext.builder(id)
                .set("region", region)
                .set("plan", plan)
                .build();
    }
}
