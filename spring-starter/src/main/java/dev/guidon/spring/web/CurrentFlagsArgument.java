package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Gives handler methods of WebFlux the flags of the request, as a parameter of type {@link CurrentFlags}. */
public final class CurrentFlagsArgument implements SyncHandlerMethodArgumentResolver {

    private final FlagScopeWebFilter scopes;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param scopes knows the scope of each request
     */
    public CurrentFlagsArgument(FlagScopeWebFilter scopes) {
        this.scopes = scopes;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == CurrentFlags.class;
    }

    @Override
    public CurrentFlags resolveArgumentValue(
            MethodParameter parameter, BindingContext bindingContext, ServerWebExchange exchange) {
        return scopes.scope(exchange);
    }
}
