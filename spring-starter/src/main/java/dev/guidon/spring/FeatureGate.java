package dev.guidon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets requests to a handler only through while a flag is on for them.
 *
 * <pre>{@code
 * @FeatureGate("new-search")
 * @GetMapping("/search")
 * List<Hit> search(@RequestParam String q) { … }
 * }</pre>
 *
 * <p>For handler methods and controller classes of Spring MVC and WebFlux; on a class it holds for all its methods. All gates that
 * stand on a method, its class, what these override or implement, and on annotations that they bear, must be open. A gate is closed
 * while its flag is off, and also while it is unknown, malformed or of another type. Then the handler is not called, and the answer is
 * problem details (RFC 9457) with status 404, as if it did not exist; the flag's key is not told.
 *
 * <p>A gate switches a feature. It does not replace authorization: Spring answers {@code OPTIONS} requests and those with a wrong method
 * or content type before there is a handler, so the existence of a path can be found out.
 *
 * <p>For functional endpoints see {@code ServletGates} and {@code ReactiveGates}.
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
     * The status of the answer while the gate is closed.
     *
     * @return from 400 to 599; 0, the default, for what the property {@code guidon.web.gate-status} says, which is 404 unless set
     */
    int status() default 0;
}
