package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Reason;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Flags written in Java, as in the guide,")
class WritingExamplesTest {

    private static final EvaluationContext GERMAN = EvaluationContext.builder("u-1")
            .set("country", "DE")
            .set("plan", "pro")
            .set("age", "42")
            .build();

    private FlagStore store;
    private FeatureFlags flags;
    private FlagEditor editor;

    @BeforeEach
    void open() {
        store = InMemoryFlagStore.of(
                Flag.bool("new-checkout", true),
                Flag.builder("limits")
                        .enabled(true)
                        .variant("small", 10)
                        .variant("large", 100)
                        .fallthrough("small")
                        .build());
        flags = FeatureFlags.of(store);
        editor = FlagEditor.of(store, "ada@example.com");
    }

    @AfterEach
    void close() throws Exception {
        flags.close();
        store.close();
    }

    private Snapshot inForce() throws Exception {
        assertThat(flags.await(store.load().revision(), Duration.ofSeconds(5))).isTrue();
        return flags.snapshot();
    }

    @Test
    @DisplayName("are built field by field")
    void built() throws Exception {
        Attribute country = Attribute.of("country");
        Attribute plan = Attribute.of("plan");
        Flag checkout = Flag.builder("checkout")
                .owner("team-checkout")
                .expires(LocalDate.parse("2027-06-30"))
                .enabled(true)
                .variant("control", "v1")
                .variant("one-page", "v2")
                .offVariant("control")
                .rule(Rule.serving("one-page")
                        .withId("german-pro")
                        .withWhen(country.in("DE", "AT").and(plan.equalTo("pro")))
                        .withRollout(20))
                .fallthrough("control")
                .build();
        editor.create(checkout);

        assertThat(inForce().evaluate("checkout", GERMAN).reason()).isIn(Reason.SPLIT, Reason.DEFAULT);
    }

    @Test
    @DisplayName("change in place")
    void changed() throws Exception {
        editor.update("new-checkout", flag -> flag.withRollout(20));
        editor.update("limits", flag -> flag.withVariantValue("large", FlagValue.of(250)));
        editor.update(
                "limits",
                flag -> flag.toBuilder()
                        .owner("team-media")
                        .variant("huge", 1000)
                        .build());

        assertThat(inForce().definitions().flag("new-checkout").orElseThrow().rules())
                .containsExactly(Rule.serving("on").withId("rollout").withRollout(20));
        assertThat(inForce().definitions().flag("limits").orElseThrow().variants())
                .containsEntry("large", FlagValue.of(250))
                .containsEntry("huge", FlagValue.of(1000));
    }

    @Test
    @DisplayName("have conditions of any shape")
    void conditions() throws Exception {
        Condition grownUp = Attribute.of("age").atLeast(18).as(Conversion.NUMBER);
        Condition ours = Attribute.of("email").endsWith("@example.com").ignoringCase();
        Condition inEurope = Attribute.of("country").in("DE", "FR", "IT");
        Condition recent = Attribute.path("account", "created").after(Instant.parse("2027-01-01T00:00:00Z"));
        Condition notBlocked = Condition.not(Condition.isTrue(Condition.segment("blocked")));
        Condition all = Condition.any(ours, inEurope.and(grownUp).and(notBlocked), recent);
        editor.create(Segment.of("blocked"));
        editor.create(Flag.builder("shapes")
                .enabled(true)
                .rule(Rule.serving("on").withId("all").withWhen(all))
                .fallthrough("off")
                .build());

        assertThat(inForce().evaluate("shapes", GERMAN).ruleId()).isEqualTo("all");
    }

    @Test
    @DisplayName("split, ramp up, and use segments")
    void rollouts() throws Exception {
        Rule experiment = Rule.serving(
                        Serve.split(Serve.share("on", 1), Serve.share("off", 1)).by("account.id"))
                .withId("experiment")
                .withWhen(Condition.segment("testers"));
        Rule ramp = Rule.serving("on")
                .withId("ramp")
                .withRollout(Rollout.ramp(
                        new Rollout.Step(Instant.parse("2027-01-11T08:00:00Z"), 5),
                        new Rollout.Step(Instant.parse("2027-01-18T08:00:00Z"), 50)));
        Segment testers = Segment.builder("testers")
                .include("u-1", "u-2")
                .exclude(Attribute.of("country"), "KP")
                .rule("staff", Attribute.of("role").equalTo("staff"))
                .build();
        editor.batch(changes -> changes.create(testers)
                .create(Flag.builder("search")
                        .enabled(true)
                        .rule(experiment)
                        .rule(ramp)
                        .fallthrough("off")
                        .build()));

        assertThat(inForce().problems()).isEmpty();
        assertThat(inForce().definitions().flag("search").orElseThrow().rules()).containsExactly(experiment, ramp);
    }
}
