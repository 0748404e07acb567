package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.guidon.evaluation.FlagView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("The matrix runner")
class FlagMatrixTest {

    private static EngineExecutionResults run(Class<?> tests, String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(tests, method, FlagView.class))
                .execute();
    }

    private static List<String> names(EngineExecutionResults results) {
        results.testEvents().assertStatistics(statistics -> statistics.failed(0));
        return results.testEvents().succeeded().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    @Test
    @DisplayName("runs a test for every variant of a flag")
    void everyVariant() {
        Shop.SERVED.clear();

        assertThat(names(run(Shop.class, "checkouts"))).containsExactly("checkout=classic", "checkout=one-page");
        assertThat(Shop.SERVED).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    @DisplayName("runs a test for every combination of several flags, the last flag changing fastest")
    void everyCombination() {
        Shop.SERVED.clear();

        assertThat(names(run(Shop.class, "combinations")))
                .containsExactly(
                        "checkout=classic, dark-mode=on",
                        "checkout=classic, dark-mode=off",
                        "checkout=one-page, dark-mode=on",
                        "checkout=one-page, dark-mode=off");
        assertThat(Shop.SERVED).containsExactlyInAnyOrder("v1 true", "v1 false", "v2 true", "v2 false");
    }

    @Test
    @DisplayName("runs a test for chosen variants and values, also of flags that are not defined")
    void chosen() {
        Shop.SERVED.clear();

        assertThat(names(run(Shop.class, "chosen")))
                .containsExactly(
                        "retries=many, retries-of-guests=0",
                        "retries=many, retries-of-guests=2",
                        "retries=7, retries-of-guests=0",
                        "retries=7, retries-of-guests=2");
        assertThat(Shop.SERVED).containsExactlyInAnyOrder("5 0", "5 2", "7 0", "7 2");
    }

    @Test
    @DisplayName("leaves the other annotations in force, and counts before them")
    void otherAnnotations() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Shop.Inner.class))
                .execute();

        assertThat(names(results)).containsExactly("dark-mode=on", "dark-mode=off");
    }

    @Test
    @DisplayName("keeps runs apart that happen at the same time")
    void parallel() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Parallel.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(256).failed(0));
    }

    @ParameterizedTest
    @DisplayName("refuses what it cannot run, saying why")
    @CsvSource(delimiter = '|', textBlock = """
                    undefined      | "nowhere", which is not defined
                    twice          | "checkout" twice
                    unknownVariant | "two-page"; allowed
                    otherType      | flag 'retries' cannot be set
                    tooMany        | found 17 × 17 combinations; allowed: at most 256
                    """)
    void refusals(String method, String why) {
        EngineExecutionResults results = run(Refused.class, method);

        results.testEvents().assertStatistics(statistics -> statistics.started(0));
        assertThat(results.containerEvents().failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("@FlagMatrix of ")
                        .hasMessageContaining(method)
                        .hasMessageContaining(why));
    }

    @FlagsFrom("shop.yaml")
    @WithFlag(key = "dark-mode", value = "true")
    static class Shop {

        private static final Set<String> SERVED = ConcurrentHashMap.newKeySet();

        @FlagMatrix(flag = "checkout")
        void checkouts(FlagView flags) {
            SERVED.add(flags.getStringValue("checkout", "none"));
            assertThat(flags.isEnabled("dark-mode")).isTrue();
        }

        @FlagMatrix(flag = {"checkout", "dark-mode"})
        void combinations(FlagView flags) {
            SERVED.add(flags.getStringValue("checkout", "none") + " " + flags.isEnabled("dark-mode"));
        }

        @FlagMatrix(flag = "retries", variants = "many", values = "7")
        @FlagMatrix(
                flag = "retries-of-guests",
                values = {"0", "2"})
        void chosen(FlagView flags) {
            SERVED.add(flags.getIntegerValue("retries", -1) + " " + flags.getIntegerValue("retries-of-guests", -1));
        }

        @Nested
        @StrictFlags
        @WithFlag(key = "checkout", value = "v2")
        class Inner {

            @FlagMatrix(flag = "dark-mode")
            void nested(TestFlags flags) {
                assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v2");
                assertThat(flags.isEnabled("one-click")).isTrue();
                assertThat(flags.undeclaredReads()).isEmpty();
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {

        @FlagMatrix(
                flag = {"a", "b", "c", "d"},
                values = {"0", "1", "2", "3"})
        void many(TestFlags flags) {
            int a = flags.getIntegerValue("a", -1);
            flags.set("a", a + 10);
            assertThat(flags.getIntegerValue("a", -1)).isEqualTo(a + 10);
        }
    }

    @FlagsFrom("shop.yaml")
    static class Refused {

        @FlagMatrix(flag = "nowhere")
        void undefined(FlagView flags) {}

        @FlagMatrix(flag = "checkout")
        @FlagMatrix(flag = "checkout", variants = "classic")
        void twice(FlagView flags) {}

        @FlagMatrix(flag = "checkout", variants = "two-page")
        void unknownVariant(FlagView flags) {}

        @FlagMatrix(flag = "retries", values = "often")
        void otherType(FlagView flags) {}

        @FlagMatrix(
                flag = {"a", "b"},
                values = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"})
        void tooMany(FlagView flags) {}
    }
}
