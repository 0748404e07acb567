package dev.guidon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets calls through only while a flag is on: requests to a handler, and calls of any other bean's methods.
 *
 * <pre>{@code
 * @FeatureGate("new-search")
 * @GetMapping("/search")
 * List<Hit> search(@RequestParam String q) { … }
 *
 * @FeatureGate("nightly-cleanup")
 * @Scheduled(cron = "0 0 3 * * *")
 * void cleanUp() { … }
 * }</pre>
 *
 * <p>On a class it holds for all its methods. All gates on a method, its class, what these override or implement, and on their own
 * annotations, must be open. A gate is closed while its flag is off, and also while it is unknown, malformed or of another type.
 *
 * <p><b>Handlers</b> of Spring MVC and WebFlux in a {@code @Controller}: while the gate is closed the handler is not called, and the answer
 * is problem details (RFC 9457) with status 404, as if it did not exist, without the flag's key. On a class with handlers, a gate holds for
 * these alone; other methods of it have gates of their own. For functional endpoints see {@code ServletGates} and {@code ReactiveGates}.
 *
 * <p><b>Methods of other beans</b>, such as services, {@code @Scheduled}, {@code @Async}, {@code @KafkaListener}: while the gate is closed
 * the method is not called. In its place answers {@link #fallback()}, if there is one. Else one that returns nothing is skipped; an {@code
 * Optional}, array, stream, collection or map of {@code java.util}'s interfaces, {@code Mono}, {@code Flux} or {@code Publisher} is empty; a
 * future fails, unless it is one of {@code Void}; any other method throws {@link ClosedGateException}. A {@code Mono}, {@code Flux} or
 * {@code Publisher} tries the gate, and calls the method, for each subscriber. Gates come before all other advice, on the caller's thread,
 * and ask for the {@linkplain CurrentFlags work at hand}. As with all of Spring's annotations, a call from within the bean passes no gate.
 * The application does not start if there is a gate on a method that no proxy can have one before: a private, static or final one, one of
 * a final class that is in no interface, one of a bean that Spring makes too early.
 *
 * <p>A gate switches a feature. It does not replace authorization: Spring answers {@code OPTIONS} requests and those with a wrong method
 * or content type before there is a handler, so the existence of a path can be found out.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FeatureGate {

    /** {@return the key of the flag} */
    String value();

    /**
     * The variants with which the gate is open, for flags of any type; {@code "off"} opens it while a boolean flag is off.
     *
     * @return names of variants; if there are none, the flag must be boolean and true
     */
    String[] variants() default {};

    /**
     * The status of the answer to a request while the gate is closed.
     *
     * @return from 400 to 599; 0, the default, for what the property {@code guidon.web.gate-status} says, which is 404 unless set
     */
    int status() default 0;

    /**
     * The method that answers in place of a bean's method while the gate is closed. Not for handlers of requests, nor on classes.
     *
     * @return the name of a method of the same class, of any visibility, with the same parameters and a return type that fits; empty, the
     *     default, for none
     */
    String fallback() default "";
}
