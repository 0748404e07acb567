package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagSetCheck;
import dev.guidon.spring.ScannedFlagSets;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Makes beans of the {@link dev.guidon.spring.FlagSet}s in the application's packages, and compares all with the flags there are. */
@AutoConfiguration(after = GuidonCurrentFlagsAutoConfiguration.class)
@EnableConfigurationProperties(GuidonFlagSetProperties.class)
@Import(ScannedFlagSets.class)
public final class GuidonFlagSetAutoConfiguration {

    /** For Spring to call. */
    GuidonFlagSetAutoConfiguration() {}

    @Bean
    static FlagSetCheck guidonFlagSetCheck(
            ListableBeanFactory beans, CurrentFlags flags, GuidonFlagSetProperties properties) {
        return new FlagSetCheck(beans, flags, properties.check());
    }
}
