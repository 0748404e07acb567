package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.migrate.Finding.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Flags of a universal flag configuration, beyond Datadog's test data")
class UfcTest {

    private static Answers allocations(String allocations) {
        return Answers.of(Importer.UFC, """
                {"flags": {"f": {"key": "f", "enabled": true, "variationType": "STRING", "totalShards": 10000,
                  "variations": {"a": {"key": "a", "value": "A"}, "b": {"key": "b", "value": "B"}},
                  "allocations": [%s]}}}
                """.formatted(allocations));
    }

    private static Answers condition(String condition) {
        return allocations("{\"key\": \"one\", \"rules\": [{\"conditions\": [" + condition
                + "]}], \"splits\": [{\"variationKey\": \"a\", \"shards\": []}]}");
    }

    private static long shard(String salt, String key, long total) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest((salt + "-" + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(hash, 0, 4)) % total;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @DisplayName("every shard is where it was, with any number of shards and any salt")
    @CsvSource({"10000, 1234, 7777", "99991, 1, 50000", "3, 1, 2", "1, 0, 1", "100000, 99999, 100000"})
    void shards(long total, long start, long end) {
        for (String salt : new String[] {"s", "a:b", "{x}", ""}) {
            Answers answers = allocations("""
                    {"key": "one", "splits": [{"variationKey": "a", "shards": [
                      {"salt": "%s", "totalShards": %d, "ranges": [{"start": %d, "end": %d}]}]}]}
                    """.formatted(salt, total, start, end));

            for (int i = 0; i < 500; i++) {
                long shard = shard(salt, "u-" + i, total);
                assertThat(answers.variant("f", "u-" + i, "{}")).isEqualTo(shard >= start && shard < end ? "a" : "-");
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} of {2} and {3}")
    @DisplayName("the key is the attribute id, unless there is one, also where it is asked whether there is any")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            IS_NULL     | true    | u | {}          | -
            IS_NULL     | true    | u | {"id": "i"} | -
            IS_NULL     | true    |   | {"id": "i"} | -
            IS_NULL     | true    |   | {}          | a
            IS_NULL     | false   | u | {}          | a
            IS_NULL     | false   |   | {"id": "i"} | a
            IS_NULL     | false   |   | {}          | -
            ONE_OF      | ["u"]   | u | {}          | a
            ONE_OF      | ["u"]   | u | {"id": "i"} | -
            NOT_ONE_OF  | ["u"]   | u | {}          | -
            NOT_ONE_OF  | ["u"]   | u | {"id": "i"} | a
            NOT_ONE_OF  | ["u"]   |   | {}          | -
            NOT_MATCHES | "^u"    | u | {"id": "i"} | a
            """)
    void id(String operator, String value, String key, String attributes, String expected) {
        Answers answers =
                condition("{\"attribute\": \"id\", \"operator\": \"" + operator + "\", \"value\": " + value + "}");

        assertThat(answers.variant("f", key, attributes)).isEqualTo(expected);
        assertThat(answers.finding("flag f").outcome()).isEqualTo(Outcome.IMPORTED);
    }

    @Test
    @DisplayName("without a key, shards without ranges are an error too")
    void noRanges() {
        Answers answers = allocations("""
                {"key": "one", "splits": [{"variationKey": "a", "shards": [{"salt": "s", "ranges": []}]}]},
                {"key": "two", "splits": [{"variationKey": "b", "shards": []}]}
                """);

        assertThat(answers.of("f", null, "{}")).isEqualTo("- ERROR");
        assertThat(answers.variant("f", "u", "{}")).isEqualTo("b");
    }

    @Test
    @DisplayName(
            "all shards of a split must match, in whatever order and with whatever ranges; who matches none goes on")
    void severalShards() {
        Answers answers = allocations("""
                {"key": "one", "splits": [
                  {"variationKey": "a", "shards": [
                    {"salt": "t", "ranges": [{"start": 2000, "end": 4000}, {"start": 6000, "end": 8000}]},
                    {"salt": "u", "ranges": [{"start": 0, "end": 9000}]},
                    {"salt": "s", "ranges": [{"start": 0, "end": 5000}, {"start": 9000, "end": 10000}]}]}]},
                {"key": "two", "splits": [{"variationKey": "b", "shards": []}]}
                """);

        for (int i = 0; i < 2_000; i++) {
            String key = "u-" + i;
            long t = shard("t", key, 10_000);
            long s = shard("s", key, 10_000);
            boolean a = ((t >= 2_000 && t < 4_000) || (t >= 6_000 && t < 8_000))
                    && shard("u", key, 10_000) < 9_000
                    && (s < 5_000 || s >= 9_000);
            assertThat(answers.variant("f", key, "{}")).isEqualTo(a ? "a" : "b");
        }
        assertThat(answers.of("f", null, "{}")).isEqualTo("- ERROR");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("conditions")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"attribute": "v", "operator": "GTE", "value": "1.5.0"}      | a - - | {"v": "1.10.0"}; {"v": "1.4.9"}; {"v": "new"}
            {"attribute": "v", "operator": "LT", "value": 5}             | a a - | {"v": 4}; {"v": "4.5"}; {}
            {"attribute": "v", "operator": "GT", "value": "5"}           | a -   | {"v": 6}; {"v": 5}
            {"attribute": "v", "operator": "SEMVER_NEQ", "value": "1.0.0"} | a - - | {"v": "2.0.0"}; {"v": "1.0.0"}; {"v": "x"}
            {"attribute": "v", "operator": "NOT_ONE_OF", "value": ["1", true]} | - - a - | {"v": 1}; {"v": "true"}; {"v": 2}; {}
            {"attribute": "v", "operator": "NOT_MATCHES", "value": "^a"} | - a - | {"v": "ab"}; {"v": 1}; {}
            {"attribute": "id", "operator": "ONE_OF", "value": ["u"]}    | a - a | {}; {"id": "x"}; {"id": "u"}
            {"attribute": "id", "operator": "IS_NULL", "value": false}   | a     | {}
            {"attribute": "v", "operator": "IS_NULL", "value": true}     | a -   | {}; {"v": 0}
            """)
    void conditions(String condition, String expected, String contexts) {
        Answers answers = condition(condition);

        String[] wanted = expected.trim().split(" +");
        String[] given = contexts.trim().split(";");
        for (int i = 0; i < given.length; i++) {
            assertThat(answers.variant("f", "u", given[i].trim()))
                    .as(given[i] + "\n" + answers.imported().report())
                    .isEqualTo(wanted[i]);
        }
    }

    @ParameterizedTest
    @DisplayName("what cannot be said is refused, with the place")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"attribute": "v", "operator": "IS", "value": 1}              | conditions[0].operator
            {"attribute": "v", "operator": "MATCHES", "value": "(?=a)b"}  | RE2
            {"attribute": "v", "operator": "ONE_OF", "value": "a"}        | conditions[0].value
            {"attribute": "v", "operator": "GT", "value": true}           | a number or a version
            {"operator": "GT", "value": 1}                                | conditions[0].attribute
            """)
    void refused(String condition, String reason) {
        Finding finding = condition(condition).finding("flag f");

        assertThat(finding.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(finding.notes()).anyMatch(note -> note.contains(reason));
    }

    @Test
    @DisplayName("a value that is not of the flag's type is an error only for those who get it")
    void wrongValue() {
        Answers answers = Answers.of(Importer.UFC, """
                {"flags": {"f": {"key": "f", "enabled": true, "variationType": "INTEGER",
                  "variations": {"one": {"key": "one", "value": 1}, "pi": {"key": "pi", "value": 3.14}},
                  "allocations": [
                    {"key": "x", "rules": [{"conditions": [{"attribute": "c", "operator": "ONE_OF", "value": ["x"]}]}],
                     "splits": [{"variationKey": "one", "shards": []}]},
                    {"key": "y", "splits": [{"variationKey": "pi", "shards": []}]}]}}}
                """);

        assertThat(answers.of("f", "u", "{\"c\": \"x\"}")).isEqualTo("one TARGETING_MATCH");
        assertThat(answers.of("f", "u", "{}")).isEqualTo("- ERROR");
        assertThat(answers.finding("flag f").outcome()).isEqualTo(Outcome.REMARKED);
    }

    @Test
    @DisplayName("variations on and off make no default that was not there")
    void onAndOff() {
        Answers answers = Answers.of(Importer.UFC, """
                {"flags": {"f": {"key": "f", "enabled": true, "variationType": "BOOLEAN",
                  "variations": {"on": {"key": "on", "value": true}, "off": {"key": "off", "value": false}}, "allocations": []},
                 "g": {"key": "g", "enabled": false, "variationType": "BOOLEAN", "variations": {}, "allocations": []}}}
                """);

        assertThat(answers.of("f", "u", "{}")).isEqualTo("- DEFAULT");
        assertThat(answers.of("g", "u", "{}")).isEqualTo("- DISABLED");
    }

    @Test
    @DisplayName("JSON may stand in a string; configurations of clients are refused")
    void other() {
        Answers answers = Answers.of(Importer.UFC, """
                {"flags": {"f": {"key": "f", "enabled": true, "variationType": "JSON",
                  "variations": {"v": {"key": "v", "value": "{\\"a\\": 1}"}},
                  "allocations": [{"key": "y", "splits": [{"variationKey": "v", "shards": []}]}]}}}
                """);

        assertThat(answers.imported()
                        .definitions()
                        .flag("f")
                        .orElseThrow()
                        .variants()
                        .get("v"))
                .hasToString("{\"a\":1}");
        assertThat(Importer.UFC.read("{\"format\": \"CLIENT\", \"flags\": {}}").count(Outcome.REFUSED))
                .isEqualTo(1);
    }
}
