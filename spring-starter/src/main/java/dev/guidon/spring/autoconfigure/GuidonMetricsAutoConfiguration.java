package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.AuditRelayMetrics;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.metrics.MeteredFlagStore;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.redis.RedisFlagStoreMetrics;
import dev.guidon.store.FlagStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Meters of the flags, the store and the audit, as far as they and a meter registry are there. */
@AutoConfiguration(
        after = {GuidonStoreAutoConfiguration.class, GuidonAutoConfiguration.class, GuidonAuditAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "guidon.metrics.enabled", matchIfMissing = true)
public final class GuidonMetricsAutoConfiguration {

    /** For Spring to call. */
    GuidonMetricsAutoConfiguration() {}

    /** Evaluations, how fresh the flags are, and how long the store takes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FlagMetrics.class)
    @ConditionalOnSingleCandidate(FlagStore.class)
    static class Flags {

        @Bean
        @ConditionalOnMissingBean
        FlagMetrics flagMetrics(FlagStore store) {
            return new FlagMetrics(store.namespace());
        }

        /** Not by the meters themselves, which the flags are made with. */
        @Bean
        SmartInitializingSingleton flagMetricsObserveFlags(FlagMetrics metrics, ObjectProvider<FeatureFlags> flags) {
            return () -> flags.ifUnique(metrics::observe);
        }

        /** For all who ask for a store, unless it is one that the application has made: that one it may measure itself. */
        @Bean
        @Primary
        @ConditionalOnBean(name = GuidonStoreAutoConfiguration.BEAN)
        @ConditionalOnMissingBean
        MeteredFlagStore meteredFlagStore(
                @Qualifier(GuidonStoreAutoConfiguration.BEAN) FlagStore store, MeterRegistry registry) {
            return MeteredFlagStore.of(store, registry);
        }
    }

    /** The store in Redis. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RedisFlagStoreMetrics.class)
    @ConditionalOnSingleCandidate(RedisFlagStore.class)
    static class Redis {

        @Bean
        @ConditionalOnMissingBean
        RedisFlagStoreMetrics redisFlagStoreMetrics(RedisFlagStore store) {
            return new RedisFlagStoreMetrics(store);
        }
    }

    /** The audit. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditRelayMetrics.class)
    @ConditionalOnSingleCandidate(AuditRelay.class)
    static class Audit {

        @Bean
        @ConditionalOnMissingBean
        AuditRelayMetrics auditRelayMetrics(AuditRelay relay) {
            return new AuditRelayMetrics(relay);
        }
    }
}
