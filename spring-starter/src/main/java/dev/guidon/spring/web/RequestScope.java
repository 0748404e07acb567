package dev.guidon.spring.web;

import dev.guidon.evaluation.FlagView;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FlagScope;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The scope of a request in WebFlux, which begins before it is known whom it is for. */
final class RequestScope {

    private static final String KEY = RequestScope.class.getName();

    private final FlagScope flags;
    private volatile @Nullable ReactiveContextRequest request;

    RequestScope(FlagView view, EvaluationContextContributor contributor) {
        flags = FlagScope.of(view, () -> {
            ReactiveContextRequest known = request;
            return known == null ? null : contributor.contribute(known);
        });
    }

    /** {@return the scope that an exchange has; null if none} */
    static @Nullable RequestScope of(ServerWebExchange exchange) {
        return exchange.getAttribute(KEY);
    }

    /** {@return the scope that a reactive chain has; null if none} */
    static @Nullable RequestScope of(ContextView context) {
        return context.getOrDefault(KEY, null);
    }

    FlagScope flags() {
        return flags;
    }

    void addTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(KEY, this);
    }

    Context addTo(Context context) {
        return ReactiveFlags.write(context, flags).put(KEY, this);
    }

    /** Says whom the request is for. What has been said first, holds. */
    void serve(ServerWebExchange exchange, @Nullable Principal principal) {
        if (request == null) {
            request = new ReactiveContextRequest(exchange, principal);
        }
    }
}
