package dev.guidon.spring.autoconfigure;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGates;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Gates before methods of all beans. */
@AutoConfiguration(after = GuidonCurrentFlagsAutoConfiguration.class)
@EnableConfigurationProperties(GuidonWebProperties.class)
public final class GuidonGateAutoConfiguration {

    /** For Spring to call. */
    GuidonGateAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    FeatureGates guidonFeatureGates(GuidonWebProperties properties) {
        return new FeatureGates(properties.gateStatus());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static AbstractBeanFactoryAwareAdvisingPostProcessor guidonGatedBeans(
            ObjectProvider<FeatureGates> gates, ObjectProvider<CurrentFlags> flags) {
        return FeatureGates.aroundBeans(gates, flags);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static BeanPostProcessor guidonGatesFirst() {
        return FeatureGates.beforeOtherAdvice();
    }

    @Bean
    static BeanFactoryPostProcessor guidonGatesTooLate() {
        return FeatureGates.refuseEarlyBeans();
    }

    @Bean
    static SmartInitializingSingleton guidonBeanGateCheck(ConfigurableListableBeanFactory beans, CurrentFlags flags) {
        return () -> FeatureGates.check(beans, flags);
    }
}
