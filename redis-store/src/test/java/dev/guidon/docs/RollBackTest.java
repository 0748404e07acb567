package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.FlagEditor;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Versioned;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@DisplayName("The program that rolls back")
class RollBackTest {

    private static RedisServer redis;

    private String namespace;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void names(TestInfo test) {
        namespace = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    @DisplayName("puts back what a revision replaced, in somebody's name")
    void putsBack() throws Exception {
        try (FlagStore store = RedisFlagStore.open(redis.uri(), namespace)) {
            FlagEditor editor = FlagEditor.of(store, "ada@example.com");
            editor.create(Flag.bool("checkout", true).withRules(new Rule("r", null, "off")));
            Revision bad = editor.because("ship it").update("checkout", Flag::withRules);

            RollBack.main(arguments("checkout"));
            RollBack.main(arguments("checkout", bad.number() + "", "bob@example.com", "INC-42"));

            Flag restored = (Flag) now(store, "checkout").definition();
            assertThat(restored.rules()).hasSize(1);
            List<RollBack.Step> steps = RollBack.history(store.changes(), "checkout");
            assertThat(steps).hasSize(3);
            assertThat(steps.get(1)).asString().contains("2 ", "ada@example.com (ship it)", "rules");
            assertThat(steps.get(2)).asString().contains("bob@example.com (INC-42)");
        }
    }

    @Test
    @DisplayName("restores what was deleted, and disables what was created")
    void restoresAndDisables() throws Exception {
        try (FlagStore store = RedisFlagStore.open(redis.uri(), namespace)) {
            FlagEditor editor = FlagEditor.of(store, "ada@example.com");
            Revision created = editor.set("banner", true);
            Revision deleted = editor.delete("banner");

            RollBack.main(arguments("banner", deleted.number() + "", "bob", "INC-42"));
            boolean restored = ((Flag) now(store, "banner").definition()).enabled();
            RollBack.main(arguments("banner", created.number() + "", "bob", "INC-42"));
            boolean enabled = ((Flag) now(store, "banner").definition()).enabled();

            assertThat(restored).isTrue();
            assertThat(enabled).isFalse();
        }
    }

    @Test
    @DisplayName("refuses if the flag was changed since, and if the log has no such change")
    void refuses() throws Exception {
        try (FlagStore store = RedisFlagStore.open(redis.uri(), namespace)) {
            FlagEditor editor = FlagEditor.of(store, "ada@example.com");
            editor.set("banner", true);
            Revision bad = editor.set("banner", false);
            Revision since = editor.set("banner", true);

            assertThatThrownBy(() -> RollBack.main(arguments("banner", bad.number() + "", "bob", "INC-42")))
                    .isInstanceOf(VersionConflictException.class)
                    .hasMessageContaining("found version " + since.number());
            assertThatThrownBy(() -> RollBack.main(arguments("banner", "77", "bob", "INC-42")))
                    .hasMessageContaining("no change of this flag by revision 77");
        }
    }

    private static Versioned now(FlagStore store, String flag) {
        return store.load().get(DefinitionKey.flag(flag));
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of(redis.uri(), namespace));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
