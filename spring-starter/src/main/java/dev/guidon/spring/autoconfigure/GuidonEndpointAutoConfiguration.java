package dev.guidon.spring.autoconfigure;

import dev.guidon.FeatureFlags;
import dev.guidon.audit.AuditRelay;
import dev.guidon.spring.actuate.FlagsEndpoint;
import dev.guidon.store.FlagStore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The actuator endpoint {@code flags}. */
@AutoConfiguration(after = {GuidonAutoConfiguration.class, GuidonAuditAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnSingleCandidate(FeatureFlags.class)
@ConditionalOnAvailableEndpoint(FlagsEndpoint.class)
public final class GuidonEndpointAutoConfiguration {

    /** For Spring to call. */
    GuidonEndpointAutoConfiguration() {}

    @Bean
    OperationInvokerAdvisor guidonEndpointRequestCheck() {
        return FlagsEndpoint.requestCheck();
    }

    /** Which may have a relay. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditRelay.class)
    static class WithRelay {

        @Bean
        @ConditionalOnMissingBean
        FlagsEndpoint flagsEndpoint(FeatureFlags flags, FlagStore store, ObjectProvider<AuditRelay> relays) {
            Supplier<@Nullable Object> status = () -> {
                AuditRelay relay = relays.getIfUnique();
                return relay == null ? null : relay.status();
            };
            return new FlagsEndpoint(flags, store, status);
        }
    }

    /** Which cannot have a relay. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("dev.guidon.audit.AuditRelay")
    static class WithoutRelay {

        @Bean
        @ConditionalOnMissingBean
        FlagsEndpoint flagsEndpoint(FeatureFlags flags, FlagStore store) {
            return new FlagsEndpoint(flags, store, () -> null);
        }
    }
}
