package dev.guidon.spring.web;

import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.FeatureGates;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets requests to handlers of Spring MVC through while their gates are open. */
public final class FeatureGateInterceptor implements HandlerInterceptor {

    private static final String OPENED = FeatureGateInterceptor.class.getName() + ".opened";

    private final FeatureGates gates;
    private final FlagScopeFilter scopes;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param gates the gates
     * @param scopes knows the scope of each request
     */
    public FeatureGateInterceptor(FeatureGates gates, FlagScopeFilter scopes) {
        this.gates = gates;
        this.scopes = scopes;
    }

    /**
     * Tries the gates of a handler.
     *
     * @return true
     * @throws ClosedGateException if one is closed
     */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // a ramp may move while a handler works asynchronously; who was let in stays in
        if (!handler.equals(request.getAttribute(OPENED))) {
            ClosedGateException closed = Handlers.closed(gates, handler, scopes.scope(request));
            if (closed != null) {
                throw closed;
            }
            request.setAttribute(OPENED, handler);
        }
        return true;
    }
}
