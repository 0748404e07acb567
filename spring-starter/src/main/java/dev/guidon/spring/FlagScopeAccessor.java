package dev.guidon.spring;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the {@link FlagScope} of a thread to other threads and into Reactor's context, by Micrometer's context propagation. Found
 * by it as a service.
 */
public final class FlagScopeAccessor implements ThreadLocalAccessor<FlagScope> {

    /** The key in Reactor's context and in Micrometer's snapshots. */
    public static final String KEY = "dev.guidon.scope";

    /** For the service loader to call. */
    public FlagScopeAccessor() {}

    @Override
    public Object key() {
        return KEY;
    }

    /** {@return the scope of the calling thread, with its context made, since what that is made of may belong to this thread} */
    @Override
    public @Nullable FlagScope getValue() {
        FlagScope scope = FlagScope.current();
        if (scope != null) {
            scope.context();
        }
        return scope;
    }

    @Override
    public void setValue(FlagScope scope) {
        FlagScope.set(scope);
    }

    @Override
    public void setValue() {
        FlagScope.set(null);
    }
}
