package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.EvaluationContextContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What Guidon itself adds to the evaluation context of a request, all of it before what the application adds. */
@AutoConfiguration
@ConditionalOnWebApplication
@EnableConfigurationProperties(GuidonContextProperties.class)
public final class GuidonContextAutoConfiguration {

    /** For Spring to call. */
    GuidonContextAutoConfiguration() {}

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnBooleanProperty(name = "guidon.context.locale.enabled", matchIfMissing = true)
    EvaluationContextContributor guidonLocaleContributor() {
        return new LocaleContributor();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    EvaluationContextContributor guidonHeaderContributor(GuidonContextProperties properties) {
        return new HeaderContributor(properties.headers());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 20)
    EvaluationContextContributor guidonTenantContributor(GuidonContextProperties properties) {
        GuidonContextProperties.Tenant tenant = properties.tenant();
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(values -> {
            values.put("guidon.context.tenant.header", tenant.header());
            values.put("guidon.context.tenant.claim", tenant.claim());
        });
        return new TenantContributor(tenant);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 30)
    @ConditionalOnBooleanProperty("guidon.context.principal.enabled")
    EvaluationContextContributor guidonPrincipalContributor() {
        return new PrincipalContributor();
    }
}
