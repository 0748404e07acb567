package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagScope;
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
 * Micrometer's context propagation and {@code spring.reactor.context-propagation=auto}.
 */
public final class ReactiveFlags {

    /** That under which Micrometer's context propagation looks the scope up, whether it is there or not. */
    private static final String KEY = "dev.guidon.scope";

    private ReactiveFlags() {}

    /** {@return the flags of the request that the subscriber serves; empty outside a request} */
    public static Mono<CurrentFlags> current() {
        return Mono.deferContextual(context -> Mono.justOrEmpty(context.<FlagScope>getOrEmpty(KEY)));
    }

    static Context write(Context context, FlagScope scope) {
        return context.put(KEY, scope);
    }
}
