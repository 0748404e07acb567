package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The first steps in plain Java")
class GettingStartedExamplesTest {

    private static final Path PAGE = Documentation.page("docs/getting-started.md");

    private Path file;
    private String yaml;

    static class Shop {

        static final List<String> USERS = List.of("ada", "bob", "cleo", "dora", "emil");

        public static void main(String[] args) throws Exception {
            try (FlagStore store = FileFlagStore.open(Path.of("flags.yaml"));
                    FeatureFlags flags = FeatureFlags.of(store)) {
                for (int visit = 0; visit < 60; visit++) {
                    System.out.println(page(flags, USERS.get(visit % USERS.size()), "shopper@example.org"));
                    Thread.sleep(1_000);
                }
            }
        }

        static String page(FlagView flags, String userId, String email) {
            EvaluationContext user =
                    EvaluationContext.builder(userId).set("email", email).build();
            return userId + " sees the " + (flags.isEnabled("new-checkout", user) ? "new" : "old") + " checkout";
        }
    }

    @BeforeEach
    void writes(@TempDir Path folder) throws Exception {
        yaml = Documentation.blocks(PAGE, "yaml").get(0);
        file = Files.writeString(folder.resolve("flags.yaml"), yaml);
    }

    @Test
    @DisplayName(
            "serve the same users, more when the share is raised, nobody when disabled, and stay when the file is broken")
    void follow() throws Exception {
        try (FlagStore store = FileFlagStore.open(file);
                FeatureFlags flags = FeatureFlags.of(store)) {
            List<String> before = served(flags);
            Files.writeString(file, yaml.replace("rollout: 20", "rollout: 60"));
            await().until(() -> flags.revision().number() == 2);
            List<String> raised = served(flags);
            Files.writeString(file, "flags: {new-checkout: ");
            await().until(() -> flags.status().state() == State.STALE);
            List<String> broken = served(flags);
            Files.writeString(file, yaml.replace("enabled: true", "enabled: false"));
            await().until(() -> flags.revision().number() == 3);

            assertThat(before).isNotEmpty();
            assertThat(raised).hasSizeGreaterThan(before.size()).containsAll(before);
            assertThat(broken).isEqualTo(raised);
            assertThat(served(flags)).isEmpty();
        }
    }

    @Test
    @DisplayName("have users in the share and outside, as the page says")
    void users() throws Exception {
        try (FlagStore store = FileFlagStore.open(file);
                FeatureFlags flags = FeatureFlags.of(store)) {
            assertThat(newFor(flags)).containsExactly("dora");
            Files.writeString(file, yaml.replace("rollout: 20", "rollout: 60"));
            await().until(() -> flags.revision().number() == 2);

            assertThat(newFor(flags)).containsExactly("ada", "bob", "dora");
        }
    }

    private static List<String> newFor(FlagView flags) {
        return Shop.USERS.stream()
                .filter(user -> Shop.page(flags, user, "shopper@example.org").contains("new"))
                .toList();
    }

    @Test
    @DisplayName("explain as the page shows it")
    void explain() throws Exception {
        try (FlagStore store = FileFlagStore.open(file);
                FeatureFlags flags = FeatureFlags.of(store)) {
            EvaluationContext user = EvaluationContext.builder("user-1")
                    .set("email", "ada@example.com")
                    .build();

            System.out.println(flags.explain("new-checkout", user));

            assertThat(flags.explain("new-checkout", user).toString().strip())
                    .isEqualTo(Documentation.blocks(PAGE, "text").get(0).strip());
        }
    }

    private static List<String> served(FlagView flags) {
        return IntStream.range(0, 100)
                .mapToObj(user -> Shop.page(flags, "user-" + user, "shopper@example.org"))
                .filter(page -> page.contains("new"))
                .toList();
    }
}
