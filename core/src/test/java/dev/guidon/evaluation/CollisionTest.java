package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of these takes minutes where values that collide are compared one after the other. */
@DisplayName("16,000 values whose hashes collide, and that are of no use to whoever chose them:")
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollisionTest {

    private static final int MANY = 16_000;

    private static final List<String> TEXTS =
            IntStream.range(0, MANY).mapToObj(CollisionTest::colliding).toList();

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("texts", i -> FlagValue.of(TEXTS.get(i))),
                kind("lists of one text", i -> new FlagValue.Array(List.of(FlagValue.of(TEXTS.get(i))))),
                kind(
                        "lists in lists",
                        i -> new FlagValue.Array(
                                List.of(FlagValue.TRUE, new FlagValue.Array(List.of(FlagValue.of(TEXTS.get(i))))))),
                kind("objects by their names", i -> new FlagValue.Obj(Map.of(TEXTS.get(i), FlagValue.TRUE))),
                kind("objects by their values", i -> new FlagValue.Obj(Map.of("a", FlagValue.of(TEXTS.get(i))))),
                // The hash of a long is that of its halves.
                kind("integers", i -> FlagValue.of(((long) i << 32) | i)),
                kind(
                        "texts and integers",
                        i -> i % 2 == 0
                                ? FlagValue.of(TEXTS.get(i))
                                : FlagValue.of(
                                        ((long) i << 32) | (i ^ TEXTS.get(0).hashCode()))));
    }

    @DisplayName("conditions and segments of them are compiled, and found")
    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void areOperands(String name, List<FlagValue> values) {
        Flag flag = Flag.bool("f", true)
                .withRules(
                        new Rule("in", comparison(Operator.IN, values), "off"),
                        new Rule("any", comparison(Operator.HAS_ANY, values), "off"),
                        new Rule("all", comparison(Operator.HAS_ALL, values), "off"),
                        new Rule("listed", new Condition.InSegment("s"), "off"));
        Segment segment =
                Segment.of("s").withMembers(List.of(new MemberList(Attribute.of("b"), values, Extra.NONE)), List.of());
        Snapshot snapshot = Snapshot.of(Definitions.of(flag, segment));

        assertThat(snapshot.problems()).isEmpty();
        for (int i = 0; i < MANY; i += 97) {
            for (String attribute : List.of("a", "b")) {
                EvaluationContext there = EvaluationContext.builder(null)
                        .set(attribute, values.get(i))
                        .build();
                assertThat(snapshot.isEnabled("f", there)).isFalse();
            }
        }
        EvaluationContext all = EvaluationContext.builder(null).set("a", values).build();
        EvaluationContext none = EvaluationContext.builder(null)
                .set("a", List.of(colliding(MANY), List.of(colliding(MANY))))
                .build();
        assertThat(snapshot.isEnabled("f", all)).isFalse();
        assertThat(snapshot.isEnabled("f", none)).isTrue();
    }

    @Test
    @DisplayName("names of variants, of attributes, and of flags and segments")
    void areNames() {
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        TEXTS.subList(0, 256).forEach(name -> variants.put(name, FlagValue.of(name)));
        List<Flag> flags = new ArrayList<>();
        TEXTS.forEach(key -> flags.add(Flag.bool(key, true)));
        flags.add(Flag.of("named", FlagType.STRING, variants, null).withFallthrough(Serve.variant(TEXTS.get(7))));
        flags.add(Flag.bool("asks", true)
                .withRules(new Rule("r", new Condition.FlagServes("named", TEXTS.subList(0, 256), Extra.NONE), "off")));
        Map<String, Object> attributes = new LinkedHashMap<>();
        TEXTS.forEach(name -> attributes.put(name, 1));
        EvaluationContext context = EvaluationContext.builder(null)
                .setAll(attributes)
                .set("a", attributes)
                .build();

        Snapshot snapshot = Snapshot.of(Definitions.of(flags));

        assertThat(snapshot.isEnabled("asks", context)).isFalse();
        assertThat(context.attribute(TEXTS.get(MANY - 1))).isEqualTo(1L);
        assertThat(TEXTS).allMatch(snapshot::isEnabled);
    }

    private static Condition comparison(Operator operator, List<FlagValue> values) {
        return new Comparison(Attribute.of("a"), operator, values);
    }

    private static Arguments kind(String name, IntFunction<FlagValue> value) {
        return Arguments.of(name, IntStream.range(0, MANY).mapToObj(value).toList());
    }

    /** Since {@code Aa} and {@code BB} have one hash, so has every row of them. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            text.append(((number >> bit) & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
