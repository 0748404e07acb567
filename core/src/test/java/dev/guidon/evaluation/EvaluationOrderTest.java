package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.guidon.definition.FlagValue;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An evaluation")
class EvaluationOrderTest {

    private static final String FLAGS = """
            flags:
              plain: {enabled: true}
              disabled: {}
              disabled-with-all: {enabled: false, prerequisites: [{flag: disabled, variants: ["on"]}], rules: [{serve: "on"}]}
              archived: {enabled: true, archived: true}
              archived-disabled: {enabled: false, archived: true}
              off-is-on: {enabled: false, offVariant: "on"}
              mute: {enabled: false, type: string, variants: {a: A}}
              needs-plain: {enabled: true, prerequisites: [{flag: plain, variants: ["on"]}]}
              needs-disabled: {enabled: true, prerequisites: [{flag: plain, variants: ["on"]}, {flag: off-is-on, variants: ["on"]}]}
              needs-archived: {enabled: true, prerequisites: [{flag: archived, variants: ["off", "on"]}]}
              needs-other: {enabled: true, prerequisites: [{flag: plain, variants: ["off"]}]}
              needs-missing: {enabled: true, prerequisites: [{flag: nowhere, variants: ["on"]}]}
              needs-broken: {enabled: true, prerequisites: [{flag: broken, variants: ["on"]}]}
              needs-mute: {enabled: true, type: string, variants: {a: A}, prerequisites: [{flag: mute, variants: [a]}]}
              needs-unmet: {enabled: true, prerequisites: [{flag: needs-other, variants: ["off"]}]}
              ruled:
                enabled: true
                type: string
                variants: {a: A, b: B, c: C, d: D}
                rules:
                  - {id: staff, when: {attribute: staff, equals: true}, serve: a}
                  - {when: {attribute: country, in: [DE]}, serve: b}
                  - {id: nobody, when: {attribute: country, in: [FR]}, rollout: 0, serve: b}
                  - {id: all, when: {attribute: country, in: [FR]}, rollout: 100, serve: c}
                  - {id: split, when: {attribute: country, in: [IT]}, serve: {split: [{variant: d, weight: 1}]}}
                fallthrough: d
              open: {enabled: true, type: string, variants: {a: A}}
              open-ruled: {enabled: true, type: string, variants: {a: A}, rules: [{when: {attribute: x, exists: true}, serve: a}]}
              split: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}]}}
              gap-in-rule:
                enabled: true
                rules: [{id: gap, serve: {split: [{variant: "on", from: 0, to: 0}]}}]
                fallthrough: "off"
              gap-in-weights: {enabled: true, rules: [{id: gap, serve: {split: [{variant: "on", weight: 1}], total: 1000000000000}}], fallthrough: "off"}
              gap-in-fallthrough: {enabled: true, fallthrough: {split: [{variant: "on", from: 0, to: 0}]}}
              broken: {enabled: true, rules: [{when: {attribute: a, matches: "("}, serve: "on"}]}
              by-now: {enabled: true, rules: [{when: {attribute: $now, after: "2026-01-01T00:00:00Z"}, serve: "off"}], fallthrough: "on"}
            """;

    private static final Snapshot SNAPSHOT = Yaml.snapshot(FLAGS);

    @DisplayName("goes from existence over the type, the switch, and prerequisites to rules and the fallthrough")
    @ParameterizedTest(name = "{0} with {1}: {2}, {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    # flag             | context           | value   | variant | reason              | rule     | prerequisite | error
                    unknown            | {}                | default | -       | ERROR               | -        | -            | FLAG_NOT_FOUND
                    plain              | {}                | true    | on      | STATIC              | -        | -            | -
                    disabled           | {}                | false   | off     | DISABLED            | -        | -            | -
                    disabled-with-all  | {}                | false   | off     | DISABLED            | -        | -            | -
                    archived           | {}                | false   | off     | DISABLED            | -        | -            | -
                    archived-disabled  | {}                | false   | off     | DISABLED            | -        | -            | -
                    off-is-on          | {}                | true    | on      | DISABLED            | -        | -            | -
                    mute               | {}                | default | -       | DISABLED            | -        | -            | -
                    needs-plain        | {}                | true    | on      | DEFAULT             | -        | -            | -
                    needs-disabled     | {}                | false   | off     | PREREQUISITE_FAILED | -        | off-is-on    | -
                    needs-archived     | {}                | false   | off     | PREREQUISITE_FAILED | -        | archived     | -
                    needs-other        | {}                | false   | off     | PREREQUISITE_FAILED | -        | plain        | -
                    needs-missing      | {}                | false   | off     | PREREQUISITE_FAILED | -        | nowhere      | -
                    needs-broken       | {}                | false   | off     | PREREQUISITE_FAILED | -        | broken       | -
                    needs-mute         | {}                | default | -       | PREREQUISITE_FAILED | -        | mute         | -
                    needs-unmet        | {}                | true    | on      | DEFAULT             | -        | -            | -
                    ruled              | {"staff": true, "country": "DE"} | A | a | TARGETING_MATCH   | staff    | -            | -
                    ruled              | {"country": "DE"} | B       | b       | TARGETING_MATCH     | rules[1] | -            | -
                    ruled              | {"country": "FR"} | C       | c       | SPLIT               | all      | -            | -
                    ruled              | {"country": "IT"} | D       | d       | SPLIT               | split    | -            | -
                    ruled              | {}                | D       | d       | DEFAULT             | -        | -            | -
                    open               | {}                | default | -       | DEFAULT             | -        | -            | -
                    open-ruled         | {}                | default | -       | DEFAULT             | -        | -            | -
                    open-ruled         | {"x": 1}          | A       | a       | TARGETING_MATCH     | rules[0] | -            | -
                    split              | {}                | true    | on      | SPLIT               | -        | -            | -
                    gap-in-rule        | {}                | false   | off     | DEFAULT             | -        | -            | -
                    gap-in-weights     | {}                | false   | off     | DEFAULT             | -        | -            | -
                    gap-in-fallthrough | {}                | default | -       | DEFAULT             | -        | -            | -
                    broken             | {}                | default | -       | ERROR               | -        | -            | PARSE_ERROR
                    by-now             | {}                | false   | off     | TARGETING_MATCH     | rules[0] | -            | -
                    """)
    void goesInOrder(
            String key,
            String attributes,
            String value,
            String variant,
            Reason reason,
            String ruleId,
            String prerequisite,
            ErrorCode errorCode) {
        EvaluationContext context = context(attributes);

        Evaluation<FlagValue> evaluation = SNAPSHOT.evaluate(key, context);
        Evaluation<String> asString = SNAPSHOT.getStringDetails(key, "default", context);
        Evaluation<Boolean> asBoolean = SNAPSHOT.getBooleanDetails(key, true, context);

        Evaluation<?> typed = asString.errorCode() == ErrorCode.TYPE_MISMATCH ? asBoolean : asString;
        assertThat(List.of(evaluation, typed))
                .extracting(
                        Evaluation::flagKey,
                        Evaluation::variant,
                        Evaluation::reason,
                        Evaluation::ruleId,
                        Evaluation::prerequisite,
                        Evaluation::errorCode,
                        Evaluation::isDefault,
                        read -> read.errorMessage() != null)
                .containsOnly(tuple(
                        key, variant, reason, ruleId, prerequisite, errorCode, variant == null, errorCode != null));
        assertThat(variant == null ? "default" : typed.value().toString()).isEqualTo(value);
        assertThat(SNAPSHOT.getStringValue(key, "default", context)).isEqualTo(asString.value());
        assertThat(SNAPSHOT.getBooleanValue(key, true, context)).isEqualTo(asBoolean.value());
    }

    @DisplayName("of another type is a mismatch before anything else of the flag counts")
    @ParameterizedTest
    @ValueSource(strings = {"plain", "disabled", "archived", "needs-missing", "split", "gap-in-fallthrough", "by-now"})
    void refusesOtherTypes(String key) {
        EvaluationContext context = EvaluationContext.of("u-1");

        List<Evaluation<?>> mismatches = List.of(
                SNAPSHOT.getStringDetails(key, "default", context),
                SNAPSHOT.getIntegerDetails(key, 7, context),
                SNAPSHOT.getLongDetails(key, 7, context),
                SNAPSHOT.getDoubleDetails(key, 7, context),
                SNAPSHOT.getObjectDetails(key, FlagValue.of(7), context));

        assertThat(mismatches.stream().<Object>map(Evaluation::value))
                .containsExactly("default", 7, 7L, 7.0, FlagValue.of(7));
        assertThat(mismatches)
                .extracting(Evaluation::reason, Evaluation::errorCode, Evaluation::variant)
                .containsOnly(tuple(Reason.ERROR, ErrorCode.TYPE_MISMATCH, null));
    }

    @Test
    @DisplayName("of a broken or unknown flag is that error, whatever type is asked for")
    void reportsBrokenBeforeTypes() {
        assertThat(SNAPSHOT.getStringDetails("broken", "default", EvaluationContext.EMPTY)
                        .errorCode())
                .isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(SNAPSHOT.getStringDetails("unknown", "default", EvaluationContext.EMPTY)
                        .errorMessage())
                .contains("'unknown'");
    }

    @Test
    @DisplayName("is the same object for the same outcome")
    void isTheSameObject() {
        EvaluationContext german = context("{\"country\": \"DE\"}");

        assertThat(SNAPSHOT.getStringDetails("ruled", "x", german))
                .isSameAs(SNAPSHOT.getStringDetails("ruled", "y", context("{\"country\": [\"DE\"]}")));
        assertThat(SNAPSHOT.evaluate("ruled", german)).isSameAs(SNAPSHOT.evaluate("ruled", german));
        assertThat(SNAPSHOT.getBooleanDetails("disabled", true, german))
                .isSameAs(SNAPSHOT.getBooleanDetails("disabled", false, EvaluationContext.EMPTY));
        assertThat(SNAPSHOT.evaluate("broken", german)).isSameAs(SNAPSHOT.evaluate("broken", german));
    }

    @Test
    @DisplayName("before anything was loaded is not ready")
    void isNotReady() {
        Snapshot snapshot = new SnapshotCompiler(Clock.systemUTC(), SegmentMembers.NONE).notReady();

        assertThat(snapshot.isReady()).isFalse();
        assertThat(snapshot.getBooleanDetails("plain", true, EvaluationContext.EMPTY))
                .extracting(Evaluation::value, Evaluation::reason, Evaluation::errorCode)
                .containsExactly(true, Reason.ERROR, ErrorCode.PROVIDER_NOT_READY);
        assertThat(SNAPSHOT.isReady()).isTrue();
    }

    private static EvaluationContext context(String attributes) {
        return EvaluationContext.builder("u-1")
                .setAll(((FlagValue.Obj) Yaml.value(attributes)).fields())
                .build();
    }
}
