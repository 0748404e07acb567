package dev.guidon.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The annotations of a test: those of its method, of its class, and of the classes around that. */
final class TestAnnotations {

    private final List<AnnotatedElement> fromFarToNear = new ArrayList<>();

    TestAnnotations(ExtensionContext context) {
        fromFarToNear.addAll(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(fromFarToNear::add);
        context.getTestMethod().ifPresent(fromFarToNear::add);
    }

    /** Those of a test that JUnit need not run. */
    TestAnnotations(Class<?> testClass, Method method) {
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            fromFarToNear.add(0, type);
        }
        fromFarToNear.add(method);
    }

    /** All annotations of a repeatable type, the one nearest to the test last. */
    <A extends Annotation> Stream<A> all(Class<A> type) {
        return fromFarToNear.stream()
                .flatMap(element -> AnnotationSupport.findRepeatableAnnotations(element, type).stream());
    }

    /** The annotation of a type that is nearest to the test. */
    <A extends Annotation> Optional<A> nearest(Class<A> type) {
        return fromFarToNear.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, type).stream())
                .reduce((far, near) -> near);
    }
}
