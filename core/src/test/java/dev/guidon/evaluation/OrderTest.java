package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Order of numbers and instants")
class OrderTest {

    @DisplayName("of numbers is exact for integers, and by double with a fraction")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    lessThan: 5                      | -1                     | TRUE
                    lessThan: 5                      | 5.0                    | FALSE
                    lessThan: 0.3                    | 0.30000000000000004    | FALSE
                    greaterThan: 0.3                 | 0.30000000000000004    | TRUE
                    greaterThan: 9007199254740992    | 9007199254740993       | TRUE
                    greaterThan: 9007199254740993    | 9007199254740993       | FALSE
                    lessThan: 9007199254740993       | 9007199254740992       | TRUE
                    lessThan: 9223372036854775808    | 9223372036854775807    | TRUE
                    greaterThan: -9223372036854775809 | -9223372036854775808  | TRUE
                    lessThan: 1e40                   | 1e39                   | TRUE
                    atLeast: 1e40                    | 1e40                   | TRUE
                    atMost: 1e40                     | 1.5                    | TRUE
                    lessThan: -1e40                  | 1.5                    | FALSE
                    atMost: -0.0                     | 0                      | TRUE
                    lessThan: 5                      | "4"                    | UNKNOWN
                    lessThan: 5                      | true                   | UNKNOWN
                    lessThan: "5", as: number        | "4"                    | TRUE
                    lessThan: "5", as: number        | "four"                 | UNKNOWN
                    lessThan: "1e2", as: number      | 99.9                   | TRUE
                    lessThan: "1.0.0", as: semver    | "1.0.0-rc.1"           | TRUE
                    atMost: "1.0.0", as: semver      | "1.0.0+build"          | TRUE
                    greaterThan: "1.0.0", as: semver | "garbage"              | UNKNOWN
                    atLeast: "1.2", as: semver, lenient: true | "v1.2"        | TRUE
                    """)
    void ofNumbers(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("of instants is that of points in time, whatever the offset they are written with")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    before: "2026-01-01T00:00:00Z"        | "2026-01-01T00:30:00+01:00"    | TRUE
                    before: "2026-01-01T00:00:00Z"        | "2025-12-31T23:30:00-01:00"    | FALSE
                    before: "2026-01-01T00:00:00.000000001Z" | "2026-01-01T00:00:00Z"      | TRUE
                    after: "2026-01-01T00:00:00Z"         | "2026-01-01T00:00:00.000000001Z" | TRUE
                    after: "2026-01-01T00:00:00Z"         | "2026-01-01T00:00:00.0000000009Z" | FALSE
                    after: "2026-01-01T00:00:00Z"         | 1767225601                     | UNKNOWN
                    after: "2026-01-01T00:00:00Z"         | "2027-01-01"                   | UNKNOWN
                    after: "2026-01-01T00:00:00Z", unit: s | 1767225601                    | TRUE
                    after: "2026-01-01T00:00:00Z", unit: ms | 1767225601                   | FALSE
                    after: "2026-01-01T00:00:00Z", unit: s | 1767225600                    | FALSE
                    after: "2026-01-01T00:00:00Z", unit: s | 1767225600.001                | TRUE
                    after: "2026-01-01T00:00:00Z", unit: ms | 1767225600001                | TRUE
                    after: "2026-01-01T00:00:00Z", unit: ms | 1767225600000.5              | TRUE
                    after: "2026-01-01T00:00:00Z", unit: ms | "2026-01-01T00:00:01Z"       | TRUE
                    after: 1767225600, unit: s            | "2026-01-01T00:00:01Z"         | TRUE
                    before: -1.5, unit: s                 | "1969-12-31T23:59:58.4Z"       | TRUE
                    before: -1.5, unit: s                 | "1969-12-31T23:59:58.5Z"       | FALSE
                    before: 0, unit: s                    | 1e30                           | UNKNOWN
                    before: 0, unit: s                    | 9223372036854775807            | UNKNOWN
                    before: 0, unit: s                    | 1.5e300                        | UNKNOWN
                    before: 0, unit: s                    | "0"                            | UNKNOWN
                    before: 0, unit: s                    | true                           | UNKNOWN
                    lessThan: "2026-01-01T00:00:00Z", as: instant | "2025-01-01T00:00:00Z" | TRUE
                    atMost: 1000, as: instant, unit: ms   | "1970-01-01T00:00:01Z"         | TRUE
                    greaterThan: 0, as: instant, unit: s  | "1970-01-01T00:00:01Z"         | TRUE
                    """)
    void ofInstants(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("of instants knows RFC 3339")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1985-04-12T23:20:50.52Z",
                "1996-12-19T16:39:57-08:00",
                "1937-01-01T12:00:27.87+00:20",
                "2026-01-01t00:00:00z",
                "2026-01-01T00:00:00-00:00",
                "2026-01-01T00:00:00+23:59",
                "2024-02-29T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2026-01-01T00:00:00.123456789012345678901234567890Z"
            })
    void knowsRfc3339(String text) {
        assertThat(Instants.parse(text)).isNotNull();
    }

    @DisplayName("of instants knows nothing but RFC 3339")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-01",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00,5Z",
                "2026-01-01T00:00:00+01",
                "2026-01-01T00:00:00+0100",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+01:60",
                "2026-01-01T24:00:00Z",
                "2026-01-01T23:59:60Z",
                "2016-12-31T23:59:60Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "26-01-01T00:00:00Z",
                "+2026-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "20260101T000000Z",
                " 2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z\n",
                "２０２６-01-01T00:00:00Z",
                "2026-01-01T00:00:00.1234567890123456789012345678901234567890123456789Z",
                "1767225600"
            })
    void knowsNothingElse(String text) {
        assertThat(Instants.parse(text)).isNull();
    }

    @Test
    @DisplayName("of instants takes $now from the clock, and date-times as attributes")
    void takesNowFromTheClock() {
        String condition = "{attribute: $now, after: '2026-07-01T11:59:59.999Z'}";
        EvaluationContext context = EvaluationContext.builder(null)
                .set("signup", Instant.parse("2026-06-30T00:00:00Z"))
                .set("renewal", Instant.parse("2026-07-02T00:00:00Z").atOffset(ZoneOffset.ofHours(9)))
                .build();

        assertThat(Yaml.truth(condition, context)).isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{attribute: $now, before: '2026-07-01T12:00:00Z'}", context))
                .isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth("{attribute: signup, before: '2026-07-01T00:00:00Z'}", context))
                .isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{attribute: renewal, after: '2026-07-01T00:00:00Z'}", context))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    @DisplayName("of $now changes when the clock does")
    void followsTheClock() {
        Instant[] now = {Instant.parse("2026-07-01T11:59:59Z")};
        Clock clock = new MutableClock(() -> now[0]);
        Snapshot snapshot = Yaml.snapshot("""
                flags: {f: {enabled: true, rules: [
                  {when: {attribute: $now, before: "2026-07-01T12:00:00Z"}, serve: "off"}], fallthrough: "on"}}
                """, clock, SegmentMembers.NONE);

        boolean before = snapshot.isEnabled("f");
        now[0] = Instant.parse("2026-07-01T12:00:00Z");
        boolean after = snapshot.isEnabled("f");

        assertThat(before).isFalse();
        assertThat(after).isTrue();
    }
}
