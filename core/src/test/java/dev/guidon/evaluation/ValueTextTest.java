package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The text that is put into a bucket")
class ValueTextTest {

    @DisplayName("of a JSON value")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    "user"                  | user
                    ""                      | ``
                    " x "                   | ` x `
                    1                       | 1
                    1.0                     | 1
                    -0.0                    | 0
                    1e3                     | 1000
                    1.5                     | 1.5
                    -2.50                   | -2.5
                    0.1                     | 0.1
                    0.1000000000000000055   | 0.1
                    1e-7                    | 0.0000001
                    1e21                    | 1000000000000000000000
                    9007199254740993        | 9007199254740993
                    123456789012345678901   | 123456789012345678901
                    0.30000000000000004     | 0.30000000000000004
                    true                    | true
                    false                   | false
                    null                    | -
                    [1]                     | -
                    {"a": 1}                | -
                    """)
    void ofJson(String json, String expected) {
        assertThat(text(Yaml.value(json))).isEqualTo(expected);
    }

    static Stream<Arguments> javaValues() {
        return Stream.of(
                Arguments.of(1, "1"),
                Arguments.of(1.0f, "1"),
                Arguments.of(0.5f, "0.5"),
                Arguments.of(0.1f, "0.10000000149011612"),
                Arguments.of(1e21, "1000000000000000000000"),
                Arguments.of(1e23, "99999999999999991611392"),
                Arguments.of(2e-3, "0.002"),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(new BigDecimal("1.50"), "1.5"),
                Arguments.of(BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
                Arguments.of('c', "c"),
                Arguments.of(RoundingMode.UP, "UP"),
                Arguments.of(Double.NaN, null),
                Arguments.of(Double.NEGATIVE_INFINITY, null),
                Arguments.of(Instant.EPOCH, null),
                Arguments.of(List.of("a"), null),
                Arguments.of(Map.of("a", 1), null));
    }

    @DisplayName("of a Java value")
    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("javaValues")
    void ofJava(Object value, String expected) {
        assertThat(text(value)).isEqualTo(expected);
    }

    @Test
    @DisplayName("of a double is the shortest decimal that reads back as the same one, and the nearest of those")
    void ofDouble() {
        DoubleStream random = new Random(42).longs(4_000).mapToDouble(Double::longBitsToDouble);
        DoubleStream everyday =
                new Random(43).ints(4_000, -10_000_000, 10_000_000).mapToDouble(i -> i / 1000.0);
        DoubleStream powers = DoubleStream.iterate(Double.MIN_VALUE, power -> power < 1, power -> power * 2);
        DoubleStream neighbours =
                powers.flatMap(power -> DoubleStream.of(power, Math.nextUp(power), -Math.nextDown(power)));

        List<String> wrong = Stream.of(random, everyday, neighbours)
                .flatMapToDouble(doubles -> doubles)
                .filter(value -> Double.isFinite(value) && value != Math.rint(value))
                .filter(value -> !shortest(value).equals(text(value)))
                .mapToObj(value -> value + " is " + text(value) + " and not " + shortest(value))
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    @DisplayName("of a double above a power of two may be the one further away")
    void ofPowerOfTwo() {
        assertThat(text(0x1p-44)).isEqualTo("0.00000000000005684341886080802");
        assertThat(text(Double.MIN_VALUE)).isEqualTo("0." + "0".repeat(323) + "5");
    }

    /** By brute force: of each length both neighbours are tried. */
    private static String shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.FLOOR));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.CEILING));
            List<BigDecimal> same = Stream.of(below, above)
                    .filter(decimal -> Double.parseDouble(decimal.toString()) == value)
                    .sorted(Comparator.comparing((BigDecimal decimal) ->
                                    decimal.subtract(exact).abs())
                            .thenComparing(decimal -> decimal.unscaledValue().testBit(0)))
                    .toList();
            if (!same.isEmpty()) {
                return same.get(0).stripTrailingZeros().toPlainString();
            }
        }
        throw new AssertionError(value);
    }

    private static String text(Object value) {
        return Numbers.text(ContextValues.of(value));
    }
}
