package dev.guidon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface a bean whose methods read flags, so that keys and types stand in one place.
 *
 * <pre>{@code
 * @FlagSet
 * interface CheckoutFlags {
 *     @FlagKey("new-tax")
 *     boolean newTax();
 *
 *     @FlagKey("upload-limit")
 *     default int uploadLimit() {
 *         return 10;
 *     }
 * }
 * }</pre>
 *
 * <p>Each method bears a {@link FlagKey}. It returns {@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, {@link
 * dev.guidon.definition.FlagValue}, or an enum of the flag's variants: {@code ONE_PAGE} stands for the variant {@code one-page}. The body of
 * the method is what answers if the flag has no answer; without a body that is false, or {@code FlagValue.NULL}, and other types need a
 * body. Default methods without a key are the interface's own. As with all reads of flags, methods answer for the {@linkplain
 * CurrentFlags work at hand}; one with a parameter of type {@code EvaluationContext} answers for that context instead.
 *
 * <p>Interfaces in the packages of the application are found like its entities and repositories; {@link ImportFlagSets} names others.
 * When the application starts they are compared with the flags there are; the property {@code guidon.flag-sets.check} says what
 * follows if a flag is missing or of another type.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface FlagSet {}
