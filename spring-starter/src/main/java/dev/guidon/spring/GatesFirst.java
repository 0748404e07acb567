package dev.guidon.spring;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Moves gates before all other advice, as what puts that of {@code @Async} into a proxy comes later and puts it first. It has no order, so it is
 * called after all that have one.
 */
final class GatesFirst implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            Advisor[] advisors = advised.getAdvisors();
            for (int i = 1; i < advisors.length; i++) {
                if (advisors[i] instanceof GatedBeans.Gates) {
                    advised.removeAdvisor(i);
                    advised.addAdvisor(0, advisors[i]);
                }
            }
        }
        return bean;
    }
}
