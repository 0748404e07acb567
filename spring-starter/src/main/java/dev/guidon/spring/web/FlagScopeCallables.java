package dev.guidon.spring.web;

import dev.guidon.spring.FlagScope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/** Carries the scope of a request to the thread on which Spring MVC calls what a handler returned as a {@link Callable}. */
public final class FlagScopeCallables implements CallableProcessingInterceptor {

    private static final ThreadLocal<FlagScope.Binding> BOUND = new ThreadLocal<>();

    private final FlagScopeFilter scopes;

    /**
     * For the auto-configuration, and for tests that put an application together by hand.
     *
     * @param scopes knows the scope of each request
     */
    public FlagScopeCallables(FlagScopeFilter scopes) {
        this.scopes = scopes;
    }

    /** Makes the context while what it is made of is at hand: who is logged in belongs to this thread. */
    @Override
    public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
        scope(request).context();
    }

    @Override
    public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
        BOUND.set(scope(request).bind());
    }

    @Override
    public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
        BOUND.get().close();
        BOUND.remove();
    }

    private FlagScope scope(NativeWebRequest request) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        if (http == null) {
            throw new IllegalStateException("not a servlet request: " + request);
        }
        return scopes.scope(http);
    }
}
