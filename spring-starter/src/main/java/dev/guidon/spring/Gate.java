package dev.guidon.spring;

import dev.guidon.definition.Shown;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * One gate, as it is declared.
 *
 * @param flagKey the flag
 * @param variants those that open it; empty if the flag must be true
 * @param status that of the answer to a request while it is closed; 0 for the usual one
 * @param fallback the method of a bean that answers while it is closed; empty for none
 */
record Gate(String flagKey, Set<String> variants, int status, String fallback) {

    Gate {
        if (flagKey.isBlank()) {
            throw new IllegalArgumentException("a @FeatureGate names no flag");
        }
        if (status != 0) {
            checkStatus(flagKey, status);
        }
    }

    static void checkStatus(String flagKey, int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the gate of the flag '" + Shown.part(flagKey) + "' has the status "
                    + status + "; allowed: from 400 to 599");
        }
    }

    /** The gates of a class, and of what it extends and implements. */
    static List<Gate> of(Class<?> type) {
        return declared(type, type.getName());
    }

    /** The gates of a method, and of what it overrides or implements. */
    static List<Gate> of(Class<?> type, Method method) {
        return declared(method, type.getName() + "." + method.getName() + "()");
    }

    private static List<Gate> declared(AnnotatedElement element, String place) {
        try {
            return annotations(element).map(Gate::of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new InvalidGateException(place + ": " + e.getMessage(), e);
        }
    }

    private static Stream<FeatureGate> annotations(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(FeatureGate.class)
                .map(MergedAnnotation::synthesize);
    }

    private static Gate of(FeatureGate annotation) {
        return new Gate(annotation.value(), Set.of(annotation.variants()), annotation.status(), annotation.fallback());
    }

    boolean isOpen(CurrentFlags flags) {
        if (variants.isEmpty()) {
            return flags.isEnabled(flagKey);
        }
        String variant = flags.evaluate(flagKey).variant();
        return variant != null && variants.contains(variant);
    }

    /** {@return the first gate that is closed; null if all are open} */
    static @Nullable Gate firstClosed(List<Gate> gates, CurrentFlags flags) {
        for (Gate gate : gates) {
            if (!gate.isOpen(flags)) {
                return gate;
            }
        }
        return null;
    }
}
