package dev.guidon.spring;

import dev.guidon.evaluation.Snapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the methods of a flag set. What a method does is found out once. */
final class FlagSetHandler implements InvocationHandler {

    private final Class<?> type;
    private final CurrentFlags flags;
    private final Map<Method, FlagMethod> methods = new HashMap<>();

    FlagSetHandler(Class<?> type, CurrentFlags flags) {
        this.type = type;
        this.flags = flags;
        List<String> problems = new ArrayList<>();
        if (!type.isInterface() || !type.isAnnotationPresent(FlagSet.class)) {
            problems.add(type.getName() + " is no interface with @FlagSet");
        } else {
            for (Method method : sorted(type.getMethods())) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    try {
                        methods.put(method, FlagMethod.of(method));
                    } catch (IllegalArgumentException unfit) {
                        problems.add(describe(method) + " " + unfit.getMessage());
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidFlagSetException(problems);
        }
    }

    <T> T proxy(Class<T> face) {
        return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, this));
    }

    /** What does not go with the flags there are. */
    List<String> problems(Snapshot snapshot) {
        List<String> problems = new ArrayList<>();
        for (Method method : sorted(methods.keySet().toArray(Method[]::new))) {
            FlagMethod read = methods.get(method);
            String problem = read == null ? null : read.problem(snapshot);
            if (problem != null) {
                problems.add(describe(method) + " " + problem);
            }
        }
        return problems;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        FlagMethod read = methods.get(method);
        if (read != null) {
            return read.answer(flags, proxy, arguments == null ? new Object[0] : arguments);
        }
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "flags of " + type.getName();
        };
    }

    private static List<Method> sorted(Method[] methods) {
        return Arrays.stream(methods)
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
    }
}
