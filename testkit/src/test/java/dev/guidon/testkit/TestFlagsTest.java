package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("TestFlags")
class TestFlagsTest {

    private static final Definitions SHOP = FlagFormat.parseYaml("""
            flags:
              checkout: {type: string, enabled: true, variants: {classic: v1, one-page: v2}, fallthrough: classic}
              dark-mode: {enabled: false}
              retries: {type: number, enabled: true, variants: {few: 1, many: 5}, fallthrough: few}
              limits: {type: json, enabled: true, variants: {strict: {most: 3}}, fallthrough: strict}
              one-click: {enabled: true, prerequisites: [{flag: checkout, variants: [one-page]}]}
              express: {enabled: true, prerequisites: [{flag: to-come, variants: ["on"]}]}
            """);

    private final TestFlags flags = TestFlags.over(SHOP);

    @Test
    @DisplayName("are set as the annotations of a test say, also for who runs it otherwise, and tell what is set")
    void annotated() throws NoSuchMethodException {
        TestFlags annotated = TestFlags.annotated(SHOP, Annotated.class, Annotated.class.getDeclaredMethod("test"));

        assertThat(annotated.overrides()).containsOnlyKeys("dark-mode", "retries");
        assertThat(annotated.isEnabled("dark-mode")).isTrue();
        assertThat(annotated.getIntegerValue("retries", 0)).isEqualTo(5);
        assertThat(annotated.undeclaredReads()).isEmpty();
    }

    @WithFlag(key = "dark-mode")
    @WithFlag(key = "retries", value = "2")
    private static final class Annotated {

        @WithFlag(key = "retries", variant = "many")
        @SuppressWarnings("UnusedMethod") // Only its annotations are read.
        void test() {}
    }

    @Test
    @DisplayName("serve what is set to everybody, in each type")
    void serveWhatIsSet() {
        FlagValue most = FlagFormat.readValue("{\"most\": 9}");

        flags.set("dark-mode", true)
                .set("checkout", "v3")
                .set("retries", 7)
                .set("ratio", 0.5)
                .set("limits", most);

        assertThat(flags.isEnabled("dark-mode")).isTrue();
        assertThat(flags.isEnabled("dark-mode", EvaluationContext.of("ada"))).isTrue();
        assertThat(flags.getBooleanDetails("dark-mode", false, EvaluationContext.EMPTY)
                        .variant())
                .isEqualTo("on");
        assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v3");
        assertThat(flags.getStringDetails("checkout", "none", EvaluationContext.EMPTY)
                        .variant())
                .isEqualTo("override");
        assertThat(flags.getIntegerValue("retries", 0)).isEqualTo(7);
        assertThat(flags.getIntegerDetails("retries", 0, EvaluationContext.EMPTY)
                        .value())
                .isEqualTo(7);
        assertThat(flags.getLongValue("retries", 0)).isEqualTo(7);
        assertThat(flags.getLongDetails("retries", 0, EvaluationContext.EMPTY).value())
                .isEqualTo(7);
        assertThat(flags.getDoubleValue("ratio", 0)).isEqualTo(0.5);
        assertThat(flags.getDoubleDetails("ratio", 0, EvaluationContext.EMPTY).value())
                .isEqualTo(0.5);
        assertThat(flags.getObjectValue("limits", FlagValue.NULL)).isEqualTo(most);
        assertThat(flags.getObjectDetails("limits", FlagValue.NULL, EvaluationContext.EMPTY)
                        .value())
                .isEqualTo(most);
        assertThat(flags.evaluate("limits", EvaluationContext.EMPTY).value()).isEqualTo(most);
    }

    @Test
    @DisplayName("serve what is underneath where nothing is set")
    void fallThrough() {
        flags.set("dark-mode", true);

        assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v1");
        assertThat(flags.getIntegerValue("retries", 0)).isEqualTo(1);
        assertThat(flags.isEnabled("nowhere")).isFalse();
        assertThat(flags.revision()).isEqualTo(Revision.NONE);
    }

    @Test
    @DisplayName("over nothing know only what is set")
    void overNothing() {
        TestFlags alone = TestFlags.create().set("dark-mode", true);

        assertThat(alone.isEnabled("dark-mode")).isTrue();
        Evaluation<String> unknown = alone.getStringDetails("checkout", "mine", EvaluationContext.EMPTY);
        assertThat(unknown.value()).isEqualTo("mine");
        assertThat(unknown.errorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    @DisplayName("serve a variant by its name, or the variant that has the value")
    void serveVariants() {
        assertThat(flags.variant("checkout", "one-page").getStringValue("checkout", "none"))
                .isEqualTo("v2");
        assertThat(flags.set("checkout", "v2")
                        .evaluate("checkout", EvaluationContext.EMPTY)
                        .variant())
                .isEqualTo("one-page");
        assertThat(flags.set("retries", 5.0)
                        .evaluate("retries", EvaluationContext.EMPTY)
                        .variant())
                .isEqualTo("many");
    }

    @Test
    @DisplayName("show what is set to flags which depend on it, also if it is not defined underneath")
    void dependentsSeeIt() {
        assertThat(flags.isEnabled("one-click")).isFalse();
        assertThat(flags.isEnabled("express")).isFalse();

        flags.variant("checkout", "one-page").set("to-come", true);

        assertThat(flags.isEnabled("one-click")).isTrue();
        assertThat(flags.isEnabled("express")).isTrue();
        assertThat(flags.explain("one-click", EvaluationContext.EMPTY).toString())
                .contains("checkout");
    }

    @Test
    @DisplayName("undo what is set when it is cleared")
    void clear() {
        flags.set("checkout", "v3").clear("checkout").clear("nowhere");

        assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v1");
    }

    @Test
    @DisplayName("undo what is set for a while when its scope ends")
    @SuppressWarnings("try") // a scope need not be used
    void scopes() {
        flags.set("checkout", "v3");

        try (TestFlags.Scope text = flags.with("checkout", "v4");
                TestFlags.Scope yes = flags.with("dark-mode", true);
                TestFlags.Scope number = flags.with("retries", FlagValue.of(2))) {
            assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v4");
            assertThat(flags.isEnabled("dark-mode")).isTrue();
            assertThat(flags.getIntegerValue("retries", 0)).isEqualTo(2);
        }

        assertThat(flags.getStringValue("checkout", "none")).isEqualTo("v3");
        assertThat(flags.isEnabled("dark-mode")).isFalse();
        assertThat(flags.getIntegerValue("retries", 0)).isEqualTo(1);
    }

    @Test
    @DisplayName("refuse a value of another type, an unknown variant and a key that is none, naming the flag")
    void refuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flags.set("checkout", true))
                .withMessageContaining("'checkout'")
                .withMessageContaining("found true")
                .withMessageContaining("string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flags.variant("checkout", "two-page"))
                .withMessageContaining("two-page")
                .withMessageContaining("[classic, one-page]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flags.variant("nowhere", "on"))
                .withMessageContaining("'nowhere'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flags.set("no key", true))
                .withMessageContaining("no key");
    }

    @Test
    @DisplayName("tell which flags were read, and which of them are not declared")
    void reads() {
        flags.set("banner", true);

        flags.isEnabled("nowhere");
        flags.isEnabled("banner");
        flags.getStringValue("checkout", "none");
        flags.isEnabled("banner");
        flags.explain("retries", EvaluationContext.EMPTY);

        assertThat(flags.reads()).containsExactly("nowhere", "banner", "checkout");
        assertThat(flags.undeclaredReads()).containsExactly("nowhere");
    }

    @Test
    @DisplayName("fail the read of an undeclared flag on request, naming it")
    void failOnUndeclared() {
        flags.failOnUndeclared().set("banner", true);

        assertThat(flags.isEnabled("banner")).isTrue();
        assertThat(flags.isEnabled("dark-mode")).isFalse();
        assertThatThrownBy(() -> flags.isEnabled("bannner"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the flag 'bannner'");
    }

    @Test
    @DisplayName("keep every override when many threads set and read")
    void threads() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            flags.set("flag-" + i, i);
            assertThat(flags.getIntegerValue("flag-" + i, -1)).isEqualTo(i);
        });

        assertThat(flags.reads()).hasSize(200);
        assertThat(IntStream.range(0, 200).allMatch(i -> flags.getIntegerValue("flag-" + i, -1) == i))
                .isTrue();
    }

    @Nested
    @DisplayName("over a store")
    class OverAStore {

        private final InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("dark-mode", false));
        private final FlagEditor editor = FlagEditor.of(store, "ada");

        @Test
        @DisplayName("see what is committed at once, under what is set, and write nothing")
        void seeCommits() {
            TestFlags flags = TestFlags.over(store).set("banner", true);
            Revision before = store.changes().head();

            assertThat(flags.isEnabled("dark-mode")).isFalse();
            assertThat(store.changes().head()).isEqualTo(before);

            Revision after = editor.batch(changes ->
                    changes.set("dark-mode", true).set("banner", false).set("new", true));

            assertThat(flags.isEnabled("dark-mode")).isTrue();
            assertThat(flags.isEnabled("new")).isTrue();
            assertThat(flags.isEnabled("banner")).isTrue();
            assertThat(flags.revision()).isEqualTo(after);
            assertThat(store.changes().head()).isEqualTo(after);
        }

        @Test
        @DisplayName("keep its last flags when it cannot be reached")
        void keepTheLastFlags() {
            TestFlags flags = TestFlags.over(store);
            editor.set("dark-mode", true);
            assertThat(flags.isEnabled("dark-mode")).isTrue();

            store.close();

            assertThat(flags.isEnabled("dark-mode")).isTrue();
        }

        @Test
        @DisplayName("and its client follow the client")
        void overAClient() throws InterruptedException {
            try (FeatureFlags client = FeatureFlags.of(store)) {
                TestFlags flags = TestFlags.over(client).set("banner", true);

                Revision after = editor.set("dark-mode", true);
                assertThat(client.await(after, Duration.ofSeconds(10))).isTrue();

                assertThat(flags.isEnabled("dark-mode")).isTrue();
                assertThat(flags.isEnabled("banner")).isTrue();
            }
        }
    }
}
