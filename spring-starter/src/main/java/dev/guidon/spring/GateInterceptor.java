package dev.guidon.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Calls methods of beans while their gates are open. */
final class GateInterceptor implements MethodInterceptor {

    private static final boolean REACTOR =
            ClassUtils.isPresent("reactor.core.publisher.Mono", GateInterceptor.class.getClassLoader());

    private final ObjectProvider<FeatureGates> gates;
    private final ObjectProvider<CurrentFlags> flags;
    private final Map<Class<?>, GatedType> types = new ConcurrentHashMap<>();

    /** Both are asked for at the first call, since post processors are made before everything else. */
    GateInterceptor(ObjectProvider<FeatureGates> gates, ObjectProvider<CurrentFlags> flags) {
        this.gates = gates;
        this.flags = flags;
    }

    boolean isGated(Method method, Class<?> target) {
        return !type(method, target).gates(method).isEmpty();
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        Method method = call.getMethod();
        Object target = call.getThis();
        GatedType type = type(method, target == null ? method.getDeclaringClass() : AopUtils.getTargetClass(target));
        List<Gate> before = type.gates(method);
        if (REACTOR && GatedPublisher.isFit(method.getReturnType())) {
            return GatedPublisher.of(call, scope -> {
                Gate closed = Gate.firstClosed(before, scope == null ? flags.getObject() : scope);
                return closed == null ? null : () -> answer(closed, type, call);
            });
        }
        Gate closed = Gate.firstClosed(before, flags.getObject());
        return closed == null ? call.proceed() : answer(closed, type, call);
    }

    private @Nullable Object answer(Gate closed, GatedType type, MethodInvocation call) throws Throwable {
        Method method = AopUtils.getMostSpecificMethod(call.getMethod(), type.type());
        Method fallback = closed.fallback().isEmpty() ? null : type.fallback(method, closed);
        if (fallback == null) {
            return ClosedAnswer.of(method, () -> gates.getObject().exception(closed));
        }
        try {
            ReflectionUtils.makeAccessible(fallback);
            return fallback.invoke(call.getThis(), call.getArguments());
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** Those of the bean's class, or of the interface where a proxy alone implements it. */
    private GatedType type(Method method, Class<?> target) {
        Class<?> declaring = method.getDeclaringClass();
        boolean own = declaring.isAssignableFrom(target) && !Proxy.isProxyClass(target);
        return types.computeIfAbsent(own ? ClassUtils.getUserClass(target) : declaring, GatedType::of);
    }
}
