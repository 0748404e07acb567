package dev.guidon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails tests that read a flag which is neither set nor defined underneath: at the read, and, should the error be caught there or
 * thrown on another thread, at the end of the test. The failure names the flag and the test. The annotation nearest to the test
 * counts.
 *
 * @see TestFlags#failOnUndeclared()
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(FlagsExtension.class)
public @interface StrictFlags {

    /** {@return whether such reads fail the test} */
    boolean value() default true;
}
