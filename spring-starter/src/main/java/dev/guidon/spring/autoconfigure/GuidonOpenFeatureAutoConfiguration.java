package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.spring.CurrentFlags;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The flags as OpenFeature's provider, for all clients or for those of one domain, as long as the application runs. */
@AutoConfiguration(after = GuidonCurrentFlagsAutoConfiguration.class)
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

    /** For whom the work at hand is, as {@link CurrentFlags} knows it; what callers say goes on top. */
    @Bean
    @ConditionalOnMissingBean
    GuidonProvider guidonProvider(FeatureFlags flags, ObjectProvider<CurrentFlags> current) {
        GuidonProvider.Builder builder = GuidonProvider.builder(flags);
        current.ifUnique(work -> builder.baseContext(work::context));
        return builder.build();
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
