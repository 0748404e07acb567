package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Shares that cannot be had")
class SharesTest {

    private static final String SPLIT =
            "{type: string, enabled: true, variants: {a: A, b: B, c: C}, fallthrough: {split: [%s]}}";

    @Test
    @DisplayName("are listed with what they get instead, which is what is served")
    void areListed() {
        Snapshot snapshot = Yaml.flag(
                SPLIT.formatted("{variant: a, weight: 1}, {variant: b, weight: 1}, {variant: c, weight: 999998}"));

        Map<String, Integer> served = new HashMap<>();
        for (int i = 0; i < 400_000; i++) {
            served.merge(snapshot.getStringValue("f", "", EvaluationContext.of("u" + i)), 1, Integer::sum);
        }

        assertThat(notices(snapshot))
                .extracting(Problem::toString)
                .containsExactly(
                        "fallthrough.split[0]: found a share of 0.0001 %, which gets 0.001 %, 1 of 100000 buckets;"
                                + " allowed: shares that are near to whole buckets of 0.001 % each",
                        "fallthrough.split[1]: found a share of 0.0001 %, which gets 0 %, 0 of 100000 buckets;"
                                + " allowed: shares that are near to whole buckets of 0.001 % each");
        assertThat(served).doesNotContainKey("B").containsKey("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{variant: a, weight: 1}, {variant: b, weight: 2}",
                "{variant: a, weight: 1}, {variant: b, weight: 99999}",
                "{variant: a, weight: 0}, {variant: b, weight: 1}",
                "{variant: a, from: 0, to: 0.001}, {variant: b, from: 50, to: 100}",
            })
    @DisplayName("are none where whole buckets come near, and none that are 0")
    void areNone(String shares) {
        assertThat(Yaml.flag(SPLIT.formatted(shares)).notices()).isEmpty();
    }

    @Test
    @DisplayName("are found in rollouts, ramps, ranges, conditions and segments")
    void areFoundEverywhere() {
        String few = "bucketing: {hash: murmur3-32, reduce: {modulo: 100}, input: '{salt}:{value}'}";
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  f:
                    enabled: true
                    rules:
                      - {rollout: {percent: 0.5, %1$s}, serve: "on"}
                      - {rollout: {ramp: [{at: "2027-01-01T00:00:00Z", percent: 50}, {at: "2027-01-02T00:00:00Z", percent: 1.5}], %1$s}, serve: "on"}
                      - {serve: {split: [{variant: "on", from: 0, to: 0.2}], %1$s}}
                segments:
                  s: {rules: [{rollout: {percent: 0.1, %1$s}}]}
                """.formatted(few));

        assertThat(notices(snapshot))
                .extracting(Problem::path)
                .containsExactly("rules[0].rollout", "rules[1].rollout.ramp[1]", "rules[2].serve.split[0]");
        assertThat(snapshot.notices().get(DefinitionKey.segment("s")))
                .extracting(Problem::path)
                .containsExactly("rules[0].rollout");
    }

    private static List<Problem> notices(Snapshot snapshot) {
        return snapshot.notices().get(DefinitionKey.flag("f"));
    }
}
