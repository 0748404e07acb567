package dev.guidon.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Makes beans of flag sets that stand outside the application's packages, such as those of a library. For configuration classes. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(ImportedFlagSets.class)
public @interface ImportFlagSets {

    /** {@return interfaces with {@link FlagSet}} */
    Class<?>[] value();
}
