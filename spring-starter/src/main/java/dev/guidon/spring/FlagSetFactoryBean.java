package dev.guidon.spring;

import java.beans.Introspector;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** Makes the bean of one {@link FlagSet}. */
final class FlagSetFactoryBean<T> implements FactoryBean<T> {

    private final Class<T> type;
    private final FlagSetHandler handler;
    private final T bean;

    FlagSetFactoryBean(Class<T> type, CurrentFlags flags) {
        this.type = type;
        this.handler = new FlagSetHandler(type, flags);
        this.bean = handler.proxy(type);
    }

    static void register(Class<?> type, BeanDefinitionRegistry registry) {
        String name = Introspector.decapitalize(ClassUtils.getShortName(type));
        if (registry.containsBeanDefinition(name)) {
            if (type.equals(registered(registry.getBeanDefinition(name)))) {
                return;
            }
            name = type.getName();
        }
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setBeanClass(FlagSetFactoryBean.class);
        definition.setTargetType(ResolvableType.forClassWithGenerics(FlagSetFactoryBean.class, type));
        // so that nobody who looks for beans of a type needs an instance to know its type
        definition.setAttribute(OBJECT_TYPE_ATTRIBUTE, type);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        registry.registerBeanDefinition(name, definition);
    }

    private static Object registered(BeanDefinition definition) {
        return definition.getResolvableType().getGeneric(0).resolve(Void.class);
    }

    @Override
    public T getObject() {
        return bean;
    }

    @Override
    public Class<T> getObjectType() {
        return type;
    }

    FlagSetHandler handler() {
        return handler;
    }
}
