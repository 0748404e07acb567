package dev.guidon.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names a document of flags for tests: what lies underneath of their {@link TestFlags}. The one nearest to the test counts. A
 * document with a malformed definition is refused; unknown fields are not.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(FlagsExtension.class)
public @interface FlagsFrom {

    /**
     * {@return a resource of the class path, relative to the test class or from the root, or else a file, relative to the working
     * directory; JSON if it ends with {@code .json}, else YAML}
     */
    String value();
}
