package dev.guidon.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The gates of a bean's class that a proxy keeps: all but those of handlers of HTTP requests, which are tried before the handler is called.
 *
 * @param type the class, which is no proxy's
 * @param ofClass the gates of all its methods
 * @param methods all methods that have gates, with these
 */
record GatedType(Class<?> type, List<Gate> ofClass, Map<Method, List<Gate>> methods) {

    private static final String REQUEST_MAPPING = "org.springframework.web.bind.annotation.RequestMapping";

    /** What a dispatcher calls as it is, having tried the gates of its class. */
    private static final List<String> HANDLERS = List.of(
            "org.springframework.web.HttpRequestHandler",
            "org.springframework.web.servlet.mvc.Controller",
            "org.springframework.web.servlet.function.HandlerFunction",
            "org.springframework.web.reactive.function.server.HandlerFunction",
            "org.springframework.web.server.WebHandler");

    static GatedType of(Class<?> type) {
        Map<Method, List<Gate>> own = new LinkedHashMap<>();
        Map<Method, List<Gate>> all = new LinkedHashMap<>();
        MethodIntrospector.selectMethods(type, (Method method) -> Gate.of(type, method))
                .forEach((method, gates) -> own.put(method, gates));
        boolean controller = annotated(type).isPresent(Controller.class);
        boolean handles = controller && own.keySet().stream().anyMatch(GatedType::isMapped);
        List<Gate> ofClass = handles || isHandler(type) ? List.of() : Gate.of(type);
        own.forEach((method, gates) -> {
            List<Gate> both = isOfContainer(method, type)
                    ? gates
                    : Stream.concat(ofClass.stream(), gates.stream()).distinct().toList();
            if (!both.isEmpty() && !(controller && isMapped(method)) && !ReflectionUtils.isObjectMethod(method)) {
                all.put(method, both);
            }
        });
        return new GatedType(type, ofClass, all);
    }

    boolean isGated() {
        return !methods.isEmpty();
    }

    /** The gates of a method, which may be that of an interface. */
    List<Gate> gates(Method method) {
        return methods.getOrDefault(AopUtils.getMostSpecificMethod(method, type), List.of());
    }

    String describe(Method method) {
        return type.getName() + "." + method.getName() + "()";
    }

    /** A class that nothing can extend is proxied by its interfaces. */
    static boolean isClosed(Class<?> type) {
        return (Modifier.isFinal(type.getModifiers()) || type.isSealed()) && !Proxy.isProxyClass(type);
    }

    /** Refuses gates that a proxy of this class cannot keep. */
    void check() {
        check(isClosed(type) ? ClassUtils.getAllInterfacesForClass(type) : null);
    }

    /**
     * Refuses gates that a proxy cannot keep.
     *
     * @param faces the interfaces that the proxy implements; null if it extends the class
     */
    void check(Class<?> @Nullable [] faces) {
        List<String> problems = new ArrayList<>();
        methods.forEach((method, gates) -> {
            // a class can have methods that are only its own
            boolean meant = gates.size() > ofClass.size() || !ofClass.containsAll(gates);
            String problem = problem(method, faces, meant);
            if (problem != null) {
                problems.add(describe(method) + " " + problem);
            }
            gates.forEach(gate -> fallbackProblem(method, gate, problems));
        });
        if (!problems.isEmpty()) {
            throw new InvalidGateException(String.join("\n", problems));
        }
    }

    private static @Nullable String problem(Method method, Class<?> @Nullable [] faces, boolean meant) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)) {
            return meant
                    ? "is " + (Modifier.isStatic(modifiers) ? "static" : "private")
                            + ", so that no call of it goes through the bean"
                    : null;
        } else if (MergedAnnotations.from(method).isPresent(Bean.class)) {
            return "makes a bean, once, at the start: put the gate on the methods of that bean";
        } else if (faces == null) {
            return Modifier.isFinal(modifiers)
                    ? "is final, so that no proxy can have a gate before it: remove 'final'"
                    : null;
        } else if (Arrays.stream(faces)
                .noneMatch(face -> ClassUtils.hasMethod(face, method.getName(), method.getParameterTypes()))) {
            return meant || Modifier.isPublic(modifiers)
                    ? "is in no interface, and the bean is proxied by its interfaces, since its class is final or"
                            + " spring.aop.proxy-target-class is false: declare it in an interface"
                    : null;
        }
        return null;
    }

    private void fallbackProblem(Method method, Gate gate, List<String> problems) {
        if (gate.fallback().isEmpty()) {
            return;
        }
        if (ofClass.contains(gate)) {
            problems.add(type.getName() + " has the fallback '" + gate.fallback()
                    + "', which is for gates of methods, not of classes");
        } else if (fallback(method, gate) == null) {
            problems.add(describe(method) + " has the fallback '" + gate.fallback() + "', but its class has no method "
                    + gate.fallback()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(", ", "(", ")"))
                    + " that returns " + method.getReturnType().getSimpleName());
        }
    }

    /** The method that answers for another one while a gate is closed; null if there is none. */
    @Nullable
    Method fallback(Method method, Gate gate) {
        Method found = ReflectionUtils.findMethod(type, gate.fallback(), method.getParameterTypes());
        return found != null && ClassUtils.isAssignable(method.getReturnType(), found.getReturnType()) ? found : null;
    }

    private static boolean isMapped(Method method) {
        return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(REQUEST_MAPPING);
    }

    private static MergedAnnotations annotated(Class<?> type) {
        return MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY);
    }

    private static boolean isHandler(Class<?> type) {
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(face -> HANDLERS.contains(face.getName()));
    }

    /** What the container asks every bean of its kind is no feature. */
    private static boolean isOfContainer(Method method, Class<?> type) {
        return Stream.of(Ordered.class, SmartLifecycle.class)
                .anyMatch(container -> Arrays.stream(container.getMethods())
                        .anyMatch(known -> known.getDeclaringClass().isAssignableFrom(type)
                                && known.getName().equals(method.getName())
                                && Arrays.equals(known.getParameterTypes(), method.getParameterTypes())));
    }
}
