package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A hostile context")
@Timeout(60)
class HostileContextTest {

    /** Looks at the attribute {@code a} in every way there is, and at {@code fine}. */
    private static final Snapshot SNAPSHOT = Yaml.snapshot("""
            flags:
              f:
                enabled: true
                prerequisites: [{flag: other, variants: ["on"]}]
                rules:
                  - {when: {attribute: a, in: [1, x, [1]]}, serve: "off"}
                  - {when: {attribute: a, equals: {b: 1}}, serve: "off"}
                  - {when: {attribute: a, contains: zzz}, serve: "off"}
                  - {when: {attribute: a, contains: zzz, ignoreCase: true}, serve: "off"}
                  - {when: {attribute: a, startsWith: [zzz], as: string}, serve: "off"}
                  - {when: {attribute: a, matches: 'a+b$'}, serve: "off"}
                  - {when: {attribute: a, lessThan: -1e300, as: number}, serve: "off"}
                  - {when: {attribute: a, after: "9999-01-01T00:00:00Z"}, serve: "off"}
                  - {when: {attribute: a, semver: ">=99999.0.0", lenient: true}, serve: "off"}
                  - {when: {attribute: a, cidr: 255.0.0.0/8}, serve: "off"}
                  - {when: {attribute: a, hasAny: [zzz], ignoreCase: true}, serve: "off"}
                  - {when: {attribute: a, hasAll: [zzz], as: string}, serve: "off"}
                  - {when: {attribute: a.b.c.d, equals: zzz}, serve: "off"}
                  - {when: {attribute: [a, b], exists: false}, rollout: {percent: 0.001, by: a}, serve: "off"}
                  - {when: {segment: listed}, serve: "off"}
                  - {when: {attribute: fine, equals: 1}, serve: {split: [{variant: "on", weight: 1}], by: a, whenMissing: first}}
                fallthrough: "off"
              other: {enabled: true}
            segments: {listed: {include: {by: a, values: [zzz]}}}
            """);

    @DisplayName("is built, and evaluated, and explained, without an exception and in time")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.guidon.evaluation.HostileValues#all")
    void isEvaluated(String name, Supplier<Object> value) {
        EvaluationContext context = EvaluationContext.builder("u")
                .set("a", value.get())
                .set("fine", 1)
                .build();

        assertThat(SNAPSHOT.getBooleanDetails("f", false, context))
                .extracting(Evaluation::value, Evaluation::reason)
                .containsExactly(true, Reason.SPLIT);
        assertThat(SNAPSHOT.explain("f", context).toString()).contains("f -> on");
        assertThat(context.toString()).isEqualTo("EvaluationContext[2 attributes]");
    }

    @Test
    @DisplayName("does no harm to the other attributes of the same map")
    void harmsNoOtherAttribute() {
        Map<Object, Object> attributes = new LinkedHashMap<>();
        attributes.put("a", new HostileValues.ThrowingText(IllegalStateException::new));
        attributes.put(null, "x");
        attributes.put(7, "x");
        attributes.put("b", HostileValues.doubled(list -> Arrays.asList(list, list)));
        attributes.put("fine", 1);
        @SuppressWarnings("unchecked")
        Map<String, Object> polluted = (Map<String, Object>) (Map<?, ?>) attributes;

        EvaluationContext context =
                EvaluationContext.builder("u").setAll(polluted).build();

        assertThat(context.attribute("fine")).isEqualTo(1L);
        assertThat(SNAPSHOT.isEnabled("f", context)).isTrue();
    }

    @Test
    @DisplayName("of endless attributes, or none that can be read, is built")
    void isBuilt() {
        EvaluationContext endless = EvaluationContext.builder("u")
                .setAll(new HostileValues.InfiniteMap())
                .build();
        EvaluationContext unreadable = EvaluationContext.builder(null)
                .setAll(null)
                .setAll(Collections.checkedMap(new HashMap<>(), String.class, Object.class))
                .set(null, 1)
                .set(null, true)
                .set(null, null)
                .set("a", 'x')
                .build();

        assertThat(endless.attribute("k99999")).isEqualTo(99_999L);
        assertThat(endless.attribute("k100000")).isNull();
        assertThat(unreadable.attribute("a")).isEqualTo("x");
    }

    @Test
    @DisplayName("with a targeting key of 50 MB counts as one without")
    void hasHugeKey() {
        EvaluationContext context = EvaluationContext.of("a".repeat(50_000_000));
        Snapshot snapshot = Yaml.flag("{enabled: true, fallthrough: {split: [{variant: 'on', weight: 1}]}}");

        assertThat(context.targetingKey()).isNull();
        assertThat(snapshot.evaluate("f", context).errorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
        assertThat(snapshot.evaluate("f", EvaluationContext.of("a".repeat(1_000_000)))
                        .variant())
                .isEqualTo("on");
    }

    @Test
    @DisplayName("that is null counts as empty, and a flag's key that is null as unknown")
    void isNull() {
        Snapshot notReady = new SnapshotCompiler(Yaml.NOON, SegmentMembers.NONE).notReady();

        assertThat(SNAPSHOT.getBooleanDetails("f", true, null).reason()).isEqualTo(Reason.DEFAULT);
        assertThat(SNAPSHOT.evaluate("f", null).variant()).isEqualTo("off");
        assertThat(SNAPSHOT.explain("f", null).evaluation().variant()).isEqualTo("off");
        assertThat(Stream.of(SNAPSHOT, notReady)).allSatisfy(snapshot -> {
            assertThat(snapshot.isEnabled(null)).isFalse();
            assertThat(snapshot.getStringDetails(null, null, null).value()).isNull();
            assertThat(snapshot.evaluate(null, null).reason()).isEqualTo(Reason.ERROR);
            assertThat(snapshot.explain(null, null).toValue().toString()).contains("\"ERROR\"");
        });
    }

    @Test
    @DisplayName("is built even if reading it ends with an error of the virtual machine")
    void survivesErrors() {
        EvaluationContext context = EvaluationContext.builder(null)
                .set("a", new HostileValues.ThrowingText(OutOfMemoryError::new))
                .set("fine", 1)
                .build();

        assertThat(context.attribute("a")).isNull();
        assertThat(context.attribute("fine")).isEqualTo(1L);
    }
}
