package dev.guidon.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;

/**
 * Puts gates around beans: after the proxies for transactions and the like, which are shared, and before whoever takes the bean to call it,
 * such as listeners of Kafka.
 */
final class GatedBeans extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();

    GatedBeans(GateInterceptor interceptor) {
        advisor = new Gates(interceptor);
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true);
        setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        // of a scoped bean there is a proxy besides
        if (bean instanceof AopInfrastructureBean || bean instanceof ScopedObject) {
            return bean;
        }
        Class<?> type = AopUtils.getTargetClass(bean);
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            Class<?>[] faces = advised.getProxiedInterfaces();
            boolean gated = isEligible(type);
            if (gated) {
                GatedType.of(type).check(AopUtils.isJdkDynamicProxy(bean) ? faces : null);
            }
            for (Class<?> face : faces) {
                gated |= isEligible(face);
            }
            if (gated && advisor != null) {
                advised.addAdvisor(0, advisor);
            }
            return bean;
        }
        if (isEligible(type)) {
            GatedType.of(type).check();
        }
        return super.postProcessAfterInitialization(bean, name);
    }

    @Override
    protected boolean isEligible(Class<?> type) {
        return known.computeIfAbsent(type, each -> GatedType.of(each).isGated());
    }

    @Override
    protected ProxyFactory prepareProxyFactory(Object bean, String name) {
        ProxyFactory factory = super.prepareProxyFactory(bean, name);
        if (GatedType.isClosed(bean.getClass())) {
            factory.setProxyTargetClass(false);
        }
        return factory;
    }

    /** The gates of a bean, by its class; null if it has none. */
    static @Nullable GatedType type(ConfigurableListableBeanFactory beans, String name) {
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        if (type == null || beans.getBeanDefinition(name).isAbstract() || FactoryBean.class.isAssignableFrom(type)) {
            return null;
        }
        GatedType gated = GatedType.of(type);
        return gated.isGated() ? gated : null;
    }

    /** What has a gate. */
    static final class Gates extends StaticMethodMatcherPointcutAdvisor {

        private static final long serialVersionUID = 1L;

        private final transient GateInterceptor interceptor;

        Gates(GateInterceptor interceptor) {
            super(interceptor);
            this.interceptor = interceptor;
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return interceptor.isGated(method, targetClass);
        }
    }
}
