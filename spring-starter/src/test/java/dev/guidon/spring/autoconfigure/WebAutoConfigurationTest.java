package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGates;
import dev.guidon.spring.FlagsInMemory;
import dev.guidon.spring.web.ClosedGateAdvice;
import dev.guidon.spring.web.FeatureGateAdapter;
import dev.guidon.spring.web.FlagScopeFilter;
import dev.guidon.spring.web.FlagScopeWebFilter;
import dev.guidon.testkit.TestFlags;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.MappedInterceptor;

class WebAutoConfigurationTest {

    private final WebApplicationContextRunner servlet = configured(new WebApplicationContextRunner());
    private final ReactiveWebApplicationContextRunner reactive = configured(new ReactiveWebApplicationContextRunner());
    private final ApplicationContextRunner plain = configured(new ApplicationContextRunner());

    private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
        return runner.withUserConfiguration(FlagsInMemory.class)
                .withConfiguration(AutoConfigurations.of(
                        GuidonAutoConfiguration.class,
                        GuidonContextAutoConfiguration.class,
                        GuidonCurrentFlagsAutoConfiguration.class,
                        GuidonFlagSetAutoConfiguration.class,
                        GuidonGateAutoConfiguration.class,
                        GuidonWebFluxAutoConfiguration.class,
                        GuidonWebMvcAutoConfiguration.class));
    }

    @Test
    @DisplayName("a servlet application gets a filter after Spring Security's, and gates before all handlers")
    void servlet() {
        servlet.run(context -> {
            assertThat(context).hasSingleBean(FlagScopeFilter.class).hasSingleBean(MappedInterceptor.class);
            assertThat(context).doesNotHaveBean(FlagScopeWebFilter.class);
            assertThat(context.getBean(FilterRegistrationBean.class).getOrder()).isEqualTo(-50);
        });
        servlet.withPropertyValues("guidon.web.filter-order=7")
                .run(context -> assertThat(
                                context.getBean(FilterRegistrationBean.class).getOrder())
                        .isEqualTo(7));
    }

    @Test
    @DisplayName("a reactive application gets their like")
    void reactive() {
        reactive.run(context -> {
            assertThat(context).hasSingleBean(FlagScopeWebFilter.class).hasSingleBean(FeatureGateAdapter.class);
            assertThat(context).doesNotHaveBean(FlagScopeFilter.class);
            assertThat(context.getBean(FlagScopeWebFilter.class).getOrder()).isEqualTo(-50);
        });
    }

    @Test
    @DisplayName("one without a web has the flags at hand, and no gates before handlers")
    void plain() {
        plain.run(context -> assertThat(context)
                .hasSingleBean(CurrentFlags.class)
                .doesNotHaveBean(ClosedGateAdvice.class)
                .doesNotHaveBean(GuidonContextAutoConfiguration.class));
    }

    @Test
    @DisplayName("outside any work the newest flags answer, for nobody in particular")
    void outside() {
        plain.run(context -> {
            CurrentFlags flags = context.getBean(CurrentFlags.class);

            assertThat(flags.view())
                    .isSameAs(context.getBean(FeatureFlags.class).snapshot());
            assertThat(flags.context()).isSameAs(EvaluationContext.EMPTY);
        });
    }

    @Test
    @DisplayName("without Spring MVC, WebFlux or context propagation the application starts without what needs them")
    void missingClasses() {
        servlet.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ClosedGateAdvice.class));
        reactive.withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ClosedGateAdvice.class));
        servlet.withClassLoader(new FilteredClassLoader("io.micrometer.context", "reactor"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(FeatureGates.class));
    }

    @Test
    @DisplayName("beans of the application take the place of Guidon's")
    void backsOff() {
        servlet.withUserConfiguration(OwnGates.class)
                .run(context ->
                        assertThat(context).hasSingleBean(FeatureGates.class).hasBean("ownGates"));
        plain.withUserConfiguration(OwnFlags.class)
                .run(context ->
                        assertThat(context).hasSingleBean(CurrentFlags.class).hasBean("ownFlags"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGates {

        @Bean
        FeatureGates ownGates() {
            return new FeatureGates(410);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFlags {

        @Bean
        CurrentFlags ownFlags() {
            return CurrentFlags.over(TestFlags.create());
        }
    }

    @Test
    @DisplayName("a primary view of a test is what is asked")
    void testFlags() {
        plain.withUserConfiguration(PrimaryView.class).run(context -> {
            context.getBean(TestFlags.class).set("off", true);

            assertThat(context.getBean(CurrentFlags.class).isEnabled("off")).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryView {

        @Bean
        @Primary
        TestFlags testFlags(FeatureFlags flags) {
            return TestFlags.over(flags);
        }
    }

    @Test
    @DisplayName("a status that is none of an error fails the start")
    void badStatus() {
        servlet.withPropertyValues("guidon.web.gate-status=200")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("guidon.web.gate-status")
                        .hasMessageContaining("200"));
        reactive.withPropertyValues("guidon.web.gate-status=600")
                .run(context -> assertThat(context).hasFailed());
    }
}
