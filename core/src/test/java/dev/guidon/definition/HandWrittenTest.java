package dev.guidon.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guidon.json.FlagFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What is written by hand in Java equals what the format reads:")
class HandWrittenTest {

    private static final Attribute A = Attribute.of("a");
    private static final Instant NOON = Instant.parse("2027-01-31T12:00:00Z");

    static List<Arguments> conditions() {
        return List.of(
                Arguments.of("attribute: a, exists: true", A.exists()),
                Arguments.of("attribute: a, exists: false", A.isMissing()),
                Arguments.of("attribute: a, equals: x", A.equalTo("x")),
                Arguments.of("attribute: a, equals: 1", A.equalTo(1)),
                Arguments.of("attribute: a, equals: 1.5", A.equalTo(1.5)),
                Arguments.of("attribute: a, equals: 19.99", A.equalTo(19.99f)),
                Arguments.of("attribute: a, equals: 1.50", A.equalTo(new BigDecimal("1.50"))),
                Arguments.of("attribute: a, equals: true", A.equalTo(true)),
                Arguments.of("attribute: a, equals: [x]", A.equalTo(FlagValue.of(List.of("x")))),
                Arguments.of("attribute: a, in: [x, y]", A.in("x", "y")),
                Arguments.of("attribute: a, in: [1, 2.5]", A.in(1, 2.5)),
                Arguments.of("attribute: a, contains: [x]", A.contains("x")),
                Arguments.of("attribute: a, startsWith: [x, y]", A.startsWith("x", "y")),
                Arguments.of("attribute: a, endsWith: [x]", A.endsWith("x")),
                Arguments.of("attribute: a, matches: ['^x']", A.matches("^x")),
                Arguments.of("attribute: a, lessThan: 1", A.lessThan(1)),
                Arguments.of("attribute: a, atMost: 1", A.atMost(1L)),
                Arguments.of("attribute: a, greaterThan: 1", A.greaterThan(1)),
                Arguments.of("attribute: a, atLeast: 18", A.atLeast(18)),
                Arguments.of(
                        "attribute: a, atLeast: 18, as: number", A.atLeast(18).as(Conversion.NUMBER)),
                Arguments.of("attribute: a, before: '2027-01-31T12:00:00Z'", A.before(NOON)),
                Arguments.of("attribute: $now, after: '2027-01-31T12:00:00Z'", Attribute.NOW.after(NOON)),
                Arguments.of(
                        "attribute: a, after: '2027-01-31T12:00:00Z', unit: ms",
                        A.after(NOON).unit(InstantUnit.MS)),
                Arguments.of("attribute: a, semver: ['>=1.2.3']", A.semver(">=1.2.3")),
                Arguments.of(
                        "attribute: a, semver: ['1.2'], lenient: partial",
                        A.semver("1.2").lenient(Leniency.PARTIAL)),
                Arguments.of("attribute: a, cidr: ['10.0.0.0/8']", A.cidr("10.0.0.0/8")),
                Arguments.of("attribute: a, hasAny: [x]", A.hasAny("x")),
                Arguments.of("attribute: a, hasAll: [x, y]", A.hasAll("x", "y")),
                Arguments.of(
                        "attribute: [a, b.c], equals: x",
                        Attribute.path("a", "b.c").equalTo("x")),
                Arguments.of(
                        "attribute: a, equals: x, ignoreCase: true, ifMissing: x",
                        A.equalTo("x").ignoringCase().ifMissing(FlagValue.of("x"))),
                Arguments.of(
                        "all: [{attribute: a, exists: true}, {segment: s}, {segment: [t, u]}]",
                        A.exists().and(Condition.segment("s")).and(Condition.segment("t", "u"))),
                Arguments.of(
                        "all: [{attribute: a, exists: true}, {segment: s}]",
                        Condition.all(A.exists(), Condition.segment("s"))),
                Arguments.of(
                        "any: [{attribute: a, exists: true}, {segment: s}, {segment: t}]",
                        A.exists().or(Condition.segment("s")).or(Condition.segment("t"))),
                Arguments.of("any: [{segment: s}]", Condition.any(Condition.segment("s"))),
                Arguments.of("not: {isTrue: {segment: s}}", Condition.not(Condition.isTrue(Condition.segment("s")))),
                Arguments.of("flag: payments, variants: ['on']", Condition.flag("payments", "on")),
                Arguments.of("bucket: holdout, from: 5, to: 12.5", Condition.bucket("holdout", 5, 12.5)));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    @DisplayName("each condition")
    void condition(String yaml, Condition condition) {
        Flag read = flag("{enabled: true, rules: [{when: {" + yaml + "}, serve: 'on'}], fallthrough: 'off'}");

        assertThat(Flag.builder("f")
                        .enabled(true)
                        .rule(Rule.serving("on").withWhen(condition))
                        .fallthrough("off")
                        .build())
                .isEqualTo(read);
    }

    @Test
    @DisplayName("each operator has a method")
    void operators() {
        assertThat(conditions().stream()
                        .map(arguments -> arguments.get()[1])
                        .filter(Comparison.class::isInstance)
                        .map(condition -> ((Comparison) condition).operator()))
                .contains(Operator.values());
    }

    @Test
    @DisplayName("a flag with everything")
    void everything() {
        Flag read = flag("""
                type: string
                kind: experiment
                description: d
                owner: o
                tags: [t, u]
                expires: 2027-01-31
                sensitive: [email]
                enabled: true
                variants: {control: v1, one-page: v2}
                offVariant: control
                salt: pepper
                prerequisites: [{flag: payments, variants: ["on"]}]
                rules:
                  - id: staff
                    description: ours
                    when: {attribute: email, endsWith: ["@example.com"]}
                    serve: one-page
                  - rollout: {percent: 12.5, by: account.id, whenMissing: first, salt: s}
                    serve: {split: [{variant: control, weight: 1}, {variant: one-page, weight: 2}], total: 10, by: account.id}
                  - rollout: {ramp: [{at: "2027-01-31T12:00:00Z", percent: 5}]}
                    serve: one-page
                fallthrough: control
                """);

        assertThat(Flag.builder("f")
                        .kind(FlagKind.EXPERIMENT)
                        .description("d")
                        .owner("o")
                        .tags("t", "u")
                        .expires(LocalDate.parse("2027-01-31"))
                        .sensitive(Attribute.of("email"))
                        .enabled(true)
                        .variant("control", "v1")
                        .variant("one-page", "v2")
                        .offVariant("control")
                        .salt("pepper")
                        .prerequisite("payments", "on")
                        .rule(Rule.serving("one-page")
                                .withId("staff")
                                .withDescription("ours")
                                .withWhen(Attribute.of("email").endsWith("@example.com")))
                        .rule(Rule.serving(Serve.split(Serve.share("control", 1), Serve.share("one-page", 2))
                                        .withTotal(10)
                                        .by("account.id"))
                                .withRollout(Rollout.of(12.5)
                                        .withAssignment(Assignment.by(Attribute.of("account.id"))
                                                .withWhenMissing(Assignment.WhenMissing.FIRST)
                                                .withSalt("s"))))
                        .rule(Rule.serving("one-page").withRollout(Rollout.ramp(new Rollout.Step(NOON, 5))))
                        .fallthrough("control")
                        .build())
                .isEqualTo(read)
                .isEqualTo(read.toBuilder().build());
    }

    @Test
    @DisplayName("a segment with everything")
    void segment() throws Exception {
        Segment read = (Segment) FlagFormat.read(DefinitionKey.segment("s"), """
                {"description": "d", "sensitive": ["email"], "salt": "pepper",
                 "include": [{"values": ["u-1", "u-2"]}], "exclude": [{"by": "country", "values": ["KP"]}],
                 "members": "external", "generation": "g",
                 "rules": [{"id": "staff", "when": {"attribute": "email", "endsWith": ["@example.com"]}},
                           {"rollout": 5}]}
                """);

        assertThat(Segment.builder("s")
                        .description("d")
                        .sensitive(Attribute.of("email"))
                        .salt("pepper")
                        .include("u-1", "u-2")
                        .exclude(Attribute.of("country"), "KP")
                        .external(new Segment.External(Attribute.KEY, "g"))
                        .rule("staff", Attribute.of("email").endsWith("@example.com"))
                        .rule(null, null, Rollout.of(5))
                        .build())
                .isEqualTo(read)
                .isEqualTo(read.toBuilder().build());
    }

    @Test
    @DisplayName("the type is the narrowest that holds all variants")
    void type() {
        assertThat(Flag.builder("f").build().type()).isEqualTo(FlagType.BOOLEAN);
        assertThat(Flag.builder("f").variant("a", true).build().type()).isEqualTo(FlagType.BOOLEAN);
        assertThat(Flag.builder("f").variant("a", "x").build().type()).isEqualTo(FlagType.STRING);
        assertThat(Flag.builder("f").variant("a", 1).build().type()).isEqualTo(FlagType.NUMBER);
        assertThat(Flag.builder("f").variant("a", 1).variant("b", "x").build().type())
                .isEqualTo(FlagType.JSON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flag.builder("f")
                        .type(FlagType.NUMBER)
                        .variant("a", "x")
                        .build())
                .withMessageContaining("variants.a: found \"x\"; allowed: a number value");
    }

    @Test
    @DisplayName("a rollout is added once, and its percentage changes with those it already has")
    void rollout() {
        Flag plain = Flag.bool("f", true);
        Flag five = plain.withRollout(5);

        assertThat(five)
                .isEqualTo(
                        flag("{enabled: true, rules: [{id: rollout, rollout: 5, serve: 'on'}], fallthrough: 'off'}"));
        assertThat(five.withRollout(20.5).rules())
                .containsExactly(Rule.serving("on").withId("rollout").withRollout(20.5));
        Flag byAccount = plain.withRules(
                Rule.serving("on").withWhen(A.exists()),
                Rule.serving("on").withRollout(Rollout.of(1).by("account")));
        assertThat(byAccount.withRollout(2).rules())
                .containsExactly(
                        Rule.serving("on").withWhen(A.exists()),
                        Rule.serving("on").withRollout(Rollout.of(2).by("account")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flag.builder("f").variant("a", "x").build().withRollout(5))
                .withMessageContaining("variants: found [a]; allowed: on and off");
        for (double wrong : List.of(-1.0, 100.5, 1.2345, Double.NaN)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> plain.withRollout(wrong))
                    .withMessageContaining("a percentage from 0 to 100 with at most three decimals");
        }
    }

    @Test
    @DisplayName("a variant's value changes in its place, and only if there is such a variant")
    void variantValue() {
        Flag flag = Flag.builder("f").variant("a", 1).variant("b", 2).build();

        assertThat(flag.withVariantValue("a", FlagValue.of(3)).variants())
                .isEqualTo(Map.of("a", FlagValue.of(3), "b", FlagValue.of(2)))
                .extracting(variants -> variants.keySet().iterator().next())
                .isEqualTo("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flag.withVariantValue("c", FlagValue.of(3)))
                .withMessageContaining("variants: found \"c\"; allowed: a variant of this flag: [a, b]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flag.withVariantValue("a", FlagValue.of("x")))
                .withMessageContaining("variants.a: found \"x\"");
    }

    private static Flag flag(String yaml) {
        String indented = yaml.startsWith("{")
                ? " " + yaml
                : "\n"
                        + String.join(
                                "\n",
                                Arrays.stream(yaml.split("\n"))
                                        .map(line -> "    " + line)
                                        .toList());
        return FlagFormat.parseYaml("flags:\n  f:" + indented + "\n  payments: {}\nsegments: {s: {}, t: {}, u: {}}")
                .flag("f")
                .orElseThrow();
    }
}
