package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The runbook")
class RunbookExamplesTest {

    private final Segment staff = Segment.of("staff", Attribute.of("role").equalTo("staff"));
    private final Flag checkout = Flag.bool("new-checkout", true)
            .withRules(new Rule("staff", new Condition.InSegment("staff"), "on"))
            .withFallthrough(Serve.variant("off"));

    @Test
    @DisplayName("says what to do at each alert, and at no other")
    void knowsAlerts() throws Exception {
        Set<String> alerts = found("alert: (Guidon\\w+)", "docs/alerts.yaml");
        Set<String> known = found("`(Guidon\\w+)`", "docs/runbook.md");

        assertThat(known).isNotEmpty().isEqualTo(alerts);
    }

    private static Set<String> found(String pattern, String page) throws Exception {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Documentation.page(page)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("turns a flag off for everybody, also for whom a rule picks")
    void turnsOff() {
        FlagStore store = InMemoryFlagStore.of(staff, checkout);

        FlagEditor.of(store, "bob@example.com").because("INC-42").disable("new-checkout");

        try (FeatureFlags flags = FeatureFlags.of(store)) {
            EvaluationContext ada =
                    EvaluationContext.builder("u-1").set("role", "staff").build();
            assertThat(flags.isEnabled("new-checkout", ada)).isFalse();
            assertThat(flags.getBooleanValue("new-checkout", true, ada)).isFalse();
        }
        store.close();
    }

    @Test
    @DisplayName("restores a namespace in one commit")
    void restores() {
        FlagStore store = InMemoryFlagStore.of(staff, checkout, Flag.bool("banner", true));
        FlagStore empty = new InMemoryFlagStore();
        FeatureFlags flags = FeatureFlags.of(store);

        Definitions saved = flags.snapshot().definitions();
        FlagEditor.of(empty, "bob@example.com").because("INC-42: restored").batch(changes -> {
            saved.segments().values().forEach(segment -> changes.put(segment.definition()));
            saved.flags().values().forEach(flag -> changes.put(flag.definition()));
        });

        assertThat(empty.load().revision().number()).isEqualTo(1);
        assertThat(empty.load().flags()).hasSize(2).containsKeys("new-checkout", "banner");
        assertThat(empty.load().segments()).containsKey("staff");
        flags.close();
        store.close();
        empty.close();
    }
}
