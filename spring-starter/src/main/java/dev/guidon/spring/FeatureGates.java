package dev.guidon.spring;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.Snapshot;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Knows the gates of handlers and of other beans, as {@link FeatureGate} declares them; finds them once for each. Safe for use by many
 * threads.
 *
 * <p>For the auto-configuration, and for tests that put an application together by hand.
 */
public final class FeatureGates {

    private static final Logger log = LoggerFactory.getLogger(FeatureGates.class);

    private final int usualStatus;
    private final Map<Place, List<Gate>> handlers = new ConcurrentHashMap<>();

    /**
     * Gates of handlers and of other beans.
     *
     * @param usualStatus of the answer of a closed gate that names none, from 400 to 599
     * @throws IllegalArgumentException if it is another
     */
    public FeatureGates(int usualStatus) {
        Gate.checkStatus("any", usualStatus);
        this.usualStatus = usualStatus;
    }

    /**
     * Puts gates around beans. What has no effect on a method that Spring calls is found when its bean is made.
     *
     * @param gates the gates, asked for at the first call of a method that has one
     * @param flags the flags, asked for then as well
     * @return a bean
     */
    public static AbstractBeanFactoryAwareAdvisingPostProcessor aroundBeans(
            ObjectProvider<FeatureGates> gates, ObjectProvider<CurrentFlags> flags) {
        return new GatedBeans(new GateInterceptor(gates, flags));
    }

    /** {@return a bean that puts gates before all other advice, such as that of {@code @Async}} */
    public static BeanPostProcessor beforeOtherAdvice() {
        return new GatesFirst();
    }

    /** {@return a bean that ends the start where a bean is made before there can be gates around it} */
    public static BeanFactoryPostProcessor refuseEarlyBeans() {
        return new GatesTooLate();
    }

    /**
     * Finds gates of beans that cannot work, also of those that have not been made yet, and logs a warning for gates that stay closed since
     * their flag does not exist.
     *
     * @param beans all there are
     * @param flags the flags there are
     * @throws IllegalArgumentException if a gate cannot work
     */
    public static void check(ConfigurableListableBeanFactory beans, CurrentFlags flags) {
        for (String name : beans.getBeanDefinitionNames()) {
            GatedType type = GatedBeans.type(beans, name);
            if (type != null) {
                type.check();
                type.methods().forEach((method, gates) -> warn(gates, type.describe(method), flags));
            }
        }
    }

    /**
     * Finds the gates of a handler before the first request, and logs a warning for those that stay closed since their flag does not exist.
     *
     * @param type the handler's class
     * @param method the handler
     * @param flags the flags there are
     * @throws IllegalArgumentException if a gate is declared in a way that makes no sense
     */
    public void check(Class<?> type, Method method, CurrentFlags flags) {
        List<Gate> gates = gates(type, method);
        String place = type.getName() + "." + method.getName() + "()";
        for (Gate gate : gates) {
            if (!gate.fallback().isEmpty()) {
                throw new InvalidGateException(place + ": the fallback '" + gate.fallback()
                        + "' is not for handlers of requests, whose closed gate answers with a status");
            }
        }
        warn(gates, place, flags);
    }

    /**
     * Whether there are gates before a handler.
     *
     * @param type the handler's class
     * @param method the handler; null if it is the object
     * @return whether there are any
     * @throws IllegalArgumentException if one is declared in a way that makes no sense
     */
    public boolean guard(Class<?> type, @Nullable Method method) {
        return !gates(type, method).isEmpty();
    }

    /**
     * Tries all gates of a handler.
     *
     * @param type the handler's class
     * @param method the handler; null if it is the object
     * @param flags for whom
     * @return what to answer with; null if all are open
     */
    public @Nullable ClosedGateException closed(Class<?> type, @Nullable Method method, CurrentFlags flags) {
        Gate closed = Gate.firstClosed(gates(type, method), flags);
        return closed == null ? null : exception(closed);
    }

    /**
     * A gate of its own.
     *
     * @param flagKey the flag
     * @param status of the answer while it is closed, from 400 to 599; 0 for the usual one
     * @return gives what to answer with; null if it is open
     * @throws IllegalArgumentException if there can be no such gate
     */
    public Function<CurrentFlags, @Nullable ClosedGateException> gate(String flagKey, int status) {
        List<Gate> gates = List.of(new Gate(flagKey, Set.of(), status, ""));
        return flags -> {
            Gate closed = Gate.firstClosed(gates, flags);
            return closed == null ? null : exception(closed);
        };
    }

    ClosedGateException exception(Gate closed) {
        return new ClosedGateException(closed.flagKey(), closed.status() == 0 ? usualStatus : closed.status());
    }

    private List<Gate> gates(Class<?> type, @Nullable Method method) {
        return handlers.computeIfAbsent(new Place(type, method), FeatureGates::declared);
    }

    private static List<Gate> declared(Place place) {
        Method method = place.method();
        if (method == null) {
            return Gate.of(place.type());
        }
        // behind a proxy of interfaces the method is the interface's, but the gate may stand on what implements it
        Method specific = ClassUtils.getMostSpecificMethod(method, place.type());
        return Stream.concat(Gate.of(place.type()).stream(), Gate.of(place.type(), specific).stream())
                .distinct()
                .toList();
    }

    private static void warn(List<Gate> gates, String place, CurrentFlags flags) {
        if (flags.view() instanceof Snapshot snapshot && snapshot.isReady()) {
            for (Gate gate : gates) {
                if (snapshot.definitions().get(DefinitionKey.flag(gate.flagKey())) == null) {
                    log.warn(
                            "The gate of {} stays closed, since the flag '{}' does not exist",
                            place,
                            Shown.part(gate.flagKey()));
                }
            }
        }
    }

    private record Place(Class<?> type, @Nullable Method method) {}
}
