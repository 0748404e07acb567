package dev.guidon.spring.autoconfigure;

import dev.guidon.ClientStatus;
import dev.guidon.definition.Revision;
import dev.guidon.store.StoreStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/** What a native image needs besides what Boot finds out by itself. */
final class GuidonRuntimeHints implements RuntimeHintsRegistrar {

    private static final String COMMIT_SCRIPT = "dev/guidon/redis/commit.lua";
    private static final List<String> OPTIONAL_TYPES =
            List.of("dev.guidon.audit.RelayStatus", "dev.guidon.audit.RelayStatus$State");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPatternIfPresent(classLoader, COMMIT_SCRIPT, hint -> hint.includes(COMMIT_SCRIPT));
        BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
        // These are shown by the endpoint.
        binding.registerReflectionHints(hints.reflection(), ClientStatus.class, StoreStatus.class, Revision.class);
        for (String name : OPTIONAL_TYPES) {
            if (ClassUtils.isPresent(name, classLoader)) {
                binding.registerReflectionHints(hints.reflection(), ClassUtils.resolveClassName(name, classLoader));
            }
        }
    }
}
