package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FlagScope;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Gives each servlet request one {@link FlagScope}, which it keeps through forwards, errors and asynchronous dispatches, and which is
 * bound to the thread during each of these. To be registered for all dispatcher types, after what authenticates.
 */
public final class FlagScopeFilter implements Filter, ServletRequestListener {

    private static final String SCOPE = FlagScopeFilter.class.getName() + ".scope";

    private final CurrentFlags flags;
    private final EvaluationContextContributor contributor;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param flags where a request takes its snapshot
     * @param contributor makes its context
     */
    public FlagScopeFilter(CurrentFlags flags, EvaluationContextContributor contributor) {
        this.flags = flags;
        this.contributor = contributor;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http) {
            FlagScope.Binding bound = scope(http).bind();
            try {
                chain.doFilter(request, response);
            } finally {
                bound.close();
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    /** After this the container may use the request's object for another one. */
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        FlagScope scope = existing(event.getServletRequest());
        if (scope != null) {
            scope.end();
        }
    }

    /** The scope of a request, also if the filter has not seen it. */
    FlagScope scope(HttpServletRequest request) {
        FlagScope existing = existing(request);
        if (existing != null) {
            return existing;
        }
        FlagScope scope = FlagScope.of(flags.view(), () -> contributor.contribute(new ServletContextRequest(request)));
        request.setAttribute(SCOPE, scope);
        return scope;
    }

    private static @Nullable FlagScope existing(ServletRequest request) {
        return request.getAttribute(SCOPE) instanceof FlagScope scope ? scope : null;
    }
}
