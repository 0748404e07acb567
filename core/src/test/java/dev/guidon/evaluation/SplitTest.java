package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A split")
class SplitTest {

    /**
     * Fixed, so that a test that passes once passes always. Of 4,000 shares of ten percent, under 400 salts, 13 lay beyond 3 sigma, where
     * chance has 11.
     */
    private static final int KEYS = 100_000;
    /** Of chi-square with one degree of freedom, at p = 0.001. */
    private static final double CRITICAL = 10.828;

    private static final List<EvaluationContext> USERS = IntStream.range(0, KEYS)
            .mapToObj(i -> EvaluationContext.of("user-" + i))
            .toList();

    @DisplayName("gives every variant its share, within 3 sigma")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    weights 1/99       | {variant: a, weight: 1}, {variant: b, weight: 99}                                 | a=1 b=99
                    weights 50/50      | {variant: a, weight: 50}, {variant: b, weight: 50}                                | a=50 b=50
                    weights 33/33/34   | {variant: a, weight: 33}, {variant: b, weight: 33}, {variant: c, weight: 34}      | a=33 b=33 c=34
                    weights 1/1/1      | {variant: a, weight: 1}, {variant: b, weight: 1}, {variant: c, weight: 1}         | a=33.3333 b=33.3333 c=33.3333
                    weights 1:999999   | {variant: a, weight: 999999}, {variant: b, weight: 1}                             | a=99.9999 b=0.0001
                    a weight of 0      | {variant: a, weight: 0}, {variant: b, weight: 7}                                  | b=100
                    a repeated variant | {variant: a, weight: 20}, {variant: b, weight: 60}, {variant: a, weight: 20}      | a=40 b=60
                    ranges             | {variant: a, from: 0, to: 12.5}, {variant: b, from: 12.5, to: 100}                | a=12.5 b=87.5
                    ranges with gaps   | {variant: a, from: 10, to: 20}, {variant: b, from: 50, to: 55.555}                | a=10 b=5.555 none=84.445
                    ranges twice       | {variant: a, from: 0, to: 10}, {variant: b, from: 10, to: 20}, {variant: a, from: 90, to: 100} | a=20 b=10 none=70
                    overlapping ranges | {variant: a, from: 0, to: 50}, {variant: b, from: 25, to: 75}                     | a=50 b=25 none=25
                    ranges unordered   | {variant: a, from: 60, to: 100}, {variant: b, from: 0, to: 60}                    | a=40 b=60
                    an empty range     | {variant: a, from: 30, to: 30}, {variant: b, from: 0, to: 100}                    | b=100
                    """)
    void givesEveryVariantItsShare(String name, String shares, String expected) {
        assertShares(split(shares, ""), expected);
    }

    @Test
    @DisplayName("of ten times ten percent gives each its share")
    void tenTimesTen() {
        String variants = IntStream.range(0, 10).mapToObj(i -> "v" + i).collect(Collectors.joining(": x, ", "", ": x"));
        String shares = IntStream.range(0, 10)
                .mapToObj(i -> "{variant: v" + i + ", weight: 10}")
                .collect(Collectors.joining(", "));
        Snapshot snapshot = Yaml.flag("{type: string, enabled: true, salt: ten, variants: {" + variants
                + "}, fallthrough: {split: [" + shares + "]}}");

        assertShares(
                snapshot, IntStream.range(0, 10).mapToObj(i -> "v" + i + "=10").collect(Collectors.joining(" ")));
    }

    @Test
    @DisplayName("leaves over what the weights lack to the total")
    void leavesOver() {
        assertShares(split("{variant: a, weight: 10}, {variant: b, weight: 30}", "total: 100"), "a=10 b=30 none=60");
    }

    @Test
    @DisplayName("draws its borders where bucket × total < cumulative weight × 100,000")
    void drawsExactBorders() {
        Snapshot snapshot = split("{variant: a, weight: 1}, {variant: b, weight: 1}, {variant: c, weight: 5}", "");

        for (EvaluationContext user : USERS.subList(0, 20_000)) {
            long bucket =
                    (Integer.toUnsignedLong(Murmur3.startingWith("split:f:", 0).with(user.targetingKey())) * 100_000)
                            >>> 32;
            String expected = bucket * 7 < 100_000 ? "a" : bucket * 7 < 200_000 ? "b" : "c";

            assertThat(snapshot.evaluate("f", user).variant()).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("does not depend on the names and values of variants, nor on their order in the flag")
    void dependsOnSharesOnly() {
        Snapshot one = Yaml.flag(
                "{type: string, enabled: true, variants: {a: a, b: b}, fallthrough: {split: [{variant: a, weight: 3}, {variant: b, weight: 7}]}}");
        Snapshot other = Yaml.flag(
                "{type: number, enabled: true, variants: {y: 2, x: 1}, fallthrough: {split: [{variant: x, weight: 30}, {variant: y, weight: 70}]}}");

        assertThat(USERS.subList(0, 20_000))
                .allMatch(user -> "a".equals(one.evaluate("f", user).variant())
                        == "x".equals(other.evaluate("f", user).variant()));
    }

    @DisplayName("is independent of")
    @ParameterizedTest(name = "{0}: {1} and {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    the split of another flag      | fallthrough: {split: [%1$s]}                     | fallthrough: {split: [%1$s]}
                    a split with a salt of its own | salt: s, fallthrough: {split: [%1$s]}            | salt: s, fallthrough: {split: [%1$s], salt: t}
                    the rollout of another flag    | fallthrough: {split: [%1$s]}                     | rules: [{rollout: 30, serve: a}], fallthrough: b
                    the rollout of the same flag   | salt: s, fallthrough: {split: [%1$s]}            | salt: s, rules: [{rollout: 30, serve: a}], fallthrough: b
                    a bucket of the same salt      | salt: s, fallthrough: {split: [%1$s]}            | rules: [{when: {bucket: s, to: 30}, serve: a}], fallthrough: b
                    what the rollout is not        | salt: s, rules: [{rollout: 30, serve: a}], fallthrough: b | rules: [{when: {bucket: s, to: 30}, serve: a}], fallthrough: b
                    """)
    void isIndependent(String name, String one, String two) {
        String flags = """
                flags:
                  one: {type: string, enabled: true, variants: {a: a, b: b}, %s}
                  two: {type: string, enabled: true, variants: {a: a, b: b}, %s}
                """;
        Snapshot snapshot = Yaml.snapshot(
                flags.formatted(one, two).formatted("{variant: a, weight: 30}, {variant: b, weight: 70}"));

        double[][] counts = new double[2][2];
        for (EvaluationContext user : USERS) {
            int row = "a".equals(snapshot.evaluate("one", user).variant()) ? 0 : 1;
            int column = "a".equals(snapshot.evaluate("two", user).variant()) ? 0 : 1;
            counts[row][column]++;
        }

        assertThat(chiSquare(counts)).as("%s", (Object) counts).isLessThan(CRITICAL);
    }

    private static double chiSquare(double[][] counts) {
        double[] rows = {counts[0][0] + counts[0][1], counts[1][0] + counts[1][1]};
        double[] columns = {counts[0][0] + counts[1][0], counts[0][1] + counts[1][1]};
        double sum = 0;
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                double expected = rows[row] * columns[column] / KEYS;
                sum += Math.pow(counts[row][column] - expected, 2) / expected;
            }
        }
        return sum;
    }

    private static Snapshot split(String shares, String option) {
        return Yaml.flag("{type: string, enabled: true, variants: {a: a, b: b, c: c}, fallthrough: {split: [" + shares
                + "], " + (option.isEmpty() ? "by: $key" : option) + "}}");
    }

    private static void assertShares(Snapshot snapshot, String expected) {
        Map<String, Long> counts = USERS.stream()
                .map(user -> String.valueOf(snapshot.evaluate("f", user).variant()))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String share : expected.split(" ")) {
            String[] parts = share.split("=");
            shares.put(parts[0].equals("none") ? "null" : parts[0], Double.parseDouble(parts[1]) / 100);
        }

        assertThat(shares.keySet()).containsAll(counts.keySet());
        shares.forEach((variant, share) -> {
            double sigma = Math.sqrt(KEYS * share * (1 - share));
            assertThat((double) counts.getOrDefault(variant, 0L))
                    .as("%s of %s", variant, counts)
                    .isCloseTo(KEYS * share, within(3 * sigma + 1e-9));
        });
    }
}
