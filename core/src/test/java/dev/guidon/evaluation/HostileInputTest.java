package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileInputTest {

    private static final Snapshot FLAGS = Scenario.read("""
            flags:
              all-operators:
                enabled: true
                rules:
                  - when:
                      any:
                        - {attribute: a, equals: x}
                        - {attribute: a, in: [x, [1], {b: 1}]}
                        - {attribute: a, contains: x, ignoreCase: true}
                        - {attribute: a, matches: "(x+x+)+y"}
                        - {attribute: a, lessThan: 0}
                        - {attribute: a, after: "2050-01-01T00:00:00Z", unit: s}
                        - {attribute: a, semver: ">9.0.0"}
                        - {attribute: a, cidr: 10.0.0.0/8}
                        - {attribute: a, hasAll: [x]}
                        - {attribute: a, equals: "x", as: string}
                        - {attribute: a.b.c, exists: true}
                        - {bucket: s, to: 0, by: a}
                    serve: "off"
              split: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}], by: a, whenMissing: first}}
            """);

    static Stream<Named<Supplier<Object>>> values() {
        Map<Object, Object> cyclic = new HashMap<>();
        cyclic.put("b", cyclic);
        cyclic.put(7, cyclic);
        List<Object> cyclicList = new ArrayList<>();
        cyclicList.add(cyclicList);
        cyclicList.add(cyclicList);
        Object deep = "x";
        for (int i = 0; i < 100_000; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Map.of("b", deep);
        }
        Object bottom = deep;
        List<Object> wide = List.of("leaf");
        for (int i = 0; i < 40; i++) {
            wide = List.of(wide, wide, wide, wide);
        }
        Object widest = wide;
        return Stream.of(
                named("a huge string", () -> "x".repeat(20_000_000)),
                named("NaN", () -> Double.NaN),
                named("an infinity", () -> Float.NEGATIVE_INFINITY),
                named("a number of 100,000 digits", () -> BigInteger.TEN.pow(100_000)),
                named("a number with a huge exponent", () -> new BigDecimal("1e999999999")),
                named("a number with a tiny exponent", () -> new BigDecimal("1e-999999999")),
                named("a cyclic map", () -> cyclic),
                named("a cyclic list", () -> cyclicList),
                named("100,000 levels", () -> bottom),
                named("4 to the 40 leaves", () -> widest),
                named("lone surrogates", () -> "\uD800\uDC00\uD800"),
                named("nulls", () -> Arrays.asList(null, null)),
                named("an array", () -> new int[][] {{1}, {2}}),
                named("an unknown type", Object::new),
                named("a map that throws", ThrowingMap::new),
                named("an endless list", () -> (Iterable<Object>) Endless::new),
                named("a number that throws", ThrowingNumber::new),
                named("a text that overflows the stack", ThrowingText::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    @DisplayName("no attribute makes building a context, evaluating or explaining throw")
    void neverThrows(Supplier<Object> hostile) {
        EvaluationContext context = EvaluationContext.builder("u")
                .set("a", hostile.get())
                .setAll(hostile.get() instanceof Map<?, ?> map ? strings(map) : Map.of())
                .build();

        assertThat(FLAGS.getBooleanDetails("all-operators", true, context).errorCode())
                .isNull();
        assertThat(FLAGS.isEnabled("split", context)).isTrue();
        assertThat(FLAGS.explain("all-operators", context).toString()).contains("all-operators");
    }

    @Test
    @DisplayName("null keys, contexts, defaults and attribute names are answered")
    void acceptsNulls() {
        EvaluationContext context =
                EvaluationContext.builder(null).set(null, "x").set("a", null).build();

        assertThat(FLAGS.getBooleanValue(null, true, context)).isTrue();
        assertThat(FLAGS.isEnabled("split", null)).isTrue();
        assertThat(FLAGS.getStringValue("unknown", null, null)).isNull();
        assertThat(FLAGS.getStringDetails(null, "d", null).errorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(FLAGS.evaluate(null, null).isDefault()).isTrue();
        assertThat(FLAGS.explain(null, null).steps()).isEmpty();
    }

    @Test
    @DisplayName("members that throw are UNKNOWN, and a listener that throws is not heard of")
    void survivesWhatItCalls() {
        Definitions definitions =
                FlagFormat.parseYaml("flags: {f: {enabled: true, rules: [{when: {segment: s}, serve: \"off\"}]}}\n"
                        + "segments: {s: {members: external, generation: g}}");
        SegmentMembers broken = (segment, generation, member) -> {
            throw new IllegalStateException("no members");
        };
        Snapshot snapshot = new SnapshotCompiler(Clock.systemUTC(), broken, (evaluation, context) -> {
                    throw new IllegalStateException("broken listener");
                })
                .compile(definitions);

        assertThat(snapshot.getBooleanDetails("f", false, EvaluationContext.of("u"))
                        .variant())
                .isEqualTo("on");
    }

    @Test
    @DisplayName("external members are asked by segment, generation and the text of the attribute")
    void asksMembers() {
        Definitions definitions =
                FlagFormat.parseYaml("flags: {f: {enabled: true, rules: [{when: {segment: s}, serve: \"off\"}]}}\n"
                        + "segments: {s: {members: external, generation: g, by: id, exclude: {values: [blocked]}}}");
        SegmentMembers members =
                (segment, generation, member) -> Truth.of((segment + generation + member).equals("sg7"));
        Snapshot snapshot = new SnapshotCompiler(Clock.systemUTC(), members).compile(definitions);

        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("u").set("id", 7).build()))
                .isFalse();
        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("u").set("id", 8).build()))
                .isTrue();
        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("blocked").set("id", 7).build()))
                .isTrue();
        assertThat(snapshot.isEnabled("f", EvaluationContext.of("u"))).isTrue();
    }

    private static Named<Supplier<Object>> named(String name, Supplier<Object> value) {
        return Named.of(name, value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> strings(Map<?, ?> map) {
        return (Map<String, ?>) map;
    }

    private static final class ThrowingMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("hostile");
        }
    }

    private static final class Endless implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Object next() {
            return "again";
        }
    }

    private static final class ThrowingNumber extends BigInteger {
        private static final long serialVersionUID = 1L;

        ThrowingNumber() {
            super("7");
        }

        @Override
        public int bitLength() {
            throw new IllegalStateException("hostile");
        }
    }

    private static final class ThrowingText implements CharSequence {
        @Override
        public int length() {
            throw new IllegalStateException("hostile");
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException("hostile");
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException("hostile");
        }

        @Override
        @SuppressWarnings("InfiniteRecursion")
        public String toString() {
            return toString() + "again";
        }
    }
}
