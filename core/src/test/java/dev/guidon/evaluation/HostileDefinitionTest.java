package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A hostile definition")
@Timeout(60)
class HostileDefinitionTest {

    @Test
    @DisplayName("harms no other flag")
    void harmsNoOther() {
        FlagValue deep = FlagValue.TRUE;
        for (int i = 0; i < 100_000; i++) {
            deep = new FlagValue.Array(List.of(deep));
        }
        Snapshot snapshot = Snapshot.of(Definitions.of(
                new Malformed(DefinitionKey.flag("malformed"), "{", List.of(new Problem("", "{", "JSON"))),
                new Malformed(DefinitionKey.flag(""), "{", List.of(new Problem("", "{", "JSON"))),
                new Malformed(DefinitionKey.segment("malformed"), "{", List.of(new Problem("", "{", "JSON"))),
                flag("deep", deep(deep)),
                flag("pattern", comparison(Operator.MATCHES, FlagValue.of("("))),
                flag("network", comparison(Operator.CIDR, FlagValue.of("localhost"))),
                flag("range", comparison(Operator.SEMVER_RANGE, FlagValue.of(">=1"))),
                flag("instant", comparison(Operator.BEFORE, FlagValue.of("yesterday"))),
                flag("number", comparison(Operator.LESS_THAN, new FlagValue.Number(BigDecimal.TEN.pow(401)))),
                flag("in-malformed", new Condition.Not(new Condition.InSegment("malformed"), Extra.NONE)),
                Segment.of("broken", comparison(Operator.CIDR, FlagValue.of("10.0.0.0/33"))),
                flag("fine", comparison(Operator.EQUALS, FlagValue.of(1)))));

        assertThat(snapshot.problems().keySet())
                .map(DefinitionKey::toString)
                .containsExactly(
                        "flag/",
                        "flag/deep",
                        "flag/instant",
                        "flag/malformed",
                        "flag/network",
                        "flag/number",
                        "flag/pattern",
                        "flag/range",
                        "segment/broken",
                        "segment/malformed");
        assertThat(snapshot.evaluate("deep", EvaluationContext.EMPTY).errorCode())
                .isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(snapshot.evaluate("", EvaluationContext.EMPTY).errorMessage())
                .startsWith("the flag '' is malformed");
        assertThat(snapshot.isEnabled("fine", Yaml.a("2"))).isTrue();
        assertThat(snapshot.isEnabled("fine", Yaml.a("1"))).isFalse();
        assertThat(snapshot.evaluate("in-malformed", EvaluationContext.EMPTY).reason())
                .isEqualTo(Reason.DEFAULT);
    }

    @Test
    @DisplayName("tells every problem, each with its path")
    void tellsEveryProblem() {
        Snapshot snapshot = Yaml.flag("""
                {enabled: true, rules: [
                  {when: {all: [{attribute: a, matches: ["x", "("]}, {not: {attribute: a, semver: "^1"}}]}, serve: "on"},
                  {when: {isTrue: {any: [{attribute: a, cidr: nowhere}]}}, serve: "on"},
                  {when: {attribute: a, lessThan: x, as: number}, serve: "on"},
                  {when: {attribute: a, hasAny: ["1", z], as: number}, serve: "on"},
                  {when: {attribute: a, atLeast: "1.0", as: semver}, serve: "on"},
                  {when: {attribute: a, equals: yesterday, as: instant}, serve: "on"},
                  {when: {attribute: a, after: "2026-02-30T00:00:00Z"}, serve: "on"}]}
                """);

        assertThat(snapshot.problems().get(DefinitionKey.flag("f")))
                .extracting(Problem::path)
                .containsExactly(
                        "rules[0].when.all[0].matches[1]",
                        "rules[0].when.all[1].not.semver[0]",
                        "rules[1].when.isTrue.any[0].cidr[0]",
                        "rules[2].when.lessThan",
                        "rules[3].when.hasAny[1]",
                        "rules[4].when.atLeast",
                        "rules[5].when.equals",
                        "rules[6].when.after");
        assertThat(snapshot.evaluate("f", EvaluationContext.EMPTY).errorMessage())
                .contains("all[0].matches[1]", "cidr[0]")
                .doesNotContain("rules[2]");
    }

    @DisplayName("with as many operands as there can be is compiled and evaluated in time")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXISTS", "EQUALS", "LESS_THAN", "AT_MOST", "GREATER_THAN", "AT_LEAST", "BEFORE", "AFTER"})
    void manyOperands(Operator operator) {
        List<FlagValue> values = IntStream.range(0, Limit.VALUES.most())
                .mapToObj(i -> switch (operator) {
                    case SEMVER_RANGE -> "=1.2." + i;
                    case CIDR -> "10." + i / 256 + "." + i % 256 + ".0/24";
                    case MATCHES -> "x" + i;
                    default -> "value-" + i;
                })
                .map(FlagValue::of)
                .toList();
        Snapshot snapshot = Snapshot.of(Definitions.of(flag("f", new Comparison(Attribute.of("a"), operator, values))));
        List<String> elements = Collections.nCopies(20, operator == Operator.CIDR ? "192.0.2.1" : "1.2.3-none");

        assertThat(snapshot.problems()).isEmpty();
        assertThat(snapshot.evaluate(
                                "f",
                                EvaluationContext.builder(null)
                                        .set("a", elements)
                                        .build())
                        .reason())
                .isEqualTo(Reason.DEFAULT);
    }

    @Test
    @DisplayName("with conditions as deep and as wide as they can be is evaluated")
    void deepAndWide() {
        Condition condition = comparison(Operator.EQUALS, FlagValue.of(1));
        for (int i = 1; i < Limit.CONDITION_DEPTH.most(); i++) {
            condition = i % 2 == 0
                    ? new Condition.Not(condition, Extra.NONE)
                    : new Condition.All(Collections.nCopies(i > 12 ? 300 : 1, condition), Extra.NONE);
        }
        Snapshot snapshot = Snapshot.of(Definitions.of(flag("f", condition)));

        assertThat(snapshot.evaluate("f", Yaml.a("1")).reason()).isEqualTo(Reason.DEFAULT);
        assertThat(snapshot.evaluate("f", Yaml.a("2")).reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(snapshot.evaluate("f", EvaluationContext.EMPTY).reason()).isEqualTo(Reason.DEFAULT);
    }

    @Test
    @DisplayName("with all shares, weights, and the largest total is evaluated")
    void largestSplit() {
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < Limit.SHARES.most(); i++) {
            shares.add("{variant: " + (i % 2 == 0 ? "a" : "b") + ", weight: 1000000000}");
        }
        Snapshot snapshot = Yaml.flag("{type: string, enabled: true, variants: {a: a, b: b}, fallthrough: {split: ["
                + String.join(",", shares) + "]}}");

        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(i -> snapshot.evaluate("f", EvaluationContext.of("u" + i))
                                .variant()))
                .contains("a", "b")
                .doesNotContainNull();
    }

    /** The text of what is refused is made by recursion. */
    private static Condition deep(FlagValue deep) {
        return new Comparison(
                Attribute.of("a"),
                Operator.IN,
                List.of(deep),
                Conversion.NUMBER,
                null,
                false,
                Leniency.STRICT,
                null,
                Extra.NONE);
    }

    private static Flag flag(String key, Condition condition) {
        return Flag.bool(key, true).withRules(new Rule("r", condition, "off"));
    }

    private static Condition comparison(Operator operator, FlagValue value) {
        return new Comparison(Attribute.of("a"), operator, List.of(value));
    }
}
