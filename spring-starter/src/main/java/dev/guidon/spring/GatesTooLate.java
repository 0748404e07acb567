package dev.guidon.spring;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanFactory;

/** Refuses beans with gates that are made while Spring is still making its post processors, so that nothing can be put around them. */
final class GatesTooLate implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (beans instanceof AbstractBeanFactory factory) {
            factory.addBeanPostProcessor(new Watch(factory));
        }
    }

    private static final class Watch implements BeanPostProcessor {

        private final AbstractBeanFactory beans;
        private volatile boolean ready;

        Watch(AbstractBeanFactory beans) {
            this.beans = beans;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!ready) {
                ready = beans.getBeanPostProcessors().stream().anyMatch(GatedBeans.class::isInstance);
                GatedType type = ready ? null : GatedType.of(AopUtils.getTargetClass(bean));
                if (type != null && type.isGated()) {
                    throw new InvalidGateException(
                            type.describe(type.methods().keySet().iterator().next())
                                    + " has a gate, but its bean '" + name
                                    + "' is made too early: a BeanPostProcessor needs it, or is it. Inject an ObjectProvider there,"
                                    + " or make the @Bean method of the post processor static");
                }
            }
            return bean;
        }
    }
}
