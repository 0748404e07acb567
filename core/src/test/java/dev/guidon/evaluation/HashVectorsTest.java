package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Serve;
import dev.guidon.json.FlagFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buckets were computed with Python: {@code zlib.crc32(text)} and {@code int.from_bytes(hashlib.md5(text).digest()) % n}. */
@DisplayName("Buckets of other systems' hashes are those that Python computes:")
class HashVectorsTest {

    @DisplayName("of all or nearly all bits of a digest, and of CRC-32")
    @ParameterizedTest(name = "{0}, {1} of {3}")
    @CsvSource(delimiter = '|', textBlock = """
            hash: crc32                           | 1000000000 | 123456789    | 421780262
            hash: crc32                           | 100        | 123456789    | 62
            hash: crc32                           | 100        | Zoë 😀       | 62
            hash: md5, bytes: 16                  | 100        | checkout:u-1 | 28
            hash: md5, bytes: 16                  | 10000      | Zoë 😀       | 241
            hash: md5, bytes: 16                  | 999999937  | checkout:u-1 | 624369478
            hash: md5, bytes: 16, endian: little  | 999999937  | checkout:u-1 | 951200191
            hash: sha1, bytes: 20                 | 999999937  | Zoë 😀       | 753897225
            hash: sha256, hexDigits: 63           | 999999937  | checkout:u-1 | 912420611
            hash: md5, bytes: 16, rounds: 2       | 999999937  | checkout:u-1 | 480444676
            """)
    void areThoseOfPython(String hash, long buckets, String text, long bucket) {
        assertThat(bucket(hash + ", reduce: {modulo: " + buckets + "}, input: \"{value}\"", text))
                .isEqualTo(bucket);
    }

    @Test
    @DisplayName("a line break in the input, escaped in YAML or in JSON")
    void lineBreak() {
        String yaml = "flags: {feature: {enabled: true, fallthrough: {split: [{variant: \"on\", weight: 1}],"
                + " bucketing: {hash: crc32, reduce: {modulo: 100}, input: \"{value}\\n{key}\"}}}}";
        String json = FlagFormat.writeJson(FlagFormat.parseYaml(yaml));

        assertThat(json).contains("{value}\\n{key}");
        assertThat(FlagFormat.parseJson(json)).isEqualTo(FlagFormat.parseYaml(yaml));
        assertThat(FlagFormat.parseYaml(FlagFormat.writeYaml(FlagFormat.parseYaml(yaml))))
                .isEqualTo(FlagFormat.parseYaml(yaml));
        assertThat(bucket("hash: crc32, reduce: {modulo: 100}, input: \"{value}\\n{key}\"", "user"))
                .isEqualTo(54);
    }

    private static long bucket(String bucketing, String value) {
        Flag flag = (Flag) FlagFormat.parseYaml(
                        "flags: {feature: {fallthrough: {split: [{variant: \"on\", weight: 1}], bucketing: {"
                                + bucketing + "}}}}")
                .flags()
                .get("feature")
                .definition();
        Assignment assignment = ((Serve.WeightedSplit) flag.fallthrough()).assignment();
        return new Bucketer(assignment, "split", "feature", "feature", Yaml.NOON).bucket(EvaluationContext.of(value));
    }
}
