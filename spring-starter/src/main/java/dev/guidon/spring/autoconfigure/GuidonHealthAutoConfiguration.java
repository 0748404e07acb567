package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.spring.actuate.FlagsHealthIndicator;
import dev.guidon.store.FlagStore;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** How fresh the flags are, as a part of the application's health. */
@AutoConfiguration(after = GuidonAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnSingleCandidate(FeatureFlags.class)
@ConditionalOnEnabledHealthIndicator("guidon")
@EnableConfigurationProperties(GuidonHealthProperties.class)
public final class GuidonHealthAutoConfiguration {

    /** For Spring to call. */
    GuidonHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "guidonHealthIndicator")
    FlagsHealthIndicator guidonHealthIndicator(FeatureFlags flags, FlagStore store, GuidonHealthProperties properties) {
        return new FlagsHealthIndicator(
                flags, store, new Status(properties.staleStatus()), new Status(properties.errorStatus()));
    }

    @Bean
    @ConditionalOnBean(type = "dev.guidon.redis.RedisFlagStore")
    static SharedRedisHealth guidonSharedRedisHealth(ConfigurableListableBeanFactory beans, Environment environment) {
        return new SharedRedisHealth(beans, environment);
    }
}
