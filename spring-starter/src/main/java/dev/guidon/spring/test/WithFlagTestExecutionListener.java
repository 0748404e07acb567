package dev.guidon.spring.test;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.testkit.TestFlags;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ClassUtils;

/**
 * Sets the flags that {@code @WithFlag} names in the application's store before a test, and makes them what they were after it. Spring
 * registers it by itself. Only for the store in memory: a test must not write where others read.
 */
final class WithFlagTestExecutionListener implements TestExecutionListener, Ordered {

    private static final boolean TESTKIT =
            ClassUtils.isPresent("dev.guidon.testkit.TestFlags", WithFlagTestExecutionListener.class.getClassLoader());
    private static final String BEFORE = WithFlagTestExecutionListener.class.getName();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** After the beans of the test were injected, and before what rolls transactions back. */
    @Override
    public int getOrder() {
        return 3_500;
    }

    @Override
    public void beforeTestMethod(TestContext test) throws InterruptedException {
        if (TESTKIT && test.hasApplicationContext()) {
            Annotated.set(test);
        }
    }

    @Override
    public void afterTestMethod(TestContext test) throws InterruptedException {
        if (test.removeAttribute(BEFORE) instanceof Before before) {
            before.restore();
        }
    }

    /** What touches the test kit, which need not be there. */
    private static final class Annotated {

        static void set(TestContext test) throws InterruptedException {
            Map<String, Flag> wanted = TestFlags.annotated(definitions(test), test.getTestClass(), test.getTestMethod())
                    .overrides();
            if (wanted.isEmpty()) {
                return;
            }
            InMemoryFlagStore store = store(test.getApplicationContext());
            Map<String, @Nullable Versioned> flags = new HashMap<>();
            Definitions current = store.load();
            wanted.keySet().forEach(key -> flags.put(key, current.flags().get(key)));
            Before before = new Before(test.getApplicationContext(), store, flags);
            test.setAttribute(BEFORE, before);
            before.await(before.editor().batch(changes -> wanted.values().forEach(changes::put)));
        }

        private static InMemoryFlagStore store(ApplicationContext application) {
            InMemoryFlagStore store =
                    application.getBeanProvider(InMemoryFlagStore.class).getIfUnique();
            if (store == null) {
                List<String> stores = List.of(application.getBeanNamesForType(FlagStore.class));
                throw new IllegalStateException(
                        stores.isEmpty()
                                ? "@WithFlag sets flags in the application's store, but this test's application context has none:"
                                        + " add the starter's auto-configurations to the test, or use TestFlags"
                                : "@WithFlag sets flags in the one store in memory of the application. Found: " + stores
                                        + ", which other programs may read, or of which none is the only one. Say"
                                        + " guidon.store=memory in this test");
            }
            return store;
        }

        private static Definitions definitions(TestContext test) {
            FeatureFlags flags = test.getApplicationContext()
                    .getBeanProvider(FeatureFlags.class)
                    .getIfUnique();
            return flags == null ? Definitions.of() : flags.snapshot().definitions();
        }
    }

    /** The flags that a test has changed, as they were. */
    private record Before(ApplicationContext application, FlagStore store, Map<String, @Nullable Versioned> flags) {

        void restore() throws InterruptedException {
            await(editor().batch(changes -> flags.forEach((key, flag) -> {
                if (flag == null) {
                    changes.delete(key);
                } else {
                    changes.put(flag.definition());
                }
            })));
        }

        FlagEditor editor() {
            return FlagEditor.of(store, "system:test").evenIfReferenced();
        }

        void await(Revision revision) throws InterruptedException {
            for (FeatureFlags each : application.getBeanProvider(FeatureFlags.class)) {
                if (!each.await(revision, LIMIT)) {
                    throw new IllegalStateException("the flags of the test are not in force after " + LIMIT);
                }
            }
        }
    }
}
