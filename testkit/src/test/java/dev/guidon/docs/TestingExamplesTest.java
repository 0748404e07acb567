package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.FlagView;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.testkit.FlagMatrix;
import dev.guidon.testkit.FlagStoreContract;
import dev.guidon.testkit.TestFlags;
import dev.guidon.testkit.WithFlag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The examples of docs/testing.md, run. */
class TestingExamplesTest {

    @Test
    @DisplayName("flags are set for one test, and fall through to what is underneath")
    void overrides() {
        Definitions definitions = FlagFormat.parseYaml("flags: {dark-mode: {enabled: true}, banner: {enabled: true}}");

        TestFlags flags = TestFlags.over(definitions).set("dark-mode", false);
        boolean darkMode = flags.isEnabled("dark-mode");
        boolean banner = flags.isEnabled("banner");

        assertThat(darkMode).isFalse();
        assertThat(banner).isTrue();

        TestFlags.Scope scope = flags.with("banner", false);
        assertThat(flags.isEnabled("banner")).isFalse();
        scope.close();
        assertThat(flags.isEnabled("banner")).isTrue();
    }

    @Nested
    class CheckoutTest {

        @Test
        @WithFlag(key = "new-checkout", value = "true")
        void offersTheNewCheckout(FlagView flags) {
            assertThat(new Checkout(flags).page()).isEqualTo("new");
        }

        @FlagMatrix(
                flag = "new-checkout",
                values = {"true", "false"})
        @FlagMatrix(
                flag = "retries",
                values = {"0", "3"})
        void everyCheckoutHasPages(FlagView flags) {
            assertThat(new Checkout(flags).page()).isIn("new", "old");
        }
    }

    /** Compiled only: the in-memory store has its contract test elsewhere. */
    static class MyFlagStoreTest extends FlagStoreContract {

        @Override
        protected FlagStore open() {
            return new InMemoryFlagStore();
        }
    }

    private record Checkout(FlagView flags) {
        String page() {
            return flags.isEnabled("new-checkout") ? "new" : "old";
        }
    }
}
