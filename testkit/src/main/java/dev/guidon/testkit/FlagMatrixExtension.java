package dev.guidon.testkit;

import dev.guidon.definition.Flag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test for every combination that its {@link FlagMatrix} annotations ask for. */
final class FlagMatrixExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        try {
            return combinations(axes(context)).stream().map(Run::new);
        } catch (IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(
                    "@FlagMatrix of " + context.getRequiredTestMethod() + ": " + refused.getMessage(), refused);
        }
    }

    /** For each flag what it is to be set to. */
    private static List<List<Setting>> axes(ExtensionContext context) {
        TestAnnotations annotations = new TestAnnotations(context);
        TestFlags flags = FlagsExtension.underneath(annotations, context);
        List<List<Setting>> axes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        annotations.all(FlagMatrix.class).forEach(matrix -> {
            for (String flag : matrix.flag()) {
                if (!seen.add(flag)) {
                    throw new IllegalArgumentException("flag: found \"" + flag + "\" twice; allowed: each flag once");
                }
                List<Setting> axis = axis(flag, matrix, flags);
                axis.forEach(setting -> setting.applyTo(flags));
                axes.add(axis);
            }
        });
        return axes;
    }

    private static List<Setting> axis(String key, FlagMatrix matrix, TestFlags flags) {
        List<Setting> axis = new ArrayList<>();
        for (String variant : matrix.variants()) {
            axis.add(new Setting(key, Setting.Kind.VARIANT, variant));
        }
        for (String value : matrix.values()) {
            axis.add(new Setting(key, Setting.Kind.VALUE, value));
        }
        if (axis.isEmpty()) {
            Flag flag = flags.defined(key)
                    .orElseThrow(
                            () -> new IllegalArgumentException(
                                    "flag: found \"" + key
                                            + "\", which is not defined underneath; allowed: a flag of @FlagsFrom, or one with values"));
            flag.variants().keySet().forEach(variant -> axis.add(new Setting(key, Setting.Kind.VARIANT, variant)));
        }
        return axis;
    }

    /** One setting of each axis, in all combinations; the last axis changes fastest. */
    private static List<List<Setting>> combinations(List<List<Setting>> axes) {
        List<List<Setting>> combinations = List.of(List.of());
        for (List<Setting> axis : axes) {
            if (combinations.size() * axis.size() > FlagMatrix.MOST_COMBINATIONS) {
                throw new IllegalArgumentException("found " + sizes(axes) + " combinations; allowed: at most "
                        + FlagMatrix.MOST_COMBINATIONS + " (name some of the variants)");
            }
            combinations = combinations.stream()
                    .flatMap(before -> axis.stream().map(setting -> joined(before, setting)))
                    .toList();
        }
        return combinations;
    }

    private static List<Setting> joined(List<Setting> before, Setting setting) {
        return Stream.concat(before.stream(), Stream.of(setting)).toList();
    }

    private static String sizes(List<List<Setting>> axes) {
        return axes.stream().map(axis -> String.valueOf(axis.size())).collect(Collectors.joining(" × "));
    }

    /** One run of the test. */
    private record Run(List<Setting> settings) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return settings.stream().map(Setting::toString).collect(Collectors.joining(", "));
        }

        @Override
        public void prepareInvocation(ExtensionContext test) {
            FlagsExtension.set(settings, test);
        }
    }
}
