package dev.guidon.definition;

import static dev.guidon.definition.FlagTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The parts of definitions are valid when constructed")
class ModelTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-d/e", "_", "0", "team/checkout.v2"})
    @DisplayName("keys")
    void keys(String key) {
        assertThat(Flag.bool(key, true).key()).isEqualTo(key);
        assertThat(Segment.of(key).id()).isEqualTo(DefinitionKey.segment(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "/a", "a b", "ä", "a:b", "a\n", "a{b}", "a*"})
    @DisplayName("but no others")
    void badKeys(String key) {
        assertThat(refused(() -> Flag.bool(key, true)))
                .extracting(Problem::path)
                .containsExactly("key");
        assertThat(refused(() -> Segment.of(key))).extracting(Problem::path).containsExactly("key");
        assertThat(refused(() -> new Prerequisite(key, List.of("on"))))
                .extracting(Problem::path)
                .containsExactly("flag");
        assertThat(refused(() -> new Condition.FlagServes(key, List.of(), Extra.NONE)))
                .hasSize(2);
        assertThat(refused(() -> new Condition.InSegment("s", key)))
                .extracting(Problem::path)
                .containsExactly("segment[1]");
    }

    @Test
    @DisplayName("names of definitions are ordered, flags first")
    void order() {
        assertThat(List.of(DefinitionKey.segment("a"), DefinitionKey.flag("b"), DefinitionKey.flag("a")).stream()
                        .sorted())
                .containsExactly(DefinitionKey.flag("a"), DefinitionKey.flag("b"), DefinitionKey.segment("a"));
        assertThat(DefinitionKey.flag("a")).hasToString("flag/a");
        assertThat(DefinitionKey.segment("a")).hasToString("segment/a");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "100,100000", "12.5,12500", "0.001,1", "99.999,99999", "1e1,10000", "5.0000,5000", "-0,0"})
    @DisplayName("percentages have three decimals")
    void percentages(BigDecimal percent, int thousandths) {
        assertThat(Percent.of(percent).thousandths()).isEqualTo(thousandths);
        assertThat(Percent.of(percent).value()).isEqualByComparingTo(percent);
        assertThat(Percent.of(percent).value().toString()).matches("\\d{1,3}(\\.\\d{1,3})?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.001", "100.001", "0.0001", "1e9", "1e999999", "1e-999999"})
    @DisplayName("but not more, and nothing beyond 0 to 100")
    void badPercentages(BigDecimal percent) {
        assertThat(refused(() -> Percent.of(percent)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEmpty());
        assertThat(refused(() -> new Percent(100_001))).hasSize(1);
        assertThat(refused(() -> new Percent(-1))).hasSize(1);
        assertThat(Percent.of(20)).hasToString("20 %");
    }

    @Test
    @DisplayName("splits")
    void splits() {
        Serve.Weight none = new Serve.Weight("a", 0);
        Serve.Weight one = new Serve.Weight("b", 1);

        assertThat(new Serve.WeightedSplit(List.of(none, one), Assignment.BY_KEY).total())
                .isEqualTo(1);
        assertThat(new Serve.WeightedSplit(List.of(one, none), Assignment.BY_KEY).variants())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(Serve.variant("a").variants()).containsExactly("a");
        assertThat(refused(() -> new Serve.Weight("", -1)))
                .extracting(Problem::path)
                .containsExactly("variant", "weight");
        assertThat(refused(() -> new Serve.WeightedSplit(List.of(none), Assignment.BY_KEY)))
                .extracting(Problem::path)
                .containsExactly("split");
        assertThat(refused(() -> new Serve.WeightedSplit(List.of(one), 0, Assignment.BY_KEY, Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("total");
        assertThat(refused(() -> new Serve.RangeSplit(List.of(), Assignment.BY_KEY, Extra.NONE)))
                .hasSize(1);
        assertThat(refused(() -> new Serve.Range("a", Percent.of(2), Percent.of(1), Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("to");
        assertThat(new Serve.RangeSplit(
                                List.of(new Serve.Range("a", Percent.of(1), Percent.of(1), Extra.NONE)),
                                Assignment.BY_KEY,
                                Extra.NONE)
                        .variants())
                .containsExactly("a");
        assertThat(refused(() -> Serve.variant("tab\t"))).hasSize(1);
    }

    @Test
    @DisplayName("ramps ascend in time")
    void ramps() {
        Instant noon = Instant.parse("2027-01-31T12:00:00Z");
        Rollout.Step first = new Rollout.Step(noon, Percent.of(5), Extra.NONE);
        Rollout.Step later = new Rollout.Step(noon.plusNanos(1), Percent.ZERO, Extra.NONE);

        assertThat(new Rollout.Ramp(List.of(first, later), Assignment.BY_KEY, Extra.NONE).steps())
                .hasSize(2);
        assertThat(refused(() -> new Rollout.Ramp(List.of(first, first), Assignment.BY_KEY, Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("ramp[1].at");
        assertThat(refused(() -> new Rollout.Ramp(List.of(later, first), Assignment.BY_KEY, Extra.NONE)))
                .hasSize(1);
        assertThat(refused(() -> new Rollout.Ramp(List.of(), Assignment.BY_KEY, Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("ramp");
        for (Instant at : List.of(
                Instant.MIN,
                Instant.MAX,
                Instant.parse("-0001-12-31T23:59:59Z"),
                Instant.parse("+10000-01-01T00:00:00Z"))) {
            assertThat(refused(() -> new Rollout.Step(at, Percent.ZERO, Extra.NONE)))
                    .extracting(Problem::path)
                    .containsExactly("at");
        }
        assertThat(Rollout.of(5)).isEqualTo(new Rollout.Fixed(Percent.of(5), Assignment.BY_KEY, Extra.NONE));
    }

    @Test
    @DisplayName("assignments")
    void assignments() {
        assertThat(refused(() -> new Assignment(List.of(), List.of(), null, "a:b", Bucketing.GUIDON)))
                .extracting(Problem::path)
                .containsExactly("by", "salt");
        assertThat(refused(() -> new Assignment(List.of(Attribute.KEY), List.of(), null, "", Bucketing.GUIDON)))
                .hasSize(1);
        assertThat(Assignment.by(Attribute.KEY)).isEqualTo(Assignment.BY_KEY);
    }

    @Test
    @DisplayName("buckets of conditions have a salt, a range, and nothing to do without a value")
    void buckets() {
        assertThat(refused(() -> new Condition.InBucket(
                        Percent.of(2),
                        Percent.of(1),
                        new Assignment(
                                List.of(Attribute.KEY), List.of(), Assignment.WhenMissing.SKIP, null, Bucketing.GUIDON),
                        Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("bucket", "whenMissing", "to");
    }

    @Test
    @DisplayName("attributes")
    void attributes() {
        assertThat(Attribute.of("$key")).isEqualTo(Attribute.KEY);
        assertThat(Attribute.of("$now")).isEqualTo(Attribute.NOW);
        assertThat(refused(() -> Attribute.of("$user"))).hasSize(1);
        assertThat(refused(() -> Attribute.of(""))).hasSize(1);
        assertThat(refused(() -> new Attribute.Path(List.of()))).hasSize(1);
        assertThat(refused(() -> new Attribute.Path(List.of("a", "\u0007"))))
                .extracting(Problem::path)
                .containsExactly("[1]");
        assertThat(new Attribute.Path(List.of("$user", "a.b")).names()).hasSize(2);
    }

    @Test
    @DisplayName("descriptions for people")
    void about() {
        assertThat(refused(() -> new About(null, null, null, List.of("ok", ""), LocalDate.of(10_000, 1, 1))))
                .extracting(Problem::path)
                .containsExactly("tags[1]", "expires");
        assertThat(refused(() -> new About(null, null, null, List.of(), LocalDate.of(-1, 1, 1))))
                .hasSize(1);
        assertThat(new About(null, null, null, List.of(), LocalDate.of(0, 1, 1)).expires())
                .hasYear(0);
    }

    @Test
    @DisplayName("segments")
    void segments() {
        Segment.Criterion rule = new Segment.Criterion("r", null, null, Extra.NONE);
        Assignment off =
                new Assignment(List.of(Attribute.KEY), List.of(), Assignment.WhenMissing.OFF, null, Bucketing.GUIDON);

        Segment segment = Segment.of("s", Attribute.of("a").equalTo("b"));

        assertThat(segment.rules())
                .singleElement()
                .satisfies(only -> assertThat(only.id()).isNull());
        assertThat(segment.withMembers(List.of(MemberList.ofKeys("u")), List.of())
                        .include())
                .hasSize(1);
        assertThat(segment.withRules(List.of()).rules()).isEmpty();
        assertThat(segment.withExternal(new Segment.External(Attribute.KEY, "1"))
                        .external())
                .isNotNull();
        assertThat(segment.references()).isEmpty();
        assertThat(Segment.of("s", new Condition.InSegment("t")).references()).hasSize(1);
        assertThat(refused(() ->
                        new Segment("s", null, "a:b", List.of(), List.of(), null, List.of(rule, rule), Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("salt", "rules[1].id");
        assertThat(refused(() ->
                        new Segment.Criterion("", null, new Rollout.Fixed(Percent.ZERO, off, Extra.NONE), Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("id", "rollout.whenMissing");
        assertThat(refused(() -> new Segment.External(Attribute.KEY, "")))
                .extracting(Problem::path)
                .containsExactly("generation");
        assertThat(refused(() -> new MemberList(Attribute.KEY, List.of(FlagValue.NULL), Extra.NONE)))
                .extracting(Problem::path)
                .containsExactly("values[0]");
    }

    @Test
    @DisplayName("conditions are as deep as they are nested")
    void depth() {
        Condition leaf = Attribute.of("a").in("b");
        Condition nested = new Condition.Not(
                new Condition.Any(List.of(leaf, new Condition.IsTrue(leaf, Extra.NONE)), Extra.NONE), Extra.NONE);

        assertThat(leaf.depth()).isEqualTo(1);
        assertThat(nested.depth()).isEqualTo(4);
        assertThat(new Condition.All(List.of(), Extra.NONE).depth()).isEqualTo(1);
        Condition deep = nested;
        while (deep.depth() <= Limit.CONDITION_DEPTH.most()) {
            deep = new Condition.All(List.of(deep), Extra.NONE);
        }
        Condition tooDeep = deep;
        assertThat(refused(() -> new Rule("r", tooDeep, "on")))
                .extracting(Problem::path)
                .containsExactly("when");
        assertThat(refused(() -> new Segment.Criterion("r", tooDeep, null, Extra.NONE)))
                .hasSize(1);
    }

    @Test
    @DisplayName("revisions")
    void revisions() {
        Revision first = Revision.initial("epoch-of-letters").next("c1");

        assertThat(first).isEqualTo(new Revision("epoch-of-letters", 1, "c1")).hasToString("1@epoch-of");
        assertThat(refused(() -> new Revision("", -1, "")))
                .extracting(Problem::path)
                .containsExactly("epoch", "number", "changeSet");
        assertThat(refused(() -> new Revision("e", 0, "c")))
                .extracting(Problem::path)
                .containsExactly("changeSet");
        assertThat(Version.of(first)).isEqualTo(new Version(1, "c1")).hasToString("1 of change set c1");
        assertThat(Version.of(Revision.initial("e"))).isEqualTo(Version.NONE).hasToString("none");
        assertThat(refused(() -> new Version(-1, ""))).extracting(Problem::path).containsExactly("number", "changeSet");
        assertThat(refused(() -> new Version(0, "c"))).extracting(Problem::path).containsExactly("changeSet");
    }

    @Test
    @DisplayName("collections of definitions")
    void definitions() {
        Definition broken = new Malformed(DefinitionKey.flag("broken"), "{", List.of(new Problem("", "x", "y")));
        Definitions all = Definitions.of(Flag.bool("a", true), Segment.of("s"), broken, Flag.bool("a", false));

        assertThat(all.flag("a")).contains(Flag.bool("a", false));
        assertThat(all.flag("broken")).isEmpty();
        assertThat(all.flag("s")).isEmpty();
        assertThat(all.segment("s")).contains(Segment.of("s"));
        assertThat(all.segment("a")).isEmpty();
        assertThat(all.get(DefinitionKey.flag("broken"))).isNotNull();
        assertThat(all.get(DefinitionKey.segment("x"))).isNull();
        assertThat(broken.references()).isEmpty();
        Map<DefinitionKey, Versioned> changes = new LinkedHashMap<>();
        changes.put(DefinitionKey.flag("broken"), null);
        changes.put(DefinitionKey.segment("t"), new Versioned(Segment.of("t"), new Version(7, "c7")));
        Definitions changed = all.with(Revision.initial("e").next("c"), changes);
        assertThat(changed.flags()).containsOnlyKeys("a");
        assertThat(changed.segments()).containsOnlyKeys("s", "t");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Definitions(
                        Revision.NONE,
                        Map.of("b", new Versioned(Flag.bool("a", true), Version.NONE)),
                        Map.of(),
                        Extra.NONE))
                .withMessage("flag/b: found flag/a; allowed: the same key");
        assertThatIllegalArgumentException().isThrownBy(() -> new Malformed(DefinitionKey.flag("a"), "{", List.of()));
        assertThat(Definitions.empty(Revision.NONE)).isEqualTo(Definitions.of());
    }

    @Test
    @DisplayName("values are compact JSON as text")
    void values() {
        List<FlagValue> elements =
                new ArrayList<>(List.of(FlagValue.of(1), FlagValue.of(0.1), FlagValue.of(true), FlagValue.NULL));
        FlagValue array = new FlagValue.Array(elements);
        elements.clear();

        assertThat(array).hasToString("[1,0.1,true,null]");
        assertThat(new FlagValue.Obj(Map.of("\"\n", FlagValue.of(List.of("a", "b")))))
                .hasToString("{\"\\\"\\n\":[\"a\",\"b\"]}");
        assertThat(FlagValue.of("\u0001\b\t\r\\/\u007F\u2028\uD83D\uDE80\uD83D x \uDE80"))
                .hasToString("\"\\u0001\\u0008\\t\\r\\\\/\u007F\u2028\uD83D\uDE80\\ud83d x \\ude80\"");
        assertThat(new FlagValue.Array(List.of())).hasToString("[]");
        assertThat(new FlagValue.Obj(Map.of())).hasToString("{}");
        assertThat(new FlagValue.Number(new BigDecimal("1.50"))).hasToString("1.50");
        assertThat(new FlagValue.Number(new BigDecimal("1e400"))).hasToString("1E+400");
    }

    @Test
    @DisplayName("problems are one printable line and can be read back")
    void problems() {
        List<Problem> problems = List.of(
                new Problem("", "x", "y"),
                new Problem("rules[0].serve", "line\nbreak\u0007", "a: b; c"),
                Problem.at("a: b", "text", "z"),
                Problem.at("n", null, "z"));

        assertThat(refused(() -> {
                    Problem.refuse(problems);
                    return null;
                }))
                .isEqualTo(problems);
        assertThat(problems.get(1).found()).isEqualTo("line\\nbreak\\u0007");
        assertThat(Problem.of(new IllegalArgumentException("something else")))
                .containsExactly(new Problem("", "something else", "a valid value"));
        assertThat(Problem.of(new NumberFormatException()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.found()).contains("NumberFormatException"));
        assertThat(new Problem("", "x".repeat(1000), "").found())
                .hasSizeLessThan(160)
                .endsWith("… (1000 characters)");
        assertThat(new Problem("b", "", "").under("a").path()).isEqualTo("a.b");
        assertThat(new Problem("[0]", "", "").under("a").path()).isEqualTo("a[0]");
        assertThat(new Problem("", "", "").under("a").path()).isEqualTo("a");
        assertThat(new Problem("b", "", "").under("").path()).isEqualTo("b");
    }
}
