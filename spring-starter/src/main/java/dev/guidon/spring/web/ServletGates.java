package dev.guidon.spring.web;

import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGates;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Gates for functional endpoints of Spring MVC, a bean.
 *
 * <pre>{@code
 * route().GET("/search", this::search).filter(gates.require("new-search")).build();
 * }</pre>
 */
public final class ServletGates {

    private final FeatureGates gates;
    private final FlagScopeFilter scopes;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param gates says the usual status
     * @param scopes knows the scope of each request
     */
    public ServletGates(FeatureGates gates, FlagScopeFilter scopes) {
        this.gates = gates;
        this.scopes = scopes;
    }

    /**
     * A gate with the usual status.
     *
     * @param flagKey the key of a boolean flag
     * @return lets requests through while the flag is on for them, and else answers with problem details
     */
    public HandlerFilterFunction<ServerResponse, ServerResponse> require(String flagKey) {
        return require(flagKey, 0);
    }

    /**
     * A gate.
     *
     * @param flagKey the key of a boolean flag
     * @param status of the answer while it is closed, from 400 to 599; 0 for the usual one
     * @return lets requests through while the flag is on for them, and else answers with problem details
     * @throws IllegalArgumentException if there can be no such gate
     */
    public HandlerFilterFunction<ServerResponse, ServerResponse> require(String flagKey, int status) {
        Function<CurrentFlags, @Nullable ClosedGateException> gate = gates.gate(flagKey, status);
        return (request, next) -> {
            ClosedGateException closed = gate.apply(scopes.scope(request.servletRequest()));
            return closed == null
                    ? next.handle(request)
                    : ServerResponse.status(closed.status())
                            .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                            .body(Handlers.problem(closed, request.uri()));
        };
    }
}
