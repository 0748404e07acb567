package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A test to imitate: each method states one promise, in the words of who relies on it, and tries to break it. */
@DisplayName("A rollout")
class RolloutTest {

    /** Ten in each account. They are fixed, so that a test that passes once passes always. */
    private static final List<EvaluationContext> USERS = IntStream.range(0, 20_000)
            .mapToObj(i -> EvaluationContext.builder("user-" + i)
                    .set("account", "account-" + i / 10)
                    .build())
            .toList();

    @Test
    @DisplayName("that is raised only ever adds users, and never changes the variant of one")
    void onlyAddsUsers() {
        List<Snapshot> raised = everyPercentAndTheEdges()
                .map(percent -> Yaml.flag("""
                {type: string, enabled: true, variants: {control: c, one-page: o, two-page: t}, rules: [
                  {rollout: %s, serve: {split: [{variant: one-page, weight: 1}, {variant: two-page, weight: 2}]}}],
                fallthrough: control}
                """.formatted(percent)))
                .toList();

        for (EvaluationContext user : USERS) {
            List<String> variants = raised.stream()
                    .map(snapshot -> snapshot.evaluate("f", user).variant())
                    .dropWhile("control"::equals)
                    .distinct()
                    .toList();

            assertThat(variants).as(user.targetingKey()).hasSize(1).isSubsetOf("one-page", "two-page");
        }
    }

    @Test
    @DisplayName("of 0 % includes nobody, and one of 100 % everybody")
    void hasNobodyAndEverybody() {
        assertThat(included(0)).isEmpty();
        assertThat(included(100)).hasSameSizeAs(USERS);
    }

    @DisplayName("includes its share of the users")
    @ParameterizedTest(name = "{0} %")
    @ValueSource(doubles = {0.1, 1, 5, 12.345, 50, 66.667, 99, 99.9})
    void includesItsShare(double percent) {
        double share = percent / 100;
        double sigma = Math.sqrt(USERS.size() * share * (1 - share));

        assertThat((double) included(percent).size()).isCloseTo(USERS.size() * share, within(3 * sigma));
    }

    @Test
    @DisplayName("has three decimals, and every thousandth of a percent counts")
    void hasThreeDecimals() {
        EvaluationContext user = USERS.get(0);
        long bucket =
                (Integer.toUnsignedLong(Murmur3.startingWith("rollout:f:", 0).with("user-0")) * 100_000) >>> 32;
        String below = BigDecimal.valueOf(bucket, 3).toPlainString();
        String above = BigDecimal.valueOf(bucket + 1, 3).toPlainString();

        assertThat(rolledOut(below).isEnabled("f", user)).isFalse();
        assertThat(rolledOut(above).isEnabled("f", user)).isTrue();
    }

    @Test
    @DisplayName("that does not include a user leaves them to the next rule")
    void leavesOthersToTheNextRule() {
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {first: '1', second: '2', rest: '3'}, rules: [
                  {id: one, rollout: 30, serve: first},
                  {id: two, rollout: 60, serve: second}], fallthrough: rest}
                """);

        List<Evaluation<String>> evaluations = USERS.stream()
                .map(user -> snapshot.getStringDetails("f", "", user))
                .distinct()
                .toList();

        assertThat(evaluations)
                .extracting(Evaluation::variant, Evaluation::reason, Evaluation::ruleId)
                .containsExactlyInAnyOrder(
                        tuple("first", Reason.SPLIT, "one"),
                        tuple("second", Reason.SPLIT, "two"),
                        tuple("rest", Reason.DEFAULT, null));
    }

    @Test
    @DisplayName("by an account includes all of its users or none of them")
    void keepsAccountsTogether() {
        Snapshot snapshot = Yaml.flag(
                "{enabled: true, rules: [{rollout: {percent: 50, by: account}, serve: 'on'}], fallthrough: 'off'}");

        for (int i = 0; i < USERS.size(); i += 10) {
            assertThat(USERS.subList(i, i + 10))
                    .extracting(user -> snapshot.isEnabled("f", user))
                    .containsOnly(snapshot.isEnabled("f", USERS.get(i)));
        }
    }

    @DisplayName("includes others than another flag's, unless they share a salt")
    @ParameterizedTest(name = "{0} and {1}: the same users {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    -           | -               | false
                    salt: a     | salt: b         | false
                    salt: a     | salt: a         | true
                    salt: two   | -               | true
                    """)
    void sharesUsersBySalt(String one, String two, boolean same) {
        Snapshot snapshot =
                Yaml.snapshot("""
                flags:
                  one: {%s, enabled: true, rules: [{rollout: 50, serve: "on"}], fallthrough: "off"}
                  two: {%s, enabled: true, rules: [{rollout: 50, serve: "on"}], fallthrough: "off"}
                """.formatted(one == null ? "kind: release" : one, two == null ? "kind: release" : two));

        assertThat(USERS.stream().allMatch(user -> snapshot.isEnabled("one", user) == snapshot.isEnabled("two", user)))
                .isEqualTo(same);
    }

    @Test
    @DisplayName("may have a salt of its own in each rule")
    void hasItsOwnSalt() {
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {x: x, y: y, none: n}, rules: [
                  {rollout: {percent: 50, salt: first}, serve: x},
                  {rollout: {percent: 50, salt: second}, serve: y}], fallthrough: none}
                """);

        long none = USERS.stream()
                .filter(user -> snapshot.getStringValue("f", "", user).equals("n"))
                .count();

        assertThat((double) none).as("a quarter is in neither").isCloseTo(5_000, within(200.0));
    }

    @Test
    @DisplayName("of one part of a layer and one of the other share no user, and leave none out")
    void sharesNobodyWithTheOtherPart() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  one: {enabled: true, rules: [{when: {bucket: layer, from: 0, to: 40}, serve: "on"}], fallthrough: "off"}
                  two: {enabled: true, rules: [{when: {bucket: layer, from: 40, to: 100}, serve: "on"}], fallthrough: "off"}
                """);

        assertThat(USERS)
                .allSatisfy(user ->
                        assertThat(snapshot.isEnabled("one", user)).isNotEqualTo(snapshot.isEnabled("two", user)));
    }

    @DisplayName("with a ramp has the percentage of the last step that the clock has reached")
    @ParameterizedTest(name = "{0}: {1} of 20,000 users")
    @CsvSource({
        "2026-06-30T23:59:59.999999999Z, 0",
        "2026-07-01T00:00:00Z, 1",
        "2026-07-01T00:00:00.000000001Z, 1",
        "2026-07-01T23:59:59.999999999Z, 1",
        "2026-07-02T00:00:00Z, 20",
        "2026-07-03T00:00:00Z, 5",
        "2026-07-04T00:00:00Z, 100",
        "2030-01-01T00:00:00Z, 100"
    })
    void rampsUp(Instant now, int percent) {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  f:
                    enabled: true
                    rules:
                      - rollout:
                          ramp:
                            - {at: "2026-07-01T00:00:00Z", percent: 1}
                            - {at: "2026-07-02T02:00:00+02:00", percent: 20}
                            - {at: "2026-07-03T00:00:00Z", percent: 5}
                            - {at: "2026-07-04T00:00:00Z", percent: 100}
                        serve: "on"
                    fallthrough: "off"
                """, Clock.fixed(now, ZoneOffset.UTC), SegmentMembers.NONE);

        List<EvaluationContext> on =
                USERS.stream().filter(user -> snapshot.isEnabled("f", user)).toList();

        assertThat(on).as("the same users as without a ramp").isEqualTo(included(percent));
    }

    private static Stream<String> everyPercentAndTheEdges() {
        return IntStream.rangeClosed(0, 100_000)
                .filter(thousandths -> thousandths % 1_000 == 0 || thousandths < 30 || thousandths > 99_970)
                .mapToObj(thousandths -> BigDecimal.valueOf(thousandths, 3).toPlainString());
    }

    private static List<EvaluationContext> included(double percent) {
        Snapshot snapshot = rolledOut(BigDecimal.valueOf(percent).toPlainString());
        return USERS.stream().filter(user -> snapshot.isEnabled("f", user)).toList();
    }

    private static Snapshot rolledOut(String percent) {
        return Yaml.flag("{enabled: true, rules: [{rollout: " + percent + ", serve: 'on'}], fallthrough: 'off'}");
    }
}
