package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The examples of the page on moving")
class MigratingExamplesTest {

    private static final Clock FEBRUARY = Clock.fixed(Instant.parse("2027-02-01T00:00:00Z"), ZoneOffset.UTC);

    private final FlagStore store = InMemoryFlagStore.of(Flag.bool("new-checkout", false));
    private final FeatureFlags flags = FeatureFlags.of(store);

    @AfterEach
    void close() {
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("set, ask and delete as the script does")
    void likeTheScript() throws Exception {
        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        Revision written = editor.set("dark-mode", true);
        flags.await(written, Duration.ofSeconds(1));
        boolean on = flags.isEnabled("dark-mode", EvaluationContext.of("u-1"));
        editor.delete("dark-mode");

        assertThat(on).isTrue();
        inForce(store.load().revision());
        assertThat(flags.isEnabled("dark-mode")).isFalse();
    }

    @Test
    @DisplayName("roll out by a rule what Togglz rolls out by a strategy")
    void likeTogglz() throws Exception {
        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        String userName = "ada";

        editor.update("new-checkout", flag -> flag.withEnabled(true).withRollout(20));
        inForce(store.load().revision());
        boolean active = flags.isEnabled("new-checkout", EvaluationContext.of(userName));

        assertThat(flags.getBooleanDetails("new-checkout", false, EvaluationContext.of(userName))
                        .variant())
                .isEqualTo(active ? "on" : "off");
        assertThat(share("new-checkout", flags.snapshot())).isBetween(15L, 25L);
    }

    @Test
    @DisplayName("check and read a property as with ff4j")
    void likeFf4j() throws Exception {
        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        inForce(editor.set("new-checkout", true));
        EvaluationContext context = EvaluationContext.of("ada");
        String banner = "";

        if (flags.isEnabled("new-checkout", context)) {
            banner = flags.getStringValue("banner", "none", context);
        }
        editor.disable("new-checkout");

        assertThat(banner).isEqualTo("none");
        inForce(store.load().revision());
        assertThat(flags.isEnabled("new-checkout", context)).isFalse();
    }

    @Test
    @DisplayName("have flags that answer as the strategies of Togglz do")
    void strategiesOfTogglz() throws IOException {
        Snapshot asFlags = page(0);
        EvaluationContext ada = EvaluationContext.builder("ada")
                .set("roles", List.of("TESTER"))
                .set("server", Map.of("ip", "10.0.1.9"))
                .build();
        EvaluationContext eve = EvaluationContext.of("eve");

        assertThat(List.of("users-by-name", "users-by-role", "release-date", "server-ip"))
                .allMatch(key -> asFlags.isEnabled(key, ada));
        assertThat(List.of("users-by-name", "users-by-role", "server-ip"))
                .noneMatch(key -> asFlags.isEnabled(key, eve));
        assertThat(share("gradual-rollout", asFlags)).isBetween(15L, 25L);
    }

    @Test
    @DisplayName("have flags that answer as the strategies of ff4j do")
    void strategiesOfFf4j() throws IOException {
        Snapshot asFlags = page(1);
        EvaluationContext listed = EvaluationContext.builder("ada")
                .set("clientHostName", "shop-1")
                .set("region", "EU")
                .build();
        EvaluationContext blocked = EvaluationContext.builder("eve")
                .set("clientHostName", "shop-9")
                .set("region", "MOON")
                .build();
        List<String> all = List.of("white-list", "black-list", "regions", "expression");

        assertThat(all).allMatch(key -> asFlags.isEnabled(key, listed));
        assertThat(all).noneMatch(key -> asFlags.isEnabled(key, blocked));
        assertThat(asFlags.isEnabled("release-date")).isTrue();
        assertThat(asFlags.getStringValue("banner", "none")).isEqualTo("Sale!");
        assertThat(share("ponderation", asFlags)).isBetween(15L, 25L);
        assertThat(asFlags.isEnabled("ponderation")).isFalse();
    }

    private static Snapshot page(int block) throws IOException {
        String yaml = Documentation.blocks(Documentation.page("docs/migrating.md"), "yaml")
                .get(block);
        return new SnapshotCompiler(FEBRUARY, SegmentMembers.NONE).compile(FlagFormat.parseYaml(yaml));
    }

    /** How many of a hundred users get a flag; the same in every run. */
    private static long share(String flag, Snapshot snapshot) {
        return IntStream.range(0, 1_000)
                        .filter(user -> snapshot.isEnabled(flag, EvaluationContext.of("user-" + user)))
                        .count()
                / 10;
    }

    private void inForce(Revision revision) throws InterruptedException {
        assertThat(flags.await(revision, Duration.ofSeconds(10))).isTrue();
    }
}
