package dev.guidon.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;

/** Lets a native image find the gates of beans, and call their fallbacks. */
final class GateHints implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        GatedType type = GatedType.of(bean.getBeanClass());
        return type.isGated() ? (generation, code) -> register(generation.getRuntimeHints(), type) : null;
    }

    private static void register(RuntimeHints hints, GatedType type) {
        type.methods().forEach((method, gates) -> {
            hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
            for (Gate gate : gates) {
                Method fallback = gate.fallback().isEmpty() ? null : type.fallback(method, gate);
                if (fallback != null) {
                    hints.reflection().registerMethod(fallback, ExecutableMode.INVOKE);
                }
            }
        });
    }
}
