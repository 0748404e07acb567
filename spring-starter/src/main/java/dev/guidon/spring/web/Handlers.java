package dev.guidon.spring.web;

import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGates;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.http.ProblemDetail;
import org.springframework.web.method.HandlerMethod;

/** What a dispatcher calls, and the gates before it. */
final class Handlers {

    private Handlers() {}

    static boolean guard(FeatureGates gates, Object handler) {
        return handler instanceof HandlerMethod method
                ? gates.guard(userClass(method), method.getMethod())
                : gates.guard(AopProxyUtils.ultimateTargetClass(handler), null);
    }

    static @Nullable ClosedGateException closed(FeatureGates gates, Object handler, CurrentFlags flags) {
        return handler instanceof HandlerMethod method
                ? gates.closed(userClass(method), method.getMethod(), flags)
                : gates.closed(AopProxyUtils.ultimateTargetClass(handler), null, flags);
    }

    /** The answer of a functional endpoint, to which Spring does not add the request's path. */
    static ProblemDetail problem(ClosedGateException closed, URI request) {
        ProblemDetail problem = ProblemDetail.forStatus(closed.status());
        problem.setInstance(URI.create(request.getRawPath()));
        return problem;
    }

    private static Class<?> userClass(HandlerMethod handler) {
        Object bean = handler.getBean();
        return bean instanceof String ? handler.getBeanType() : AopProxyUtils.ultimateTargetClass(bean);
    }
}
