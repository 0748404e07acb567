package dev.guidon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sets a flag in the {@link TestFlags} of a test, or of all tests of a class. What is nearer to the test counts: a method before
 * its class, a {@code @Nested} class before the one around it, a class before its superclass.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(WithFlag.Several.class)
@ExtendWith(FlagsExtension.class)
public @interface WithFlag {

    /** {@return the flag's key} */
    String key();

    /**
     * {@return what everybody gets} It is read as what the flag is underneath. If it is not defined there: as JSON, such as {@code
     * true}, <code>5</code> or <code>{"size": 3}</code>, if it is JSON, else as a string.
     */
    String value() default "true";

    /** {@return the name of a variant that the flag has underneath, to be served instead of {@link #value()}; empty for none} */
    String variant() default "";

    /** Several flags. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @ExtendWith(FlagsExtension.class)
    @interface Several {

        /** {@return the flags} */
        WithFlag[] value();
    }
}
