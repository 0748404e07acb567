package dev.guidon.spring.web;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Knows the gates of every handler, as {@link FeatureGate} declares them; finds them once for each. Safe for use by many threads.
 *
 * <p>For the auto-configuration, and for tests that put an application together by hand.
 */
public final class FeatureGates {

    private static final Logger log = LoggerFactory.getLogger(FeatureGates.class);

    private final int usualStatus;
    private final Map<Place, List<Gate>> known = new ConcurrentHashMap<>();

    /**
     * Gates of handlers.
     *
     * @param usualStatus of the answer of a closed gate that names none, from 400 to 599
     * @throws IllegalArgumentException if it is another
     */
    public FeatureGates(int usualStatus) {
        this.usualStatus = usualStatus;
        gate("any", usualStatus);
    }

    /**
     * Finds the gates of handlers before the first request, and logs a warning for those that stay closed since their flag does not
     * exist.
     *
     * @param handlers all there are
     * @param flags the flags there are
     * @throws IllegalArgumentException if a gate is declared in a way that makes no sense
     */
    public void check(Iterable<HandlerMethod> handlers, CurrentFlags flags) {
        for (HandlerMethod handler : handlers) {
            for (Gate gate : gates(handler)) {
                if (flags.view() instanceof Snapshot snapshot
                        && snapshot.isReady()
                        && snapshot.definitions().get(DefinitionKey.flag(gate.flagKey())) == null) {
                    log.warn(
                            "The gate of {} stays closed, since the flag '{}' does not exist",
                            handler,
                            Shown.part(gate.flagKey()));
                }
            }
        }
    }

    /**
     * Whether there are gates before a handler.
     *
     * @throws IllegalArgumentException if one is declared in a way that makes no sense
     */
    boolean guard(Object handler) {
        return !gates(handler).isEmpty();
    }

    /** A gate of its own, with the usual status unless it has another. */
    Gate gate(String flagKey, int status) {
        return new Gate(flagKey, Set.of(), status == 0 ? usualStatus : status);
    }

    /**
     * Tries all gates of a handler.
     *
     * @return what to answer with; null if all are open
     */
    @Nullable
    ClosedGateException closed(Object handler, CurrentFlags flags) {
        for (Gate gate : gates(handler)) {
            if (!gate.isOpen(flags)) {
                return gate.closed();
            }
        }
        return null;
    }

    private List<Gate> gates(Object handler) {
        Place place = handler instanceof HandlerMethod method
                ? new Place(userClass(method), method.getMethod())
                : new Place(AopProxyUtils.ultimateTargetClass(handler), null);
        return known.computeIfAbsent(place, this::declared);
    }

    private List<Gate> declared(Place place) {
        Stream<MergedAnnotation<FeatureGate>> found = annotations(place.type());
        if (place.method() != null) {
            // behind a proxy of interfaces the method is the interface's, but the gate may stand on what implements it
            Method specific = ClassUtils.getMostSpecificMethod(place.method(), place.type());
            found = Stream.concat(found, annotations(specific));
        }
        return found.map(annotation -> Gate.of(annotation.synthesize(), usualStatus))
                .distinct()
                .toList();
    }

    private static Stream<MergedAnnotation<FeatureGate>> annotations(AnnotatedElement element) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(FeatureGate.class);
    }

    private static Class<?> userClass(HandlerMethod handler) {
        Object bean = handler.getBean();
        return bean instanceof String ? handler.getBeanType() : AopProxyUtils.ultimateTargetClass(bean);
    }

    private record Place(Class<?> type, @Nullable Method method) {}
}
