package dev.guidon.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A flag")
class FlagTest {

    private static final Condition PRO = Attribute.of("plan").equalTo("pro");

    @Test
    @DisplayName("that is boolean has the variants on and off unless it says otherwise")
    void defaults() {
        Flag flag = Flag.bool("dark-mode", true);

        assertThat(flag.variants()).containsExactly(Map.entry("on", FlagValue.TRUE), Map.entry("off", FlagValue.FALSE));
        assertThat(flag.offVariant()).isEqualTo("off");
        assertThat(flag.fallthrough()).isEqualTo(Serve.variant("on"));
        assertThat(flag.id()).isEqualTo(DefinitionKey.flag("dark-mode"));
    }

    @Test
    @DisplayName("that is boolean and has variants of its own has no default answers")
    void ownVariants() {
        Flag flag = Flag.of("f", FlagType.BOOLEAN, Map.of("yes", FlagValue.TRUE), null);

        assertThat(flag.offVariant()).isNull();
        assertThat(flag.fallthrough()).isNull();
    }

    @Test
    @DisplayName("keeps its own default answers")
    void ownAnswers() {
        Flag flag = new Flag(
                "f",
                FlagType.BOOLEAN,
                About.NOTHING,
                true,
                false,
                Map.of(),
                Map.of(),
                "on",
                null,
                List.of(),
                List.of(),
                Serve.variant("off"),
                Extra.NONE);

        assertThat(flag.offVariant()).isEqualTo("on");
        assertThat(flag.fallthrough()).isEqualTo(Serve.variant("off"));
    }

    @Test
    @DisplayName("with the default variants is on without rules, and with rules off for whom none matches")
    void defaultFallthrough() {
        Rule rule = new Rule("r", PRO, "on");

        assertThat(bool(List.of(), null).fallthrough()).isEqualTo(Serve.variant("on"));
        assertThat(bool(List.of(rule), null).fallthrough()).isEqualTo(Serve.variant("off"));
        assertThat(bool(List.of(rule), Serve.variant("on")).fallthrough()).isEqualTo(Serve.variant("on"));
    }

    @Test
    @DisplayName(
            "keeps its fallthrough when rules come and go, so that nobody whom they do not match gets something else")
    void keepsFallthrough() {
        Rule rule = new Rule("r", PRO, "off");
        Flag plain = Flag.bool("f", true);
        Flag ruled = bool(List.of(rule), null);

        assertThat(plain.withRules(rule).fallthrough()).isEqualTo(Serve.variant("on"));
        assertThat(ruled.withRules().fallthrough()).isEqualTo(Serve.variant("off"));
        assertThat(plain.withRules(rule).withFallthrough(null)).isEqualTo(ruled);
    }

    private static Flag bool(List<Rule> rules, @Nullable Serve fallthrough) {
        return new Flag(
                "f",
                FlagType.BOOLEAN,
                About.NOTHING,
                true,
                false,
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                rules,
                fallthrough,
                Extra.NONE);
    }

    @Test
    @DisplayName("is changed by copying")
    void copies() {
        Flag flag = Flag.of("f", FlagType.STRING, Map.of("a", FlagValue.of("A")), "a");
        About about = new About("text", FlagKind.RELEASE, "team", List.of("tag"), LocalDate.of(2027, 1, 31));
        Rule rule = new Rule("r", PRO, "a");
        Prerequisite prerequisite = new Prerequisite("g", List.of("on"));

        Flag changed = flag.withAbout(about)
                .withEnabled(false)
                .withArchived(true)
                .withRules(rule)
                .withPrerequisites(prerequisite)
                .withFallthrough(Serve.variant("a"));

        assertThat(changed.about()).isEqualTo(about);
        assertThat(changed.enabled()).isFalse();
        assertThat(changed.archived()).isTrue();
        assertThat(changed.rules()).containsExactly(rule);
        assertThat(changed.prerequisites()).containsExactly(prerequisite);
        assertThat(changed.fallthrough()).isEqualTo(Serve.variant("a"));
        assertThat(flag).isEqualTo(Flag.of("f", FlagType.STRING, Map.of("a", FlagValue.of("A")), "a"));
    }

    @Test
    @DisplayName("does not change with the collections that it was made of, and keeps their order")
    void immutable() {
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m")) {
            variants.put(name, FlagValue.of(name));
        }
        List<Rule> rules = new ArrayList<>(List.of(new Rule("r", PRO, "a")));
        Flag flag = new Flag(
                "f",
                FlagType.STRING,
                About.NOTHING,
                true,
                false,
                variants,
                Map.of(),
                null,
                null,
                List.of(),
                rules,
                null,
                Extra.NONE);

        variants.clear();
        rules.clear();

        assertThat(flag.variants().keySet()).containsExactly("z", "a", "m");
        assertThat(flag.rules()).hasSize(1);
    }

    @Test
    @DisplayName("tells all its problems at once")
    void problems() {
        Rule first = new Rule("same", PRO, "nowhere");
        Rule second = new Rule("same", PRO, "a");
        Serve split = new Serve.WeightedSplit(
                List.of(new Serve.Weight("a", 1), new Serve.Weight("y", 1), new Serve.Weight("x", 1)),
                Assignment.BY_KEY);

        assertThat(refused(() -> new Flag(
                        "not a key",
                        FlagType.STRING,
                        About.NOTHING,
                        true,
                        false,
                        Map.of("a", FlagValue.of(1)),
                        Map.of(),
                        "b",
                        "s:t",
                        List.of(),
                        List.of(first, second),
                        split,
                        Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly(
                        "key",
                        "salt",
                        "variants.a",
                        "rules[1].id",
                        "offVariant",
                        "rules[0].serve",
                        "fallthrough",
                        "fallthrough");
    }

    @Test
    @DisplayName("has values of its type only")
    void types() {
        Map<FlagType, FlagValue> values = Map.of(
                FlagType.BOOLEAN,
                FlagValue.TRUE,
                FlagType.STRING,
                FlagValue.of("x"),
                FlagType.NUMBER,
                FlagValue.of(1.5));

        values.forEach((type, value) -> values.forEach((otherType, otherValue) -> {
            Map<String, FlagValue> variants = Map.of("a", otherValue);
            if (type == otherType) {
                assertThat(Flag.of("f", type, variants, "a").variants()).isEqualTo(variants);
            } else {
                assertThat(refused(() -> Flag.of("f", type, variants, "a")))
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.path()).isEqualTo("variants.a");
                            assertThat(problem.allowed()).isEqualTo("a " + type + " value (the flag's type)");
                        });
            }
        }));
        assertThat(Flag.of("f", FlagType.JSON, Map.of("a", FlagValue.NULL, "b", FlagValue.of(1)), null)
                        .variants())
                .hasSize(2);
        assertThat(refused(() -> Flag.of(
                        "f",
                        FlagType.NUMBER,
                        Map.of("a", new FlagValue.Number(new java.math.BigDecimal("1e309"))),
                        null)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.allowed()).contains("64 bit floating point"));
    }

    @Test
    @DisplayName("names its references with their places")
    void references() {
        Condition condition = new Condition.All(
                List.of(
                        new Condition.Not(new Condition.InSegment("s", "t"), Extra.NONE),
                        new Condition.Any(
                                List.of(new Condition.IsTrue(
                                        new Condition.FlagServes("g", List.of("on"), Extra.NONE), Extra.NONE)),
                                Extra.NONE),
                        PRO),
                Extra.NONE);
        Flag flag = Flag.bool("f", true)
                .withPrerequisites(new Prerequisite("h", List.of("a", "b")))
                .withRules(new Rule("r", condition, "on"));

        assertThat(flag.references())
                .extracting(Reference::path, Reference::target)
                .containsExactly(
                        tuple("prerequisites[0]", DefinitionKey.flag("h")),
                        tuple("rules[0].when.all[0].not.segment", DefinitionKey.segment("s")),
                        tuple("rules[0].when.all[0].not.segment", DefinitionKey.segment("t")),
                        tuple("rules[0].when.all[1].any[0].isTrue.flag", DefinitionKey.flag("g")));
    }

    static List<Problem> refused(Supplier<?> constructor) {
        return Problem.of(catchThrowableOfType(IllegalArgumentException.class, constructor::get));
    }
}
