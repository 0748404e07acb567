package dev.guidon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test once for every variant of a flag; of several flags, for every combination of their variants. Each run has its own
 * {@link TestFlags}, in which these flags are set, whatever {@link WithFlag} says of them.
 *
 * <pre>{@code
 * @FlagsFrom("flags.yaml")
 * class CheckoutTest {
 *     @FlagMatrix(flag = {"checkout", "dark-mode"})
 *     @FlagMatrix(flag = "retries", values = {"0", "3"})
 *     void everyCheckoutTakesMoney(TestFlags flags) { … }   // checkout=one-page, dark-mode=off, retries=0
 * }
 * }</pre>
 *
 * <p>At most {@value #MOST_COMBINATIONS} combinations are run; more are refused.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(FlagMatrix.Several.class)
@TestTemplate
@ExtendWith({FlagsExtension.class, FlagMatrixExtension.class})
public @interface FlagMatrix {

    /** How many combinations a test may have. */
    int MOST_COMBINATIONS = 256;

    /** {@return the keys of one or more flags} */
    String[] flag();

    /** {@return the names of variants to run, for each of these flags; all that it has underneath unless some, or values, are given} */
    String[] variants() default {};

    /**
     * {@return values to run, for each of these flags, written as for {@link WithFlag#value()}; with them a flag need not be
     * defined underneath}
     */
    String[] values() default {};

    /** Several flags. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @TestTemplate
    @ExtendWith({FlagsExtension.class, FlagMatrixExtension.class})
    @interface Several {

        /** {@return the flags} */
        FlagMatrix[] value();
    }
}
