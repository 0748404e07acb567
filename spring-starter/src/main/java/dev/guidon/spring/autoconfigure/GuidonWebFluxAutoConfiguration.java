package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FeatureGates;
import dev.guidon.spring.web.ClosedGateAdvice;
import dev.guidon.spring.web.CurrentFlagsArgument;
import dev.guidon.spring.web.FeatureGateAdapter;
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
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Flags of requests, and gates before handlers, in WebFlux. */
@AutoConfiguration(after = {GuidonGateAutoConfiguration.class, GuidonContextAutoConfiguration.class})
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
    FeatureGateAdapter guidonFeatureGateAdapter(
            FeatureGates gates, FlagScopeWebFilter scopes, ObjectProvider<HandlerAdapter> adapters) {
        return new FeatureGateAdapter(gates, scopes, adapters::orderedStream);
    }

    @Bean
    @ConditionalOnMissingBean
    ClosedGateAdvice guidonClosedGateAdvice() {
        return new ClosedGateAdvice();
    }

    /** Where no advice is asked, as for functional endpoints: before Boot's handler, which answers by the status. */
    @Bean
    @Order(-2)
    WebExceptionHandler guidonClosedGateStatus() {
        return (exchange, failure) -> Mono.error(
                failure instanceof ClosedGateException closed
                        ? new ResponseStatusException(HttpStatusCode.valueOf(closed.status()), null, closed)
                        : failure);
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
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .forEach(handler -> gates.check(handler.getBeanType(), handler.getMethod(), flags));
    }
}
