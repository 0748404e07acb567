package dev.guidon.spring.web;

import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.FeatureGates;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets requests to handlers of WebFlux through while their gates are open. It comes before all other adapters, takes the handlers that
 * have a gate, and leaves them to the adapter that is theirs: WebFlux has no interceptors, and a filter does not know the handler.
 */
public final class FeatureGateAdapter implements HandlerAdapter, Ordered {

    private final FeatureGates gates;
    private final FlagScopeWebFilter scopes;
    private final Supplier<Stream<HandlerAdapter>> adapters;
    private volatile @Nullable List<HandlerAdapter> others;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param gates the gates
     * @param scopes knows the scope of each request
     * @param adapters all adapters in their order, with or without this one; asked at the first request
     */
    public FeatureGateAdapter(
            FeatureGates gates, FlagScopeWebFilter scopes, Supplier<Stream<HandlerAdapter>> adapters) {
        this.gates = gates;
        this.scopes = scopes;
        this.adapters = adapters;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Object handler) {
        return Handlers.guard(gates, handler);
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        ClosedGateException closed = Handlers.closed(gates, handler, scopes.scope(exchange));
        if (closed != null) {
            return Mono.error(closed);
        }
        for (HandlerAdapter adapter : others()) {
            if (adapter.supports(handler)) {
                return adapter.handle(exchange, handler);
            }
        }
        return Mono.error(new IllegalStateException("no HandlerAdapter for " + handler));
    }

    private List<HandlerAdapter> others() {
        List<HandlerAdapter> found = others;
        if (found == null) {
            found = adapters.get().filter(adapter -> adapter != this).toList();
            others = found;
        }
        return found;
    }
}
