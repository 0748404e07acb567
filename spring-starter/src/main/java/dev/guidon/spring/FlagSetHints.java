package dev.guidon.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/** Lets a native image make the proxies of flag sets, read their methods and call their bodies. */
final class FlagSetHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Class<?> type = bean.getMergedBeanDefinition()
                .getResolvableType()
                .as(FlagSetFactoryBean.class)
                .getGeneric(0)
                .resolve();
        return type == null ? null : (generation, code) -> register(generation.getRuntimeHints(), type);
    }

    private static void register(RuntimeHints hints, Class<?> type) {
        hints.proxies().registerJdkProxy(type);
        hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
        for (Class<?> parent : type.getInterfaces()) {
            hints.reflection().registerType(parent, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (var method : type.getMethods()) {
            if (method.getReturnType().isEnum()) {
                hints.reflection().registerType(method.getReturnType(), MemberCategory.INVOKE_PUBLIC_METHODS);
            }
        }
    }
}
