package dev.guidon.spring;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method of a flag set.
 *
 * @param key the flag; null if the method is the interface's own
 * @param type what it returns
 * @param contextual whether the caller names the context
 * @param body what answers if the flag has no answer; null if the method has none
 */
record FlagMethod(
        @Nullable String key,
        @Nullable FlagReturnType type,
        boolean contextual,
        @Nullable MethodHandle body) {

    /**
     * Finds out what a method does.
     *
     * @throws IllegalArgumentException if it cannot be a method of a flag set; the message says why
     */
    static FlagMethod of(Method method) {
        FlagKey annotation = method.getAnnotation(FlagKey.class);
        if (annotation == null) {
            if (!method.isDefault()) {
                throw new IllegalArgumentException("has no @FlagKey");
            }
            return new FlagMethod(null, null, false, body(method));
        }
        if (annotation.value().isBlank()) {
            throw new IllegalArgumentException("has a @FlagKey without a key");
        }
        List<Class<?>> parameters = List.of(method.getParameterTypes());
        if (!parameters.isEmpty() && !parameters.equals(List.of(EvaluationContext.class))) {
            throw new IllegalArgumentException("has other parameters than one EvaluationContext");
        }
        FlagReturnType type = FlagReturnType.of(method.getReturnType());
        if (!method.isDefault() && type.standard() == null) {
            throw new IllegalArgumentException(
                    "has no body: one of type " + type.name() + " must say what answers if the flag does not");
        }
        return new FlagMethod(
                annotation.value(), type, !parameters.isEmpty(), method.isDefault() ? body(method) : null);
    }

    @Nullable
    Object answer(CurrentFlags flags, Object proxy, Object[] arguments) throws Throwable {
        if (key != null && type != null) {
            EvaluationContext context = contextual
                    ? Optional.ofNullable((EvaluationContext) arguments[0]).orElse(EvaluationContext.EMPTY)
                    : flags.context();
            Object answer = type.read(flags.view(), key, context);
            if (answer != null) {
                return answer;
            }
            if (body == null) {
                return type.standard();
            }
        }
        MethodHandle own = Objects.requireNonNull(body, "a method has a flag or a body");
        return own.bindTo(proxy).invokeWithArguments(arguments);
    }

    @Nullable
    String problem(Snapshot snapshot) {
        if (key == null || type == null) {
            return null;
        }
        List<Problem> broken = snapshot.problems().getOrDefault(DefinitionKey.flag(key), List.of());
        Optional<Flag> flag = snapshot.definitions().flag(key);
        if (!broken.isEmpty()) {
            return "reads the flag '" + Shown.part(key) + "', which cannot be evaluated: " + broken.get(0);
        }
        return flag.isEmpty()
                ? "reads the flag '" + Shown.part(key) + "', which does not exist"
                : type.problem(flag.get());
    }

    /** By a handle, since {@code InvocationHandler.invokeDefault} refuses interfaces that are not public. */
    private static MethodHandle body(Method method) {
        try {
            return MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflectSpecial(method, method.getDeclaringClass());
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException("cannot be called: its package is not open to Guidon", closed);
        }
    }
}
