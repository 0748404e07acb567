package dev.guidon.spring;

import dev.guidon.evaluation.EvaluationContext;

/**
 * Adds to the evaluation context of a request. Every bean of this type is asked, in the order of Spring's {@code @Order}: what later
 * ones say goes on top. Those that Guidon brings come before others.
 *
 * <pre>{@code
 * @Bean
 * EvaluationContextContributor plan(Accounts accounts) {
 *     return request -> EvaluationContext.builder(null).set("plan", accounts.planOf(request.principal())).build();
 * }
 * }</pre>
 *
 * <p>It is asked at most once for a request, when a flag is first evaluated in it, on the thread that does so; in a reactive application it
 * must therefore not block. If it throws, that is logged once, and the rest of the context is made without it.
 */
@FunctionalInterface
public interface EvaluationContextContributor {

    /**
     * What is to be known of a request.
     *
     * @param request the request, only to be read during the call
     * @return attributes, and a targeting key if it is for this contributor to say
     */
    EvaluationContext contribute(ContextRequest request);

    /**
     * Several as one.
     *
     * @param contributors in the order in which they are asked
     * @return gives what all of them give, later ones on top; never throws
     */
    static EvaluationContextContributor all(Iterable<EvaluationContextContributor> contributors) {
        return new CombinedContributors(contributors);
    }
}
