package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagScope;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * The flags of a request in a reactive chain, from Reactor's context.
 *
 * <pre>{@code
 * return ReactiveFlags.current().map(flags -> flags.getStringValue("banner", "none"));
 * }</pre>
 *
 * <p>It needs nothing else. The bean {@link CurrentFlags} knows the request in a chain only where thread-locals are kept up to date, by
 * Micrometer's context propagation and {@code spring.reactor.context-propagation=auto}. Both also answer in filters and in error handling.
 */
public final class ReactiveFlags {

    /** That under which Micrometer's context propagation looks the scope up, whether it is there or not. */
    private static final String KEY = "dev.guidon.scope";

    private ReactiveFlags() {}

    /** {@return the flags of the request that the subscriber serves; empty outside a request} */
    public static Mono<CurrentFlags> current() {
        return Mono.deferContextual(context -> Mono.justOrEmpty(context.<FlagScope>getOrEmpty(KEY)));
    }

    /**
     * The flags of a request, for code that has the exchange and is not reactive, such as {@code ErrorAttributes}.
     *
     * <p>Until it is known who is logged in, they are asked for nobody in particular.
     *
     * @param exchange that of the request, or one that has been made from it
     * @return the flags of the request
     * @throws IllegalStateException if the exchange is none of an application with {@link FlagScopeArrival}
     */
    public static CurrentFlags of(ServerWebExchange exchange) {
        RequestScope scope = RequestScope.of(exchange);
        if (scope == null) {
            throw new IllegalStateException("the exchange has no flags: no filter FlagScopeArrival has seen it");
        }
        return scope.flags();
    }

    static Context write(Context context, FlagScope scope) {
        return context.put(KEY, scope);
    }
}
