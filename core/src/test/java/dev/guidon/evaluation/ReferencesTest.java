package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.guidon.definition.Condition;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("References between definitions")
@Timeout(60)
class ReferencesTest {

    @DisplayName("to another flag compare the variant that it serves, whatever the reason")
    @ParameterizedTest(name = "{0} serves {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    on        | ["on"]        | TRUE
                    on        | ["off"]       | FALSE
                    on        | ["off", "on"] | TRUE
                    disabled  | ["off"]       | TRUE
                    disabled  | ["on"]        | FALSE
                    unmet     | ["off"]       | TRUE
                    keyless   | ["off"]       | TRUE
                    mute      | [a]           | FALSE
                    nowhere   | ["on"]        | UNKNOWN
                    broken    | ["on"]        | UNKNOWN
                    """)
    void compareTheVariant(String flag, String variants, Truth expected) {
        String flags = """
                {
                  on: {enabled: true},
                  disabled: {enabled: false},
                  unmet: {enabled: true, prerequisites: [{flag: nowhere, variants: ["on"]}]},
                  keyless: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}], by: nothing}},
                  mute: {enabled: true, type: string, variants: {a: A}},
                  broken: {enabled: true, rules: [{when: {attribute: a, matches: "("}, serve: "on"}]}
                }""";

        assertThat(Yaml.truth(
                        "{flag: " + flag + ", variants: " + variants + "}",
                        EvaluationContext.of("u"),
                        flags,
                        "{}",
                        SegmentMembers.NONE))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("on a cycle are an error of the flags on it, and of no others")
    void onCycle() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  a: {enabled: true, prerequisites: [{flag: b, variants: ["on"]}]}
                  b: {enabled: true, rules: [{when: {all: [{not: {flag: c, variants: ["on"]}}]}, serve: "off"}], fallthrough: "on"}
                  c: {enabled: true, prerequisites: [{flag: a, variants: ["on"]}]}
                  self: {enabled: true, rules: [{when: {flag: self, variants: ["on"]}, serve: "on"}]}
                  needs-a: {enabled: true, prerequisites: [{flag: a, variants: ["on"]}]}
                  asks-a: {enabled: true, rules: [{when: {isTrue: {flag: a, variants: ["on"]}}, serve: "off"}], fallthrough: "on"}
                  in-cyclic: {enabled: true, rules: [{when: {not: {isTrue: {segment: s1}}}, serve: "off"}], fallthrough: "on"}
                  below: {enabled: true, prerequisites: [{flag: innocent, variants: ["on"]}]}
                  innocent: {enabled: true}
                segments:
                  s1: {rules: [{when: {segment: s2}}]}
                  s2: {rules: [{when: {any: [{segment: [missing, s1]}]}}]}
                  s3: {rules: [{when: {flag: through-segment, variants: ["on"]}}]}
                """.replace(
                        "innocent: {enabled: true}",
                        "innocent: {enabled: true}\n"
                                + "  through-segment: {enabled: true, rules: [{when: {segment: s3}, serve: 'on'}]}"));

        assertThat(snapshot.problems().keySet())
                .map(DefinitionKey::toString)
                .containsExactlyInAnyOrder(
                        "flag/a",
                        "flag/b",
                        "flag/c",
                        "flag/self",
                        "flag/through-segment",
                        "segment/s1",
                        "segment/s2",
                        "segment/s3");
        assertThat(List.of("a", "b", "c", "self", "through-segment"))
                .allSatisfy(key -> assertThat(snapshot.getBooleanDetails(key, true, EvaluationContext.EMPTY))
                        .extracting(Evaluation::value, Evaluation::errorCode)
                        .containsExactly(true, ErrorCode.PARSE_ERROR));
        assertThat(snapshot.evaluate("a", EvaluationContext.EMPTY).errorMessage())
                .contains("a cycle of [flag/a, flag/b, flag/c]");
        assertThat(snapshot.evaluate("needs-a", EvaluationContext.EMPTY).prerequisite())
                .isEqualTo("a");
        assertThat(snapshot.evaluate("asks-a", EvaluationContext.EMPTY).variant())
                .isEqualTo("on");
        assertThat(snapshot.evaluate("in-cyclic", EvaluationContext.EMPTY).variant())
                .isEqualTo("off");
        assertThat(snapshot.evaluate("below", EvaluationContext.EMPTY).variant())
                .isEqualTo("on");
    }

    @Test
    @DisplayName("may form a chain of 32, and no longer one")
    void chainOf32() {
        Snapshot snapshot = Snapshot.of(chain(34));

        assertThat(snapshot.problems().keySet()).map(DefinitionKey::key).containsExactly("f32");
        assertThat(snapshot.evaluate("f31", EvaluationContext.EMPTY).variant()).isEqualTo("on");
        assertThat(snapshot.evaluate("f32", EvaluationContext.EMPTY).errorMessage())
                .contains("a chain of 33", "at most 32");
        assertThat(snapshot.evaluate("f33", EvaluationContext.EMPTY).prerequisite())
                .isEqualTo("f32");
    }

    @Test
    @DisplayName("in a chain of 10,000 flags take no long time and no deep stack")
    void longChain() {
        Snapshot snapshot = Snapshot.of(chain(10_000));

        assertThat(snapshot.problems()).hasSize(10_000 / 33);
        assertThatCode(() ->
                        IntStream.range(0, 500).forEach(i -> snapshot.explain("f" + 20 * i, EvaluationContext.EMPTY)))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("in a cycle of 10,000 flags are found")
    void longCycle() {
        List<Definition> flags = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            flags.add(Flag.bool("f" + i, true)
                    .withPrerequisites(new Prerequisite("f" + (i + 1) % 10_000, List.of("on"))));
        }

        assertThat(Snapshot.of(Definitions.of(flags)).problems()).hasSize(10_000);
    }

    @Test
    @DisplayName("that would make an evaluation look at more than 10,000 definitions are an error where they do")
    void boundedCost() {
        List<Definition> flags = new ArrayList<>();
        flags.add(Flag.bool("f0", true));
        for (int i = 1; i < 30; i++) {
            Condition below = new Condition.FlagServes("f" + (i - 1), List.of("on"), Extra.NONE);
            flags.add(Flag.bool("f" + i, true)
                    .withRules(new Rule("a", new Condition.Not(below, Extra.NONE), "on"), new Rule("b", below, "on")));
        }

        Snapshot snapshot = Snapshot.of(Definitions.of(flags));

        // The flag f(n) looks at 2^(n + 1) - 1 definitions.
        assertThat(snapshot.problems().keySet()).map(DefinitionKey::key).containsExactly("f13", "f26");
        assertThat(snapshot.evaluate("f12", EvaluationContext.EMPTY).variant()).isEqualTo("on");
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            snapshot.evaluate("f25", EvaluationContext.EMPTY);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("to prerequisites count for that bound as those in conditions do")
    void boundedPrerequisites() {
        List<Definition> flags = new ArrayList<>();
        flags.add(Flag.bool("f0", true));
        for (int i = 1; i < 30; i++) {
            String below = "f" + (i - 1);
            flags.add(Flag.bool("f" + i, true)
                    .withPrerequisites(
                            new Prerequisite(below, List.of("on")), new Prerequisite(below, List.of("on", "off"))));
        }

        Snapshot snapshot = Snapshot.of(Definitions.of(flags));

        assertThat(snapshot.evaluate("f12", EvaluationContext.EMPTY).variant()).isEqualTo("on");
        assertThat(snapshot.evaluate("f13", EvaluationContext.EMPTY).errorMessage())
                .contains("at most 10000");
    }

    @Test
    @DisplayName("of wide definitions are quick to check")
    void wideDefinitions() {
        List<Definition> flags = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int width = Math.min(i, 100);
            int first = i - width;
            flags.add(Flag.bool("f" + i, true)
                    .withPrerequisites(IntStream.range(0, width)
                            .mapToObj(j -> new Prerequisite("f" + (first + j), List.of("on")))
                            .toArray(Prerequisite[]::new)));
        }

        Snapshot snapshot = Snapshot.of(Definitions.of(flags));

        for (int i = 0; i < 500; i++) {
            snapshot.evaluate("f" + i, EvaluationContext.EMPTY);
        }
        assertThat(snapshot.problems()).isNotEmpty();
    }

    @Test
    @DisplayName("tell which flags a change affects")
    void affectedFlags() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  base: {enabled: true}
                  needs-base: {enabled: true, prerequisites: [{flag: base, variants: ["on"]}]}
                  asks: {enabled: true, rules: [{when: {any: [{not: {flag: needs-base, variants: ["on"]}}]}, serve: "off"}], fallthrough: "on"}
                  in-segment: {enabled: true, rules: [{when: {isTrue: {segment: [outer]}}, serve: "off"}], fallthrough: "on"}
                  other: {enabled: true}
                segments:
                  outer: {rules: [{when: {all: [{segment: inner}]}}]}
                  inner: {}
                """);

        assertThat(snapshot.flagsAffectedBy(Set.of(DefinitionKey.flag("base"))))
                .containsExactly("asks", "base", "needs-base");
        assertThat(snapshot.flagsAffectedBy(Set.of(DefinitionKey.segment("inner"))))
                .containsExactly("in-segment");
        assertThat(snapshot.flagsAffectedBy(Set.of(DefinitionKey.flag("other"), DefinitionKey.flag("gone"))))
                .containsExactly("gone", "other");
        assertThat(snapshot.flagsAffectedBy(Set.of())).isEmpty();
    }

    private static Definitions chain(int length) {
        List<Definition> flags = new ArrayList<>();
        flags.add(Flag.bool("f0", true));
        for (int i = 1; i < length; i++) {
            flags.add(Flag.bool("f" + i, true).withPrerequisites(new Prerequisite("f" + (i - 1), List.of("on"))));
        }
        return Definitions.of(flags);
    }
}
