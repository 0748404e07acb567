package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.FlagValue;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/** Lets Jackson write values of flags as the JSON that they are, for handlers that return one. */
@AutoConfiguration
@ConditionalOnClass(JacksonModule.class)
public final class GuidonJacksonAutoConfiguration {

    /** For Spring to call. */
    GuidonJacksonAutoConfiguration() {}

    @Bean
    JacksonModule guidonJacksonModule() {
        return new SimpleModule("guidon").addSerializer(FlagValue.class, new FlagValueSerializer());
    }
}
