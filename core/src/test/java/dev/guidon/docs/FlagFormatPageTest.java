package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Reason;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions are is in the tables of the page on operators, which are evaluated too. */
@DisplayName("The page on the format is right about")
class FlagFormatPageTest {

    private static final String BUCKETING =
            "{flags: {f: {rules: [{serve: 'on', rollout: {percent: 1.234, bucketing: {%s}}}]}}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input: '{value}'",
                "input: '{0}{99}'",
                "rounds: 8",
                "hash: crc32, bytes: 4",
                "hash: sha256, bytes: 8",
                "hash: sha256, bytes: 32, reduce: {modulo: 1000000000}",
                "hash: sha1, hexDigits: 40, reduce: {modulo: 1}",
                "offset: -1000000000",
                "seed: 4294967295",
                "reduce: {multiplyShift: 1000000000}"
            })
    @DisplayName("what a bucketing may have")
    void allows(String bucketing) {
        assertThatCode(() -> FlagFormat.parseYaml(BUCKETING.formatted(bucketing)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input: ''",
                "input: '{salt}'",
                "input: '{value}{100}'",
                "rounds: 9",
                "hash: crc32, bytes: 5",
                "hash: sha256, bytes: 9",
                "hash: sha1, bytes: 21, reduce: {modulo: 10}",
                "hash: md5, bytes: 4, hexDigits: 8",
                "hash: md5, seed: 1",
                "offset: 1000000001",
                "offset: 1, reduce: {fraction: float64}",
                "reduce: {modulo: 1000000001}"
            })
    @DisplayName("what it may not have")
    void refuses(String bucketing) {
        assertRefused(BUCKETING.formatted(bucketing));
    }

    @Test
    @DisplayName("the lengths of names, salts and templates, and their control characters")
    void lengths() {
        String longest = "x".repeat(256);
        String variant = "{flags: {f: {type: json, variants: {\"%s\": 1}}}}";
        String salt = "{flags: {f: {salt: \"%s\"}}}";

        assertThatCode(() -> FlagFormat.parseYaml(variant.formatted(longest))).doesNotThrowAnyException();
        assertThatCode(() -> FlagFormat.parseYaml(salt.formatted(longest))).doesNotThrowAnyException();
        assertThatCode(() -> FlagFormat.parseYaml(salt.formatted("a\\nb"))).doesNotThrowAnyException();
        assertThatCode(() -> FlagFormat.parseYaml(BUCKETING.formatted("input: \"{value}" + "x".repeat(249) + "\"")))
                .doesNotThrowAnyException();
        assertRefused(variant.formatted(longest + "x"));
        assertRefused(variant.formatted("a\\nb"));
        assertRefused(salt.formatted(longest + "x"));
        assertRefused(salt.formatted("a:b"));
        assertRefused(BUCKETING.formatted("input: \"{value}" + "x".repeat(250) + "\""));
    }

    @Test
    @DisplayName("decimals of percentages")
    void decimals() {
        String range = "{flags: {f: {fallthrough: {split: [{variant: 'on', from: %s, to: %s}]}}}}";

        assertThatCode(() -> FlagFormat.parseYaml(range.formatted("0.001", "99.999")))
                .doesNotThrowAnyException();
        assertRefused(range.formatted("0.0001", "1"));
        assertRefused(range.formatted("0", "99.9999"));
        assertRefused("{flags: {f: {rules: [{when: {bucket: s, from: 0.0001}, serve: 'on'}]}}}");
    }

    @DisplayName("ranges and how they are compared")
    @ParameterizedTest(name = "{0} to {1}, {2}")
    @CsvSource({
        "7, 9, <, 7 8",
        "7, 9, <=, 8 9",
        "0, 2, <, 0 1",
        "0, 2, <=, 0 1 2",
        "98, 100, <, 98 99",
        "98, 100, <=, 99"
    })
    void ranges(int from, int to, String compare, String expected) {
        Snapshot snapshot = Snapshot.of(FlagFormat.parseYaml("""
                flags:
                  f:
                    enabled: true
                    rules:
                      - serve:
                          split: [{variant: "on", from: %d, to: %d}]
                          bucketing: {hash: crc32, reduce: {modulo: 100}, compare: "%s", input: "{value}"}
                """.formatted(from, to, compare)));
        Set<Long> served = new TreeSet<>();
        IntStream.range(0, 3_000)
                .mapToObj(String::valueOf)
                .filter(user -> snapshot.isEnabled("f", EvaluationContext.of(user)))
                .forEach(user -> served.add(crc32(user) % 100));

        assertThat(served).map(String::valueOf).containsExactly(expected.split(" "));
    }

    @Test
    @DisplayName("a missing value where the off variant is an error")
    void missingAndErroneous() {
        Snapshot snapshot = Snapshot.of(FlagFormat.parseYaml("""
                flags:
                  f:
                    enabled: true
                    errors: {gone: there is none}
                    offVariant: gone
                    fallthrough: {split: [{variant: "on", weight: 1}, {variant: "off", weight: 1}], by: a}
                """));
        Evaluation<Boolean> evaluation = snapshot.getBooleanDetails("f", true, EvaluationContext.EMPTY);

        assertThat(evaluation.value()).isTrue();
        assertThat(evaluation.isDefault()).isTrue();
        assertThat(evaluation.reason()).isEqualTo(Reason.ERROR);
        assertThat(evaluation.errorCode()).isEqualTo(ErrorCode.TARGETING_KEY_MISSING);
    }

    @Test
    @DisplayName("what a translator writes")
    void translations() throws Exception {
        String yaml = Documentation.blocks(Documentation.page("docs/flag-format.md"), "yaml").stream()
                .filter(block -> block.contains("nothing-but-rules"))
                .findFirst()
                .orElseThrow();
        Snapshot snapshot = Snapshot.of(FlagFormat.parseYaml(yaml));
        EvaluationContext nobody = EvaluationContext.EMPTY;
        long thirds = IntStream.range(0, 9_000)
                .filter(i ->
                        snapshot.getStringValue("third", "", list("u-" + i)).equals("A"))
                .count();
        List<String> exact = IntStream.range(0, 2_000)
                .mapToObj(i -> "u-" + i)
                .filter(user -> snapshot.getStringValue("third", "", EvaluationContext.of(user))
                        .equals("B"))
                .toList();

        assertThat(thirds).isBetween(2_800L, 3_200L);
        assertThat(exact)
                .isNotEmpty()
                .containsExactlyElementsOf(IntStream.range(0, 2_000)
                        .mapToObj(i -> "u-" + i)
                        .filter(user -> crc32(user + "\nthird") % 100 == 7)
                        .toList());
        assertThat(snapshot.getBooleanDetails("nothing-but-rules", true, nobody))
                .extracting(Evaluation::value, Evaluation::reason, Evaluation::isDefault)
                .containsExactly(true, Reason.DEFAULT, true);
        assertThat(snapshot.evaluate("mixed", nobody).value()).isEqualTo(FlagFormat.readValue("[\"a\",1]"));
    }

    @Test
    @DisplayName("how an editor finds the schema")
    void editors() throws Exception {
        assertThat(Documentation.blocks(Documentation.page("docs/flag-format.md"), "yaml"))
                .filteredOn(block -> block.startsWith("# yaml-language-server: $schema="))
                .singleElement()
                .satisfies(FlagFormat::parseYaml);
        assertRefused("{\"$schema\": \"./flags.schema.json\"}");
    }

    private static void assertRefused(String yaml) {
        assertThatExceptionOfType(FlagFormatException.class).as(yaml).isThrownBy(() -> FlagFormat.parseYaml(yaml));
    }

    private static EvaluationContext list(String key) {
        return EvaluationContext.builder(key).set("roles", List.of("dev")).build();
    }

    private static long crc32(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
