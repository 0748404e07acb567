package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Segments")
class SegmentTest {

    private static final String SEGMENTS = """
            {
              listed: {include: {values: [u-1, u-2]}, exclude: {values: [u-2]}},
              by-plan: {include: [{by: plan, values: [pro, 7, true]}, {by: [account, id], values: [1]}]},
              excluding: {exclude: {by: email, values: ["joe@example.com"]}, rules: [{when: {attribute: email, exists: true}}]},
              ruled: {rules: [{when: {attribute: a, equals: 1}}, {when: {attribute: b, equals: 1}}]},
              everybody: {rules: [{}]},
              nobody: {},
              all-known: {rules: [{rollout: {percent: 100, by: plan}}]},
              all: {rules: [{rollout: {percent: 100, by: plan, whenMissing: first}}]},
              external: {members: external, generation: g1, by: plan, exclude: {values: [u-9]}, rules: [{when: {attribute: a, equals: 1}}]},
              nested: {rules: [{when: {segment: listed}}]},
              broken: {rules: [{when: {attribute: a, matches: "("}}]}
            }
            """;

    @DisplayName("contain whom they list or have a rule for, and exclusion comes first")
    @ParameterizedTest(name = "{0} with {1} and {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    listed       | u-1 | {}                             | TRUE
                    listed       | u-2 | {}                             | FALSE
                    listed       | u-3 | {}                             | FALSE
                    listed       | -   | {}                             | FALSE
                    by-plan      | u-1 | {"plan": "pro"}                | TRUE
                    by-plan      | u-1 | {"plan": 7.0}                  | TRUE
                    by-plan      | u-1 | {"plan": "7"}                  | FALSE
                    by-plan      | u-1 | {"plan": true}                 | TRUE
                    by-plan      | u-1 | {"plan": ["free", "pro"]}      | TRUE
                    by-plan      | u-1 | {"plan": [null, "free"]}       | FALSE
                    by-plan      | u-1 | {"account": {"id": 1}}         | TRUE
                    by-plan      | u-1 | {"account.id": 1}              | FALSE
                    excluding    | u-1 | {"email": "jim@example.com"}   | TRUE
                    excluding    | u-1 | {"email": "joe@example.com"}   | FALSE
                    ruled        | u-1 | {"a": 1}                       | TRUE
                    ruled        | u-1 | {"a": 2, "b": 1}               | TRUE
                    ruled        | u-1 | {"b": 1}                       | TRUE
                    ruled        | u-1 | {"a": 2}                       | UNKNOWN
                    ruled        | u-1 | {"a": 2, "b": 2}               | FALSE
                    everybody    | -   | {}                             | TRUE
                    nobody       | u-1 | {}                             | FALSE
                    all-known    | u-1 | {"plan": "pro"}                | TRUE
                    all-known    | u-1 | {}                             | FALSE
                    all          | u-1 | {}                             | TRUE
                    nested       | u-1 | {}                             | TRUE
                    nested       | u-2 | {}                             | FALSE
                    broken       | u-1 | {}                             | UNKNOWN
                    missing      | u-1 | {}                             | FALSE
                    [nobody, listed]          | u-1 | {}                | TRUE
                    [nobody, missing]         | u-1 | {}                | FALSE
                    [broken, nobody]          | u-1 | {}                | UNKNOWN
                    [broken, listed]          | u-1 | {}                | TRUE
                    """)
    void contain(String segment, String key, String attributes, Truth expected) {
        assertThat(truth(segment, key, attributes, SegmentMembers.NONE)).isEqualTo(expected);
    }

    @Test
    @DisplayName("are rolled out by their own key as the salt, the same in every flag")
    void areRolledOut() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  one: {enabled: true, rules: [{when: {not: {segment: half}}, serve: "off"}], fallthrough: "on"}
                  two: {enabled: true, rules: [{when: {not: {segment: half}}, serve: "off"}], fallthrough: "on"}
                segments: {half: {rules: [{rollout: 50}]}}
                """);

        for (int i = 0; i < 1_000; i++) {
            EvaluationContext user = EvaluationContext.of("u-" + i);
            boolean lowerHalf = Murmur3.startingWith("rollout:half:", 0).with("u-" + i) >= 0;

            assertThat(snapshot.isEnabled("one", user)).isEqualTo(lowerHalf);
            assertThat(snapshot.isEnabled("two", user)).isEqualTo(lowerHalf);
        }
    }

    @Test
    @DisplayName("ask external members by segment, generation and the text of the attribute")
    void askExternalMembers() {
        List<String> asked = new ArrayList<>();
        SegmentMembers members = (segment, generation, member) -> {
            asked.add(segment + "/" + generation + "/" + member);
            return Truth.of(member.equals("7"));
        };

        assertThat(truth("external", "u-1", "{\"plan\": 7.0, \"a\": 2}", members))
                .isEqualTo(Truth.TRUE);
        assertThat(truth("external", "u-1", "{\"plan\": \"8\", \"a\": 2}", members))
                .isEqualTo(Truth.FALSE);
        assertThat(asked).contains("external/g1/7", "external/g1/8");
    }

    @Test
    @DisplayName("do not ask external members about those who are excluded, or have no text to ask for")
    void doNotAskInVain() {
        SegmentMembers members = (segment, generation, member) -> {
            throw new AssertionError("asked for " + member);
        };

        assertThat(truth("external", "u-9", "{\"plan\": 7, \"a\": 1}", members)).isEqualTo(Truth.FALSE);
        assertThat(truth("external", "u-1", "{\"a\": 2}", members)).isEqualTo(Truth.FALSE);
        assertThat(truth("external", "u-1", "{\"a\": 2, \"plan\": [7]}", members))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    @DisplayName("are UNKNOWN when external members cannot be asked, unless a rule is TRUE")
    void areUnknownWithoutMembers() {
        List<SegmentMembers> failing = List.of(
                SegmentMembers.NONE,
                (segment, generation, member) -> {
                    throw new IllegalStateException("down");
                },
                (segment, generation, member) -> {
                    throw new StackOverflowError();
                },
                (segment, generation, member) -> {
                    throw new NoClassDefFoundError("gone");
                },
                (segment, generation, member) -> null);

        assertThat(failing).allSatisfy(members -> {
            assertThat(truth("external", "u-1", "{\"plan\": 7, \"a\": 2}", members))
                    .isEqualTo(Truth.UNKNOWN);
            assertThat(truth("external", "u-1", "{\"plan\": 7, \"a\": 1}", members))
                    .isEqualTo(Truth.TRUE);
            assertThat(truth("external", "u-9", "{\"plan\": 7, \"a\": 1}", members))
                    .isEqualTo(Truth.FALSE);
        });
    }

    private static Truth truth(String segment, String key, String attributes, SegmentMembers members) {
        EvaluationContext.Builder context = EvaluationContext.builder(key);
        if (Yaml.value(attributes) instanceof FlagValue.Obj object) {
            context.setAll(object.fields());
        }
        return Yaml.truth("{segment: " + segment + "}", context.build(), "{}", SEGMENTS, members);
    }
}
