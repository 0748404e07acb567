package dev.guidon.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each formula is written here as its own system has it, and as data for Guidon. */
@DisplayName("The formula of another system keeps every user where they are:")
class ImportedFormulaTest {

    private static final List<String> USERS = new Random(11)
            .ints(5_000, 0, 1_000_000)
            .mapToObj(i -> i % 3 == 0 ? "" + i : "jürgen-" + i)
            .toList();

    @DisplayName("Unleash, gradual rollout")
    @ParameterizedTest(name = "{0} %")
    @ValueSource(ints = {0, 1, 33, 50, 99, 100})
    void unleashRollout(int percent) {
        Snapshot snapshot = Yaml.flag("""
                {enabled: true, fallthrough: "off", rules: [{serve: "on", rollout: {percent: %d, salt: group,
                  bucketing: {reduce: {modulo: 100}, offset: 1, compare: "<=", input: "{salt}:{value}"}}}]}
                """.formatted(percent));

        assertThat(USERS)
                .allSatisfy(user -> assertThat(snapshot.isEnabled("f", EvaluationContext.of(user)))
                        .isEqualTo(murmur("group:" + user, 0) % 100 + 1 <= percent));
    }

    @Test
    @DisplayName("Unleash, variants by weight")
    void unleashVariants() {
        int[] weights = {333, 333, 334};
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {v0: "0", v1: "1", v2: "2"}, fallthrough: {
                  split: [{variant: v0, weight: 333}, {variant: v1, weight: 333}, {variant: v2, weight: 334}], salt: group,
                  bucketing: {seed: 86028157, reduce: {modulo: 1000}, offset: 1, compare: "<=", input: "{salt}:{value}"}}}
                """);

        assertThat(USERS).allSatisfy(user -> {
            long target = murmur("group:" + user, 86028157) % 1000 + 1;
            int variant = 0;
            for (int counter = weights[0]; counter < target; counter += weights[variant]) {
                variant++;
            }

            assertThat(snapshot.getStringValue("f", "", EvaluationContext.of(user)))
                    .isEqualTo("" + variant);
        });
    }

    @Test
    @DisplayName("LaunchDarkly, percentage rollout")
    @SuppressWarnings("deprecation") // their hash
    void launchDarkly() {
        int[] weights = {12_345, 1, 60_000, 27_654};
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {v0: "0", v1: "1", v2: "2", v3: "3"}, fallthrough: {
                  split: [{variant: v0, weight: 12345}, {variant: v1, weight: 1}, {variant: v2, weight: 60000}, {variant: v3, weight: 27654}],
                  by: user.id, salt: 4d2c0c9f,
                  bucketing: {hash: sha1, hexDigits: 15, reduce: {fraction: float32}, input: "{key}.{salt}.{value}"}}}
                """);

        assertThat(USERS).allSatisfy(user -> {
            String hash = Hashing.sha1()
                    .hashString("f.4d2c0c9f." + user, UTF_8)
                    .toString()
                    .substring(0, 15);
            float bucket = (float) Long.parseLong(hash, 16) / (float) 0xFFFFFFFFFFFFFFFL;
            int variant = 0;
            for (float sum = weights[0] / 100_000f; bucket >= sum && variant < 3; sum += weights[variant] / 100_000f) {
                variant++;
            }
            EvaluationContext context =
                    EvaluationContext.builder(null).set("user.id", user).build();

            assertThat(snapshot.getStringValue("f", "", context)).isEqualTo("" + variant);
        });
    }

    @Test
    @DisplayName("the Universal Flag Configuration, shards")
    @SuppressWarnings("deprecation") // their hash
    void universalFlagConfiguration() {
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {a: a, b: b}, rules: [
                  {when: {bucket: traffic-flag-123, to: 47.5, bucketing: {hash: md5, reduce: {modulo: 10000}, input: "{salt}-{value}"}},
                   serve: {split: [{variant: a, from: 0, to: 33.34}, {variant: b, from: 33.34, to: 100}], salt: split-flag-123,
                           bucketing: {hash: md5, reduce: {modulo: 10000}, input: "{salt}-{value}"}}}]}
                """);

        assertThat(USERS).allSatisfy(user -> {
            boolean inTraffic = shard("traffic-flag-123-" + user) < 4750;
            String variant = shard("split-flag-123-" + user) < 3334 ? "a" : "b";

            assertThat(snapshot.getStringValue("f", "none", EvaluationContext.of(user)))
                    .isEqualTo(inTraffic ? variant : "none");
        });
    }

    @SuppressWarnings("deprecation")
    private static long shard(String input) {
        return Long.parseLong(Hashing.md5().hashString(input, UTF_8).toString().substring(0, 8), 16) % 10_000;
    }

    @DisplayName("GrowthBook, hash version")
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2})
    void growthBook(int version) {
        String bucketing = version == 1
                ? "{hash: fnv1a-32, reduce: {modulo: 1000}, input: '{value}{salt}'}"
                : "{hash: fnv1a-32, rounds: 2, reduce: {modulo: 10000}, input: '{salt}{value}'}";
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {a: a, b: b}, fallthrough: {
                  split: [{variant: a, from: 0, to: 22.22}, {variant: b, from: 50, to: 77.78}], salt: seed, bucketing: %s}}
                """.formatted(bucketing));

        assertThat(USERS).allSatisfy(user -> {
            double n = version == 1
                    ? fnv1a(user + "seed") % 1000 / 1000.0
                    : fnv1a(Long.toString(fnv1a("seed" + user))) % 10_000 / 10_000.0;
            String expected = n >= 0 && n < 0.2222 ? "a" : n >= 0.5 && n < 0.7778 ? "b" : "none";

            assertThat(snapshot.getStringValue("f", "none", EvaluationContext.of(user)))
                    .isEqualTo(expected);
        });
    }

    @Test
    @DisplayName("fractions of 64 bits, upper bound included")
    void doubleFractions() {
        Snapshot snapshot = Yaml.flag("""
                {enabled: true, fallthrough: "off", rules: [{serve: "on", rollout: {percent: 33.3, salt: s,
                  bucketing: {hash: sha256, bytes: 8, endian: little, reduce: {fraction: float64}, compare: "<="}}}]}
                """);

        assertThat(USERS).allSatisfy(user -> {
            long number =
                    Hashing.sha256().hashString("rollout:s:" + user, UTF_8).asLong();
            double fraction = Double.parseDouble(Long.toUnsignedString(number)) / 0x1p64;

            assertThat(snapshot.isEnabled("f", EvaluationContext.of(user))).isEqualTo(fraction <= 0.333);
        });
    }

    private static long murmur(String input, int seed) {
        return Integer.toUnsignedLong(
                Hashing.murmur3_32_fixed(seed).hashString(input, UTF_8).asInt());
    }

    private static long fnv1a(String input) {
        long hash = 2166136261L;
        for (byte b : input.getBytes(UTF_8)) {
            hash = ((hash ^ (b & 0xFF)) * 16777619L) & 0xFFFFFFFFL;
        }
        return hash;
    }
}
