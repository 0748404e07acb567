package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.audit.AuditRelay;
import dev.guidon.openfeature.GuidonProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes at the start what does its work without being asked, also where other beans are made when they are first asked for
 * ({@code spring.main.lazy-initialization}), be it Guidon's bean or the application's own.
 */
@AutoConfiguration
public final class GuidonEagerAutoConfiguration {

    /** For Spring to call. */
    GuidonEagerAutoConfiguration() {}

    /** They follow the store, and call listeners; whether the store answers is to be known at the start. */
    @Bean
    static LazyInitializationExcludeFilter featureFlagsAreNotLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(FeatureFlags.class);
    }

    /** The audit. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditRelay.class)
    static class Audit {

        @Bean
        static LazyInitializationExcludeFilter auditRelayIsNotLazy() {
            return LazyInitializationExcludeFilter.forBeanTypes(AuditRelay.class);
        }
    }

    /** OpenFeature's provider, for code that asks OpenFeature's API. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GuidonProvider.class)
    static class OpenFeature {

        @Bean
        static LazyInitializationExcludeFilter openFeatureRegistrationIsNotLazy() {
            return LazyInitializationExcludeFilter.forBeanTypes(OpenFeatureRegistration.class);
        }
    }
}
