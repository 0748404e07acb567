package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FlagScope;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out for whom each request of WebFlux is, for its {@link FlagScope} in the exchange and in Reactor's context. To be ordered after
 * what authenticates.
 *
 * <p>Who is logged in is only known reactively, so it is found out here, before the handler; the rest of the context is made when a flag
 * is first evaluated.
 */
public final class FlagScopeWebFilter implements WebFilter, Ordered {

    private static final Logger log = LoggerFactory.getLogger(FlagScopeWebFilter.class);

    private final CurrentFlags flags;
    private final EvaluationContextContributor contributor;
    private final int order;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param flags where a request takes its snapshot
     * @param contributor makes its context
     * @param order among other filters
     */
    public FlagScopeWebFilter(CurrentFlags flags, EvaluationContextContributor contributor, int order) {
        this.flags = flags;
        this.contributor = contributor;
        this.order = order;
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .map(Optional::<Principal>of)
                .onErrorResume(failure -> {
                    log.warn("Who is logged in could not be found out; flags are evaluated without", failure);
                    return Mono.empty();
                })
                .defaultIfEmpty(Optional.empty())
                .flatMap(principal -> {
                    RequestScope scope = scope(exchange, principal.orElse(null));
                    return chain.filter(exchange).contextWrite(scope::addTo);
                });
    }

    /** The scope of a request, also if the filter has not seen it; then nobody is logged in. */
    FlagScope scope(ServerWebExchange exchange) {
        return scope(exchange, null).flags();
    }

    RequestScope open() {
        return new RequestScope(flags.view(), contributor);
    }

    private RequestScope scope(ServerWebExchange exchange, @Nullable Principal principal) {
        RequestScope scope = RequestScope.of(exchange);
        if (scope == null) {
            scope = open();
            scope.addTo(exchange);
        }
        scope.serve(exchange, principal);
        return scope;
    }
}
