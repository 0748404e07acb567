package dev.guidon.spring.web;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Begins the scope of each request of WebFlux before all filters, and ends it after all error handling: WebFlux handles errors outside its
 * filters. Whom the request is for is said by the {@link FlagScopeWebFilter}, or, where a request fails before that, is nobody who is
 * logged in.
 */
public final class FlagScopeArrival implements HttpHandlerDecoratorFactory, WebFilter, Ordered {

    private final FlagScopeWebFilter scopes;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param scopes makes the scope of each request
     */
    public FlagScopeArrival(FlagScopeWebFilter scopes) {
        this.scopes = scopes;
    }

    /** {@return before all other filters} */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Puts the scope into Reactor's context. */
    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> Mono.defer(() -> {
            RequestScope scope = scopes.open();
            return handler.handle(request, response)
                    .contextWrite(scope::addTo)
                    .doFinally(signal -> scope.flags().end());
        });
    }

    /** Puts it into the exchange. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual(context -> {
            RequestScope found = RequestScope.of(context);
            RequestScope scope = found == null ? scopes.open() : found;
            scope.addTo(exchange);
            return chain.filter(exchange)
                    .doOnError(failure -> scope.serve(exchange, null))
                    .contextWrite(scope::addTo);
        });
    }
}
