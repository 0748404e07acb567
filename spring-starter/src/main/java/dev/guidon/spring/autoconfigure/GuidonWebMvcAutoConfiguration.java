package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FeatureGates;
import dev.guidon.spring.web.ClosedGateAdvice;
import dev.guidon.spring.web.FeatureGateInterceptor;
import dev.guidon.spring.web.FlagScopeCallables;
import dev.guidon.spring.web.FlagScopeFilter;
import dev.guidon.spring.web.ServletGates;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Flags of requests, and gates before handlers, in Spring MVC. */
@AutoConfiguration(after = {GuidonGateAutoConfiguration.class, GuidonContextAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@EnableConfigurationProperties(GuidonWebProperties.class)
public final class GuidonWebMvcAutoConfiguration {

    /** For Spring to call. */
    GuidonWebMvcAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    FlagScopeFilter guidonFlagScopeFilter(
            CurrentFlags flags, ObjectProvider<EvaluationContextContributor> contributors) {
        return new FlagScopeFilter(
                flags,
                EvaluationContextContributor.all(contributors.orderedStream().toList()));
    }

    @Bean
    FilterRegistrationBean<FlagScopeFilter> guidonFlagScopeFilterRegistration(
            FlagScopeFilter filter, GuidonWebProperties properties) {
        FilterRegistrationBean<FlagScopeFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(properties.filterOrder());
        return registration;
    }

    @Bean
    ServletListenerRegistrationBean<FlagScopeFilter> guidonFlagScopeListenerRegistration(FlagScopeFilter filter) {
        return new ServletListenerRegistrationBean<>(filter);
    }

    /** A bean of this type is heeded by every handler mapping, however Spring MVC is configured. */
    @Bean
    MappedInterceptor guidonFeatureGateInterceptor(FeatureGates gates, FlagScopeFilter scopes) {
        return new MappedInterceptor(null, new FeatureGateInterceptor(gates, scopes));
    }

    @Bean
    @ConditionalOnMissingBean
    ClosedGateAdvice guidonClosedGateAdvice() {
        return new ClosedGateAdvice();
    }

    @Bean
    @ConditionalOnMissingBean
    ServletGates guidonServletGates(FeatureGates gates, FlagScopeFilter scopes) {
        return new ServletGates(gates, scopes);
    }

    @Bean
    WebMvcConfigurer guidonFlagScopeCallables(FlagScopeFilter scopes) {
        return new WebMvcConfigurer() {
            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
                configurer.registerCallableInterceptors(new FlagScopeCallables(scopes));
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
