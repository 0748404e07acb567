package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.web.ClosedGateAdvice;
import dev.guidon.spring.web.CurrentFlagsArgument;
import dev.guidon.spring.web.FeatureGateAdapter;
import dev.guidon.spring.web.FeatureGates;
import dev.guidon.spring.web.FlagScopeArrival;
import dev.guidon.spring.web.FlagScopeWebFilter;
import dev.guidon.spring.web.ReactiveGates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Flags of requests, and gates before handlers, in WebFlux. */
@AutoConfiguration(after = {GuidonCurrentFlagsAutoConfiguration.class, GuidonContextAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@EnableConfigurationProperties(GuidonWebProperties.class)
public final class GuidonWebFluxAutoConfiguration {

    /** For Spring to call. */
    GuidonWebFluxAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    FlagScopeWebFilter guidonFlagScopeWebFilter(
            CurrentFlags flags,
            ObjectProvider<EvaluationContextContributor> contributors,
            GuidonWebProperties properties) {
        return new FlagScopeWebFilter(
                flags,
                EvaluationContextContributor.all(contributors.orderedStream().toList()),
                properties.filterOrder());
    }

    @Bean
    @ConditionalOnMissingBean
    FlagScopeArrival guidonFlagScopeArrival(FlagScopeWebFilter scopes) {
        return new FlagScopeArrival(scopes);
    }

    @Bean
    @ConditionalOnMissingBean
    FeatureGates guidonFeatureGates(GuidonWebProperties properties) {
        return new FeatureGates(properties.gateStatus());
    }

    @Bean
    FeatureGateAdapter guidonFeatureGateAdapter(
            FeatureGates gates, FlagScopeWebFilter scopes, ObjectProvider<HandlerAdapter> adapters) {
        return new FeatureGateAdapter(gates, scopes, adapters::orderedStream);
    }

    @Bean
    @ConditionalOnMissingBean
    ClosedGateAdvice guidonClosedGateAdvice() {
        return new ClosedGateAdvice();
    }

    @Bean
    @ConditionalOnMissingBean
    ReactiveGates guidonReactiveGates(FeatureGates gates, FlagScopeWebFilter scopes) {
        return new ReactiveGates(gates, scopes);
    }

    @Bean
    WebFluxConfigurer guidonCurrentFlagsArgument(FlagScopeWebFilter scopes) {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new CurrentFlagsArgument(scopes));
            }
        };
    }

    @Bean
    static SmartInitializingSingleton guidonFeatureGateCheck(
            FeatureGates gates, CurrentFlags flags, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return () -> mappings.stream()
                .forEach(mapping -> gates.check(mapping.getHandlerMethods().values(), flags));
    }
}
