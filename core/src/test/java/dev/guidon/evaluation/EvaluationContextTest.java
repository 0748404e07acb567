package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationContextTest {

    static Stream<Arguments> conversions() {
        Instant instant = Instant.parse("2027-01-01T00:00:00Z");
        UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
        return Stream.of(
                Arguments.of("x", "x"),
                Arguments.of(CharBuffer.wrap("x"), "x"),
                Arguments.of('x', "x"),
                Arguments.of(FlagKind.RELEASE, "RELEASE"),
                Arguments.of(uuid, uuid.toString()),
                Arguments.of((byte) 1, 1L),
                Arguments.of((short) 1, 1L),
                Arguments.of(1, 1L),
                Arguments.of(new AtomicInteger(1), 1L),
                Arguments.of(new AtomicLong(1), 1L),
                Arguments.of(1.0f, 1L),
                Arguments.of(1.5, 1.5),
                Arguments.of(-0.0, 0L),
                Arguments.of(0x1p70, BigInteger.ONE.shiftLeft(70)),
                Arguments.of(new BigDecimal("1.50"), 1.5),
                Arguments.of(new BigDecimal("1e2"), 100L),
                Arguments.of(new BigDecimal("0e9"), 0L),
                Arguments.of(BigInteger.TWO, 2L),
                Arguments.of(true, true),
                Arguments.of(instant, instant),
                Arguments.of(OffsetDateTime.parse("2027-01-01T01:00:00+01:00"), instant),
                Arguments.of(ZonedDateTime.parse("2027-01-01T00:00:00Z[UTC]"), instant),
                Arguments.of(java.util.Date.from(instant), instant),
                Arguments.of(new String[] {"x"}, List.of("x")),
                Arguments.of(new double[] {1, 2.5}, List.of(1L, 2.5)),
                Arguments.of(Arrays.asList("x", null), Arrays.asList("x", null)),
                Arguments.of(Map.of("a", Map.of("b", 1)), Map.of("a", Map.of("b", 1L))),
                Arguments.of(new FlagValue.Obj(Map.of("a", FlagValue.of(true))), Map.of("a", true)),
                Arguments.of(Double.NaN, null),
                Arguments.of(new Object(), null),
                Arguments.of(FlagValue.NULL, null));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    @DisplayName("values are brought into the form that conditions compare")
    void converts(Object given, Object kept) {
        assertThat(EvaluationContext.builder("k").set("a", given).build().attribute("a"))
                .isEqualTo(kept);
    }

    @Test
    @DisplayName("what is changed after building does not change the context")
    void isImmutable() {
        List<Object> list = new ArrayList<>(List.of("x"));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        EvaluationContext.Builder builder = EvaluationContext.builder("k").set("map", map);
        EvaluationContext context = builder.build();

        list.add("y");
        map.clear();
        EvaluationContext second = builder.set("more", 1).set("map", "gone").build();
        EvaluationContext third = builder.set("map", "back").build();

        assertThat(context.attribute("map")).isEqualTo(Map.of("list", List.of("x")));
        assertThat(context.attribute("more")).isNull();
        assertThat(second.attribute("map")).isEqualTo("gone");
        assertThat(List.of(third.attribute("map"), third.attribute("more"))).isEqualTo(List.of("back", 1L));
    }

    @Test
    @DisplayName("the last value set counts, few attributes or many, and null takes one away")
    void overwrites() {
        for (int size : new int[] {1, 8, 9, 40}) {
            EvaluationContext.Builder builder = EvaluationContext.builder("k");
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < size; i++) {
                    builder.set("a" + i, i + 100L * round);
                }
            }
            EvaluationContext context =
                    builder.set("a0", null).set("flag", true).build();

            assertThat(context.attribute("a0")).isNull();
            assertThat(context.attribute("flag")).isEqualTo(true);
            assertThat(context.attribute("a" + (size - 1))).isEqualTo(size == 1 ? null : size - 1 + 100L);
        }
    }

    @Test
    @DisplayName("merging puts one context on top of another")
    void merges() {
        EvaluationContext below =
                EvaluationContext.builder("k").set("a", 1).set("b", 1).build();
        EvaluationContext above =
                EvaluationContext.builder(null).set("b", 2).set("c", 2).build();

        EvaluationContext merged = below.merge(above);

        assertThat(merged.targetingKey()).isEqualTo("k");
        assertThat(below.merge(EvaluationContext.of("")).targetingKey()).isEmpty();
        assertThat(List.of(merged.attribute("a"), merged.attribute("b"), merged.attribute("c")))
                .isEqualTo(List.of(1L, 2L, 2L));
    }

    @Test
    @DisplayName("merging goes on from few attributes to many")
    void mergesMany() {
        for (int size : new int[] {0, 1, 3, 4, 7, 8, 9, 20}) {
            EvaluationContext.Builder below = EvaluationContext.builder("k").set("b0", "below");
            EvaluationContext.Builder above = EvaluationContext.builder(null).set("b0", null);
            for (int i = 0; i < size; i++) {
                below.set("a" + i, i);
                above.set("b" + i, i);
            }

            EvaluationContext merged = below.build().merge(above.build());

            for (int i = 0; i < size; i++) {
                assertThat(merged.attribute("a" + i)).isEqualTo((long) i);
                assertThat(merged.attribute("b" + i)).isEqualTo((long) i);
            }
            assertThat(merged.attribute("a" + size)).isNull();
            assertThat(merged.attribute("b" + size)).isNull();
        }
    }

    @Test
    @DisplayName("an attribute that is missing on top takes one away below, among few and among many")
    void mergesMissing() {
        for (int size : new int[] {0, 7, 8, 20}) {
            EvaluationContext.Builder above = EvaluationContext.builder(null).set("gone", null);
            for (int i = 0; i < size; i++) {
                above.set("b" + i, i);
            }

            EvaluationContext merged =
                    EvaluationContext.builder("k").set("gone", "below").build().merge(above.build());

            assertThat(merged.attribute("gone")).as("%d more", size).isNull();
        }
    }

    @Test
    @DisplayName("its text shows no values")
    void hidesValues() {
        assertThat(EvaluationContext.builder("secret")
                        .set("a", "secret")
                        .build()
                        .toString())
                .isEqualTo("EvaluationContext[1 attributes]");
    }
}
