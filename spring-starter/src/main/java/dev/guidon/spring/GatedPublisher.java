package dev.guidon.spring;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * What a method with a gate returns that answers reactively: tried for each subscriber, whose context has the scope. Loaded where Reactor is.
 */
final class GatedPublisher {

    private GatedPublisher() {}

    static boolean isFit(Class<?> type) {
        return type == Mono.class || type == Flux.class || type == Publisher.class;
    }

    static Publisher<?> of(MethodInvocation call, Gate gate) {
        FlagScope caller = FlagScope.current();
        return call.getMethod().getReturnType() == Mono.class
                ? Mono.deferContextual(context -> Mono.from(answer(call, gate, caller, context)))
                : Flux.deferContextual(context -> answer(call, gate, caller, context));
    }

    private static Publisher<?> answer(
            MethodInvocation call, Gate gate, @Nullable FlagScope caller, ContextView context) {
        try {
            Answer closed = gate.closed(context.getOrDefault(FlagScopeAccessor.KEY, caller));
            // each subscriber calls the method anew
            Object answer = closed != null
                    ? closed.get()
                    : ((ProxyMethodInvocation) call).invocableClone().proceed();
            return answer instanceof Publisher<?> publisher ? publisher : Mono.empty();
        } catch (Throwable failure) {
            return Mono.error(failure);
        }
    }

    /** Tries what is before the method. */
    @FunctionalInterface
    interface Gate {

        /** What answers in place of the method, in that scope or, if it is null, of the thread; null if all is open. */
        @Nullable
        Answer closed(@Nullable FlagScope scope);
    }

    /** Answers in place of the method. */
    @FunctionalInterface
    interface Answer {

        @Nullable
        Object get() throws Throwable;
    }
}
