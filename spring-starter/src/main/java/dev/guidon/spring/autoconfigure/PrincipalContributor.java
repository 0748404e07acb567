package dev.guidon.spring.autoconfigure;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import java.security.Principal;

/** Makes the name of who is logged in the targeting key. */
final class PrincipalContributor implements EvaluationContextContributor {

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        Principal principal = request.principal();
        return principal == null || Claims.isAnonymous(principal)
                ? EvaluationContext.EMPTY
                : EvaluationContext.of(principal.getName());
    }
}
