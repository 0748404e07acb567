package dev.guidon.testkit;

import dev.guidon.evaluation.FlagView;
import dev.guidon.evaluation.Snapshot;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their {@link TestFlags}.
 *
 * <pre>{@code
 * @FlagsFrom("flags.yaml")
 * @WithFlag(key = "new-checkout")
 * class CheckoutTest {
 *     private final Checkout checkout;
 *
 *     CheckoutTest(FlagView flags) {
 *         checkout = new Checkout(flags);
 *     }
 *
 *     @WithFlag(key = "retries", value = "3") @Test
 *     void aFailedPaymentIsRepeated() { … }
 * }
 * }</pre>
 *
 * <p>A parameter of type {@code TestFlags} or {@link FlagView}, of a test, of what runs before and after each, or of the constructor
 * of its class, is given the flags of that test. Each test and each invocation of a test template has its own, so that tests may
 * run in parallel. What is {@linkplain FlagsFrom underneath} them, {@linkplain WithFlag what is set} in them, and {@linkplain
 * StrictFlags how strict} they are, is said by annotations, each of which also registers this extension.
 *
 * @see FlagMatrix
 */
public final class FlagsExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(FlagsExtension.class);

    /** For JUnit to call. */
    public FlagsExtension() {}

    /** {@return that a constructor is given the flags of the test it is called for} */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestFlags.class || type == FlagView.class;
    }

    @Override
    public TestFlags resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("flags belong to one test, so that "
                    + parameter.getDeclaringExecutable() + ", which runs for all tests of a class, has none");
        }
        return context.getStore(NAMESPACE).computeIfAbsent(TestFlags.class, key -> flags(context), TestFlags.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestFlags flags = context.getStore(NAMESPACE).get(TestFlags.class, TestFlags.class);
        if (flags != null) {
            flags.recorded().check(context.getExecutionException().orElse(null));
        }
    }

    /** Sets flags for a test that is about to begin, over those of its annotations. */
    static void set(List<Setting> settings, ExtensionContext test) {
        test.getStore(NAMESPACE).put(Setting.class, settings);
    }

    /** The flags of a test, of which none is set yet. */
    static TestFlags underneath(TestAnnotations annotations, ExtensionContext context) {
        return annotations
                .nearest(FlagsFrom.class)
                .map(from ->
                        TestFlags.over(read(FlagsFile.find(from.value(), context.getRequiredTestClass()), context)))
                .orElseGet(TestFlags::create);
    }

    private static TestFlags flags(ExtensionContext context) {
        TestAnnotations annotations = new TestAnnotations(context);
        TestFlags flags = underneath(annotations, context);
        flags.recorded().of(name(context));
        annotations.all(WithFlag.class).map(Setting::of).forEach(setting -> setting.applyTo(flags));
        if (context.getStore(NAMESPACE).get(Setting.class) instanceof List<?> settings) {
            settings.forEach(setting -> ((Setting) setting).applyTo(flags));
        }
        if (annotations.nearest(StrictFlags.class).map(StrictFlags::value).orElse(false)) {
            flags.failOnUndeclared();
        }
        return flags;
    }

    private static String name(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String shown = context.getDisplayName();
        String name = context.getRequiredTestClass().getSimpleName() + "." + method;
        return shown.startsWith(method) ? name : name + " (" + shown + ")";
    }

    private static Snapshot read(FlagsFile file, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(file.place().toString(), place -> file.read(), Snapshot.class);
    }
}
