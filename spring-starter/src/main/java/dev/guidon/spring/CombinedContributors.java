package dev.guidon.spring;

import dev.guidon.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one on top of the other. */
final class CombinedContributors implements EvaluationContextContributor {

    private static final Logger log = LoggerFactory.getLogger(EvaluationContextContributor.class);

    private final List<EvaluationContextContributor> contributors;
    private final Set<EvaluationContextContributor> failed = ConcurrentHashMap.newKeySet();

    CombinedContributors(Iterable<EvaluationContextContributor> contributors) {
        List<EvaluationContextContributor> all = new ArrayList<>();
        contributors.forEach(all::add);
        this.contributors = List.copyOf(all);
    }

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        EvaluationContext context = EvaluationContext.EMPTY;
        for (EvaluationContextContributor contributor : contributors) {
            try {
                EvaluationContext more = contributor.contribute(request);
                context = context == EvaluationContext.EMPTY ? more : context.merge(more);
            } catch (Throwable failure) {
                if (failed.add(contributor)) {
                    log.warn("{} failed; evaluation contexts lack what it adds. Said once", contributor, failure);
                }
            }
        }
        return context;
    }
}
