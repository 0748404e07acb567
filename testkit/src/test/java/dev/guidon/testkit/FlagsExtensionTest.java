package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@DisplayName("The JUnit extension")
class FlagsExtensionTest {

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    @Test
    @DisplayName("sets the flags that annotations name, the one nearest to the test last")
    void nearestWins() {
        run(Nearest.class)
                .assertStatistics(statistics -> statistics.succeeded(4).failed(0));
    }

    @WithFlag(key = "near", value = "superclass")
    @WithFlag(key = "far", value = "superclass")
    static class Far {}

    @WithFlag(key = "near", value = "class")
    @WithFlag(key = "number", value = "3")
    @WithFlag(key = "on")
    static class Nearest extends Far {

        @Test
        void ofTheClass(FlagView flags) {
            assertThat(flags.getStringValue("near", "none")).isEqualTo("class");
            assertThat(flags.getStringValue("far", "none")).isEqualTo("superclass");
            assertThat(flags.getIntegerValue("number", 0)).isEqualTo(3);
            assertThat(flags.isEnabled("on")).isTrue();
        }

        @Test
        @WithFlag(key = "near", value = "method")
        void ofTheMethod(FlagView flags) {
            assertThat(flags.getStringValue("near", "none")).isEqualTo("method");
            assertThat(flags.isEnabled("on")).isTrue();
        }

        @Nested
        @WithFlag(key = "near", value = "nested")
        @WithFlag(key = "on", value = "false")
        class Inner {

            @Test
            void ofTheNestedClass(FlagView flags) {
                assertThat(flags.getStringValue("near", "none")).isEqualTo("nested");
                assertThat(flags.isEnabled("on")).isFalse();
                assertThat(flags.getIntegerValue("number", 0)).isEqualTo(3);
            }

            @Test
            @WithFlag(key = "near", value = "method of nested")
            void ofTheMethod(FlagView flags) {
                assertThat(flags.getStringValue("near", "none")).isEqualTo("method of nested");
                assertThat(flags.isEnabled("on")).isFalse();
            }
        }
    }

    @Test
    @DisplayName("gives the constructor, the methods around a test, and the test the same flags, and each test its own")
    void ownFlags() {
        OwnFlags.SEEN.clear();

        run(OwnFlags.class)
                .assertStatistics(statistics -> statistics.succeeded(7).failed(0));

        assertThat(OwnFlags.SEEN).hasSize(7);
    }

    @ExtendWith(FlagsExtension.class)
    static class OwnFlags {

        private static final Set<TestFlags> SEEN = ConcurrentHashMap.newKeySet();
        private final FlagView constructed;

        OwnFlags(FlagView flags) {
            constructed = flags;
        }

        @BeforeEach
        void set(TestFlags flags) {
            flags.set("answer", 42);
        }

        @AfterEach
        void remember(TestFlags flags) {
            assertThat(flags).isSameAs(constructed);
            SEEN.add(flags);
        }

        @Test
        void once(TestFlags flags) {
            assertThat(flags).isSameAs(constructed);
            assertThat(flags.getIntegerValue("answer", 0)).isEqualTo(42);
            flags.set("left-behind", true);
        }

        @RepeatedTest(3)
        void repeatedly(TestFlags flags) {
            assertThat(flags).isSameAs(constructed);
            assertThat(flags.isEnabled("left-behind")).isFalse();
            flags.set("left-behind", true);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void forParameters(int parameter, TestFlags flags) {
            assertThat(parameter).isPositive();
            assertThat(flags.isEnabled("left-behind")).isFalse();
            flags.set("left-behind", true);
        }

        @Nested
        class Inner {

            @Test
            void nested(TestFlags flags) {
                assertThat(flags).isSameAs(constructed);
            }
        }
    }

    @Test
    @DisplayName("keeps tests apart that run at the same time")
    void parallel() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Parallel.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.succeeded(4).failed(0));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @WithFlag(key = "who", value = "nobody")
    static class Parallel {

        private static final CyclicBarrier ALL_FOUR = new CyclicBarrier(4);

        private static void meet(TestFlags flags, String who) throws Exception {
            ALL_FOUR.await(10, TimeUnit.SECONDS);
            flags.set("mine", who);
            ALL_FOUR.await(10, TimeUnit.SECONDS);
            assertThat(flags.getStringValue("mine", "none")).isEqualTo(who);
            assertThat(flags.getStringValue("who", "none")).isEqualTo(who);
        }

        @Test
        @WithFlag(key = "who", value = "ada")
        void ada(TestFlags flags) throws Exception {
            meet(flags, "ada");
        }

        @Test
        @WithFlag(key = "who", value = "bob")
        void bob(TestFlags flags) throws Exception {
            meet(flags, "bob");
        }

        @Test
        @WithFlag(key = "who", value = "cay")
        void cay(TestFlags flags) throws Exception {
            meet(flags, "cay");
        }

        @Test
        @WithFlag(key = "who", value = "dan")
        void dan(TestFlags flags) throws Exception {
            meet(flags, "dan");
        }
    }

    @Test
    @DisplayName("reads the flags underneath from a resource or a file, the one nearest to the test")
    void flagsFrom() {
        run(From.class).assertStatistics(statistics -> statistics.succeeded(5).failed(0));
    }

    @FlagsFrom("shop.yaml")
    static class From {

        @Test
        void besideTheClass(FlagView flags) {
            assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v1");
            assertThat(flags.isEnabled("dark-mode")).isFalse();
        }

        @Test
        @WithFlag(key = "checkout", variant = "one-page")
        @WithFlag(key = "retries", value = "5")
        void withVariants(FlagView flags) {
            assertThat(flags.isEnabled("one-click")).isTrue();
            assertThat(flags.evaluate("retries", EvaluationContext.EMPTY).variant())
                    .isEqualTo("many");
        }

        @Test
        @WithFlag(key = "checkout", value = "5")
        void textsOfStringFlagsAreTakenAsTheyStand(FlagView flags) {
            assertThat(flags.getStringValue("checkout", "none")).isEqualTo("5");
        }

        @Test
        @FlagsFrom("other-shop.json")
        void atTheRoot(FlagView flags) {
            assertThat(flags.isEnabled("dark-mode")).isTrue();
            assertThat(flags.getStringValue("checkout", "none")).isEqualTo("none");
        }

        @Nested
        @FlagsFrom("src/test/resources/other-shop.json")
        class Inner {

            @Test
            void aFile(FlagView flags) {
                assertThat(flags.isEnabled("dark-mode")).isTrue();
            }
        }
    }

    @Test
    @DisplayName("refuses flags that it cannot give, saying why")
    void refusals() {
        Events events = run(Refused.class);

        events.assertStatistics(statistics -> statistics.succeeded(0).failed(4));
        assertThat(failure(events, "missing")).contains("neither a resource").contains("nowhere.yaml");
        assertThat(failure(events, "broken")).contains("flags.broken").contains("yes please");
        assertThat(failure(events, "unknownVariant")).contains("two-page").contains("[classic, one-page]");
        assertThat(failure(events, "otherType")).contains("'retries'").contains("often");
    }

    private static String failure(Events events, String method) {
        return events.failed().stream()
                .filter(event ->
                        event.getTestDescriptor().getUniqueId().toString().contains(method + "("))
                .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(failure -> failure + " " + failure.getCause())
                .findFirst()
                .orElseThrow();
    }

    static class Refused {

        @Test
        @FlagsFrom("nowhere.yaml")
        void missing(FlagView flags) {}

        @Test
        @FlagsFrom("broken.yaml")
        void broken(FlagView flags) {}

        @Test
        @FlagsFrom("shop.yaml")
        @WithFlag(key = "checkout", variant = "two-page")
        void unknownVariant(FlagView flags) {}

        @Test
        @FlagsFrom("shop.yaml")
        @WithFlag(key = "retries", value = "often")
        void otherType(FlagView flags) {}
    }

    @Test
    @DisplayName("has no flags for what runs for a whole class")
    void noFlagsForAClass() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WholeClass.class))
                .execute()
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(
                                instanceOf(ParameterResolutionException.class),
                                message(text -> text.contains("flags belong to one test"))));
    }

    @ExtendWith(FlagsExtension.class)
    static class WholeClass {

        @BeforeAll
        static void beforeAll(TestFlags flags) {}

        @Test
        void never() {}
    }

    @Test
    @DisplayName(
            "fails a strict test that reads an undeclared flag, naming flag and test, also if the error was caught")
    void strict() {
        Events events = run(Strict.class);

        events.assertStatistics(statistics -> statistics.succeeded(3).failed(4));
        for (String method : new String[] {"escaping", "caught", "onAnotherThread"}) {
            events.assertThatEvents()
                    .haveExactly(
                            1,
                            org.assertj.core.api.Assertions.allOf(
                                    test(method),
                                    finishedWithFailure(message("Strict." + method
                                            + " reads the flag 'chekout', which it does not set and which is not defined"
                                            + " underneath"))));
        }
        assertThat(failure(events, "failingAnyway")).contains("for another reason");
    }

    @StrictFlags
    @FlagsFrom("shop.yaml")
    static class Strict {

        @Test
        void declared(FlagView flags) {
            assertThat(flags.isEnabled("dark-mode")).isFalse();
        }

        @Test
        @WithFlag(key = "chekout")
        void set(FlagView flags) {
            assertThat(flags.isEnabled("chekout")).isTrue();
        }

        @Test
        @StrictFlags(false)
        void lenient(FlagView flags) {
            assertThat(flags.isEnabled("chekout")).isFalse();
        }

        @Test
        void escaping(FlagView flags) {
            flags.isEnabled("chekout");
        }

        @Test
        void caught(FlagView flags) {
            try {
                flags.isEnabled("chekout");
            } catch (AssertionError swallowed) {
                assertThat(swallowed).hasMessageContaining("chekout");
            }
        }

        @Test
        void onAnotherThread(FlagView flags) throws InterruptedException {
            Thread thread = new Thread(() -> flags.isEnabled("chekout"));
            thread.setUncaughtExceptionHandler(
                    (ended, error) -> assertThat(error).hasMessageContaining("chekout"));
            thread.start();
            thread.join();
        }

        @Test
        void failingAnyway(FlagView flags) {
            try {
                flags.isEnabled("chekout");
            } catch (AssertionError swallowed) {
                throw new IllegalStateException("for another reason");
            }
        }
    }
}
