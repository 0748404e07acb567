package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of percentages and splits. A test to imitate: it states a promise, and tries to break it. */
class RolloutTest {

    private static final int USERS = 100_000;

    @Test
    @DisplayName("raising the percentage only ever adds users, and changes nobody's variant")
    void raisingOnlyAdds() {
        List<EvaluationContext> users = users(5_000).toList();
        String[] before = new String[users.size()];

        for (int percent = 0; percent <= 100; percent++) {
            Snapshot snapshot = snapshot(rolledOut("flag", Percent.of(percent), 30, 70));
            for (int i = 0; i < before.length; i++) {
                String variant =
                        snapshot.getStringDetails("flag", "none", users.get(i)).variant();
                if (before[i] != null) {
                    assertThat(variant).as("user %d at %d %%", i, percent).isEqualTo(before[i]);
                }
                before[i] = variant;
            }
        }

        assertThat(before).doesNotContainNull();
    }

    @Test
    @DisplayName("nobody is in 0 percent, and everybody in 100")
    void endsAreExact() {
        Snapshot none = snapshot(rolledOut("flag", Percent.ZERO, 1));
        Snapshot all = snapshot(rolledOut("flag", Percent.HUNDRED, 1));

        assertThat(users(USERS)).allSatisfy(user -> {
            assertThat(none.getStringDetails("flag", "none", user).variant()).isNull();
            assertThat(all.getStringDetails("flag", "none", user).variant()).isEqualTo("v0");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,99", "50,50", "33,33,34", "10,10,10,10,10,10,10,10,10,10", "1,2,3,4", "1,999"})
    @DisplayName("a split gives every variant its share, within three standard deviations")
    void splitsEvenly(String written) {
        int[] weights =
                Stream.of(written.split(",")).mapToInt(Integer::parseInt).toArray();
        Snapshot snapshot = snapshot(split("flag", weights));

        Map<String, Integer> seen = new LinkedHashMap<>();
        users(USERS).forEach(user -> seen.merge(snapshot.getStringValue("flag", "none", user), 1, Integer::sum));

        double total = IntStream.of(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            double share = weights[i] / total;
            double sigma = Math.sqrt(USERS * share * (1 - share));
            assertThat(seen.getOrDefault("v" + i, 0) - USERS * share)
                    .as("v%d of %s", i, written)
                    .isBetween(-3 * sigma, 3 * sigma);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "0.5", "12.345", "99.999"})
    @DisplayName("percentages are exact to three decimals")
    void countsThousandths(String written) {
        Percent percent = Percent.of(new BigDecimal(written));
        Snapshot snapshot = snapshot(rolledOut("flag", percent, 1));

        long included = users(USERS)
                .filter(user -> snapshot.getStringDetails("flag", "none", user).variant() != null)
                .count();

        double share = percent.thousandths() / 100_000.0;
        assertThat(included - USERS * share).isBetween(-3 * sigma(share) - 1, 3 * sigma(share) + 1);
    }

    @Test
    @DisplayName(
            "two flags, and inclusion and split of one flag, are independent: chi-square below 10.83, the 0.1 % limit")
    void isIndependent() {
        Snapshot two = snapshot(split("one", 50, 50), split("two", 50, 50));
        assertThat(chiSquare(
                        user -> two.getStringValue("one", "", user).equals("v0"),
                        user -> two.getStringValue("two", "", user).equals("v0")))
                .isLessThan(10.83);

        Snapshot both = snapshot(
                rolledOut("flag", Percent.of(50), 50, 50),
                split("plain", 50, 50).withEnabled(true));
        Snapshot all = snapshot(rolledOut("flag", Percent.HUNDRED, 50, 50));
        assertThat(chiSquare(
                        user -> both.getStringDetails("flag", "", user).variant() != null,
                        user -> all.getStringValue("flag", "", user).equals("v0")))
                .isLessThan(10.83);
    }

    @Test
    @DisplayName("ranges leave gaps, in which a rule does not match")
    void rangesLeaveGaps() {
        Serve ranges = new Serve.RangeSplit(
                List.of(
                        new Serve.Range("v0", Percent.of(0), Percent.of(10), Extra.NONE),
                        new Serve.Range("v1", Percent.of(90), Percent.of(100), Extra.NONE)),
                Assignment.BY_KEY,
                Extra.NONE);
        Snapshot snapshot = snapshot(flag("flag", 2).withRules(new Rule("r", null, null, null, ranges, Extra.NONE)));

        long served = users(USERS)
                .filter(user -> snapshot.getStringDetails("flag", "", user).variant() != null)
                .count();

        assertThat(served - USERS * 0.2).isBetween(-3 * sigma(0.2), 3 * sigma(0.2));
    }

    @Test
    @DisplayName("bucket conditions on one salt exclude each other")
    void bucketsExcludeEachOther() {
        Snapshot snapshot = snapshot(inBucket("a", 0, 40), inBucket("b", 40, 100));

        assertThat(users(10_000))
                .allSatisfy(
                        user -> assertThat(snapshot.isEnabled("a", user)).isNotEqualTo(snapshot.isEnabled("b", user)));
    }

    static Stream<EvaluationContext> users(int count) {
        return IntStream.range(0, count).mapToObj(i -> EvaluationContext.of("user-" + i));
    }

    private static double sigma(double share) {
        return Math.sqrt(USERS * share * (1 - share));
    }

    private interface Trait {
        boolean of(EvaluationContext user);
    }

    private static double chiSquare(Trait first, Trait second) {
        long[][] seen = new long[2][2];
        users(USERS).forEach(user -> seen[first.of(user) ? 1 : 0][second.of(user) ? 1 : 0]++);
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double expected = (double) (seen[i][0] + seen[i][1]) * (seen[0][j] + seen[1][j]) / USERS;
                sum += (seen[i][j] - expected) * (seen[i][j] - expected) / expected;
            }
        }
        return sum;
    }

    private static Snapshot snapshot(Flag... flags) {
        return Snapshot.of(Definitions.of(flags));
    }

    private static Flag flag(String key, int variants) {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        IntStream.range(0, variants).forEach(i -> values.put("v" + i, FlagValue.of("v" + i)));
        return Flag.of(key, FlagType.STRING, values, null);
    }

    private static Serve weighted(int... weights) {
        List<Serve.Weight> shares = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            shares.add(new Serve.Weight("v" + i, weights[i]));
        }
        return new Serve.WeightedSplit(shares, Assignment.BY_KEY);
    }

    private static Flag split(String key, int... weights) {
        return flag(key, weights.length).withFallthrough(weighted(weights));
    }

    private static Flag rolledOut(String key, Percent percent, int... weights) {
        Rollout rollout = new Rollout.Fixed(percent, Assignment.BY_KEY, Extra.NONE);
        return flag(key, weights.length).withRules(new Rule("r", null, null, rollout, weighted(weights), Extra.NONE));
    }

    private static Flag inBucket(String key, int from, int to) {
        Assignment salted = new Assignment(List.of(Attribute.KEY), List.of(), null, "layer", Bucketing.GUIDON);
        Condition condition = new Condition.InBucket(Percent.of(from), Percent.of(to), salted, Extra.NONE);
        return Flag.bool(key, true).withRules(new Rule("r", condition, "on")).withFallthrough(Serve.variant("off"));
    }
}
