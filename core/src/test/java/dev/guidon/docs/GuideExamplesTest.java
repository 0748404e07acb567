package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.FlagsListener;
import dev.guidon.InvalidChangeException;
import dev.guidon.StartMode;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Explanation;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README and the guide, run. {@link DocumentedExamplesTest} checks that the pages show what stands here. */
class GuideExamplesTest {

    private static final Path README = Documentation.page("README.md");

    private final Map<String, String> cache = new ConcurrentHashMap<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("README: flags from a file, for somebody")
    void readme(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("flags.yaml"),
                Documentation.blocks(README, "yaml").get(0));
        Examples examples = new Examples(file);

        assertThat(examples.readme()).isEqualTo("none");
    }

    /** Where {@code Path.of} names a file in a temporary folder. */
    private record Examples(Path file) {

        String readme() {
            // the page shows Path.of("flags.yaml")
            FlagStore store = FileFlagStore.open(file);
            FeatureFlags flags = FeatureFlags.of(store);

            EvaluationContext ada = EvaluationContext.builder("u-1")
                    .set("country", "DE")
                    .set("plan", "pro")
                    .build();
            boolean redesign = flags.isEnabled("checkout-redesign", ada);
            String banner = flags.getStringValue("banner", "none", ada);

            assertThat(redesign)
                    .isEqualTo(flags.getBooleanDetails("checkout-redesign", false, ada)
                            .variant()
                            .equals("on"));
            flags.close();
            store.close();
            return banner;
        }
    }

    @Test
    @DisplayName("guide: asking, explaining, one revision")
    void asking() {
        FlagStore store = InMemoryFlagStore.of(Flag.bool("dark-mode", true), Flag.bool("checkout-redesign", true));
        FeatureFlags flags = FeatureFlags.of(store);

        boolean on = flags.isEnabled("dark-mode");
        assertThat(on).isTrue();

        String banner = flags.getStringValue("banner", "none");
        int limit = flags.getIntegerValue("upload-limit", 10);
        FlagValue layout = flags.getObjectValue("layout", FlagValue.NULL);
        assertThat(List.of(banner, limit, layout)).containsExactly("none", 10, FlagValue.NULL);

        EvaluationContext context = EvaluationContext.builder("u-1")
                .set("email", "ada@example.com")
                .set("country", "DE")
                .set("account", Map.of("id", "a-7", "plan", "pro"))
                .build();
        boolean redesign = flags.isEnabled("checkout-redesign", context);
        assertThat(redesign).isTrue();

        Evaluation<Boolean> details = flags.getBooleanDetails("checkout-redesign", false, context);
        String why = details.variant() + " because of " + details.reason() + ", rule " + details.ruleId();
        assertThat(why).isEqualTo("on because of STATIC, rule null");

        Explanation explanation = flags.explain("checkout-redesign", context);
        String text = explanation.toString();
        FlagValue json = explanation.toValue();
        assertThat(text).contains("fallthrough");
        assertThat(json.toString()).contains("\"variant\":\"on\"");

        Snapshot snapshot = flags.snapshot();
        boolean first = snapshot.isEnabled("dark-mode", context);
        boolean same = snapshot.isEnabled("dark-mode", context);
        assertThat(first).isEqualTo(same);
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("guide: editing")
    void editing() throws Exception {
        FlagStore store = new InMemoryFlagStore();
        FeatureFlags flags = FeatureFlags.of(store);

        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        editor.set("dark-mode", true);
        editor.because("INC-42").disable("dark-mode");
        editor.delete("dark-mode");
        assertThat(store.load().flags()).isEmpty();

        editor.batch(changes -> changes.create(
                        Segment.of("staff", Attribute.of("role").equalTo("staff")))
                .create(Flag.bool("admin-panel", true)
                        .withRules(new Rule("staff", new Condition.InSegment("staff"), "on"))
                        .withFallthrough(Serve.variant("off"))));
        assertThat(store.load().flags()).containsKey("admin-panel");

        try {
            editor.update("admin-panel", flag -> flag.withFallthrough(Serve.variant("nope")));
        } catch (InvalidChangeException refused) {
            refused.problems().forEach(problem -> report(problem.path(), problem.found(), problem.allowed()));
        }
        assertThat(reports).singleElement().asString().contains("flag/admin-panel.fallthrough", "nope", "on");

        Revision written = editor.set("dark-mode", true);
        boolean inForce = flags.await(written, Duration.ofSeconds(1));
        assertThat(inForce).isTrue();

        ChangeSet changeSet =
                editor.prepare(changes -> changes.disable("dark-mode")).orElseThrow();
        CommittedChange committed = store.commit(changeSet);
        CommittedChange again = store.commit(changeSet);
        assertThat(again).isEqualTo(committed);
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("guide: hearing of changes")
    void hearing() throws Exception {
        FlagStore store = new InMemoryFlagStore();
        FeatureFlags flags = FeatureFlags.of(store);
        cache.put("dark-mode", "cached");

        flags.addListener(new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> changed) {
                changed.forEach(cache::remove);
            }

            @Override
            public void statusChanged(ClientStatus status) {
                report("flags", status.state().name(), String.valueOf(status.problem()));
            }
        });

        FlagEditor.of(store, "ada").set("dark-mode", true);
        await().until(cache::isEmpty);
        flags.close();
        assertThat(reports).singleElement().asString().contains("NOT_READY");
        store.close();
    }

    record Layout(String title, int columns) {}

    @Test
    @DisplayName("guide: JSON values")
    void jsonValues() {
        FlagValue layout = FlagFormat.readValue("{\"title\": \"Sale\", \"columns\": 3}");

        int columns = layout.get("columns").asInt();
        Layout page = FlagFormat.toObject(layout, Layout.class);
        Object plain = layout.toJava();

        assertThat(page).isEqualTo(new Layout("Sale", columns));
        assertThat(plain).isEqualTo(Map.of("title", "Sale", "columns", 3L));
        assertThatThrownBy(() -> FlagFormat.toObject(FlagFormat.readValue("{\"columns\": \"three\"}"), Layout.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("columns: found \"three\"; allowed: int");
    }

    @Test
    @DisplayName("guide: starting without the store")
    void starting(@TempDir Path directory) {
        FlagStore store = new InMemoryFlagStore();
        store.close();
        Path lastKnownGood = directory.resolve("last-known-good.json");
        Definitions bundled = Definitions.of(Flag.bool("dark-mode", true));

        FeatureFlags flags = FeatureFlags.builder(store)
                .lastKnownGood(lastKnownGood)
                .defaults(bundled)
                .startMode(StartMode.waitUpTo(Duration.ofSeconds(2)))
                .build();
        ClientStatus status = flags.status();

        assertThat(status.state()).isEqualTo(ClientStatus.State.STALE);
        assertThat(flags.isEnabled("dark-mode")).isTrue();
        flags.close();
    }

    @Test
    @DisplayName("guide: reading and writing text")
    void reading() {
        Definitions definitions = FlagFormat.parseYaml("flags: {dark-mode: {enabled: true}}");
        Snapshot offline = Snapshot.of(definitions);
        String yaml = FlagFormat.writeYaml(definitions);

        assertThat(offline.isEnabled("dark-mode")).isTrue();
        assertThat(FlagFormat.parseYaml(yaml)).isEqualTo(definitions);
    }

    private void report(String what, String found, String allowed) {
        reports.add(what + " " + found + " " + allowed);
    }
}
