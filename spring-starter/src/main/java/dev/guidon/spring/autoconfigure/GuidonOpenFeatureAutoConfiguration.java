package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.openfeature.GuidonProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The flags as OpenFeature's provider, for all clients or for those of one domain, as long as the application runs. */
@AutoConfiguration(after = GuidonAutoConfiguration.class)
@ConditionalOnClass({GuidonProvider.class, OpenFeatureAPI.class})
@ConditionalOnSingleCandidate(FeatureFlags.class)
@ConditionalOnBooleanProperty(name = "guidon.openfeature.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GuidonOpenFeatureProperties.class)
public final class GuidonOpenFeatureAutoConfiguration {

    /** For Spring to call. */
    GuidonOpenFeatureAutoConfiguration() {}

    /** That of the process, which outlives the application and may serve others. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    OpenFeatureAPI openFeatureApi() {
        return OpenFeatureAPI.getInstance();
    }

    @Bean
    @ConditionalOnMissingBean
    GuidonProvider guidonProvider(FeatureFlags flags) {
        return GuidonProvider.of(flags);
    }

    /** One for the flags, also where an application has them in a parent context. */
    @Bean
    @ConditionalOnMissingBean
    OpenFeatureRegistration guidonOpenFeatureRegistration(
            OpenFeatureAPI api, GuidonProvider provider, FeatureFlags flags, GuidonOpenFeatureProperties properties) {
        return new OpenFeatureRegistration(api, provider, flags, properties.domain());
    }

    /** Answers from this application's flags, whatever provider others set. */
    @Bean
    @ConditionalOnMissingBean
    Client openFeatureClient(OpenFeatureRegistration registration) {
        return registration.client();
    }
}
