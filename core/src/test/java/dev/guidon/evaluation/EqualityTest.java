package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Equality")
class EqualityTest {

    @DisplayName("is typed and deep")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # numbers: the value counts, not how it is written
                    equals: 1                          | 1                            | TRUE
                    equals: 1                          | 1.0                          | TRUE
                    equals: 1                          | 1e0                          | TRUE
                    equals: 1.0                        | 1                            | TRUE
                    equals: 100                        | 1E+2                         | TRUE
                    equals: 0                          | -0.0                         | TRUE
                    equals: 0.1                        | 0.10                         | TRUE
                    equals: 1                          | 1.5                          | FALSE
                    equals: 1                          | 2                            | FALSE
                    # exact for integers, however large
                    equals: 9007199254740993           | 9007199254740993             | TRUE
                    equals: 9007199254740993           | 9007199254740992             | FALSE
                    equals: 9007199254740993           | 9007199254740993.0           | TRUE
                    equals: 9223372036854775807        | 9223372036854775808          | FALSE
                    equals: 18446744073709551617       | 18446744073709551617         | TRUE
                    equals: 18446744073709551617       | 18446744073709551616         | FALSE
                    equals: 1e30                       | 1000000000000000000000000000000 | TRUE
                    # as doubles with a fraction
                    equals: 0.1                        | 0.10000000000000000001       | TRUE
                    equals: 0.3                        | 0.30000000000000004          | FALSE
                    # types
                    equals: 1                          | "1"                          | FALSE
                    equals: "1"                        | 1                            | FALSE
                    equals: 1                          | true                         | FALSE
                    equals: true                       | 1                            | FALSE
                    equals: true                       | "true"                       | FALSE
                    equals: true                       | true                         | TRUE
                    equals: false                      | false                        | TRUE
                    equals: false                      | 0                            | FALSE
                    equals: ""                         | ""                           | TRUE
                    equals: "a"                        | "A"                          | FALSE
                    equals: "a"                        | {}                           | FALSE
                    # objects and lists as a whole, element by element where the operand is no list
                    equals: {x: 1, y: [true]}          | {"y": [true], "x": 1.0}      | TRUE
                    equals: {x: 1, y: [true]}          | {"x": 1, "y": [false]}       | FALSE
                    equals: {x: 1}                     | {"x": 1, "y": 2}             | FALSE
                    equals: {x: null}                  | {"x": null}                  | TRUE
                    equals: {x: null}                  | {}                           | FALSE
                    equals: {}                         | {}                           | TRUE
                    equals: [1, 2]                     | [1, 2.0]                     | TRUE
                    equals: [1, 2]                     | [2, 1]                       | FALSE
                    equals: [1, {b: c}]                | [1.0, {"b": "c"}]            | TRUE
                    equals: [1, 2]                     | [[1, 2], 3]                  | TRUE
                    equals: []                         | []                           | TRUE
                    equals: [null]                     | [null]                       | TRUE
                    equals: 2                          | [1, 2]                       | TRUE
                    equals: 3                          | [1, 2]                       | FALSE
                    # one of several
                    in: [1, "a", true, [1], {x: 1}]    | "a"                          | TRUE
                    in: [1, "a", true, [1], {x: 1}]    | 1.0                          | TRUE
                    in: [1, "a", true, [1], {x: 1}]    | true                         | TRUE
                    in: [1, "a", true, [1], {x: 1}]    | [1]                          | TRUE
                    in: [1, "a", true, [1], {x: 1}]    | {"x": 1}                     | TRUE
                    in: [1, "a", true, [1], {x: 1}]    | "1"                          | FALSE
                    in: [1, "a", true, [1], {x: 1}]    | false                        | FALSE
                    in: [DE, FR]                       | ["IT", "FR"]                 | TRUE
                    in: [DE, FR]                       | ["IT"]                       | FALSE
                    # of one length, with the same first and last characters
                    in: [abc, aXc, abbc]               | "axc"                        | FALSE
                    in: [abc, aXc, abbc]               | "aXc"                        | TRUE
                    in: [abc, aXc, abbc]               | "abbc"                       | TRUE
                    in: [abc, aXc, abbc]               | ""                           | FALSE
                    in: ["", a]                        | ""                           | TRUE
                    in: ["", a]                        | "a"                          | TRUE
                    in: ["", a]                        | "aa"                         | FALSE
                    in: [€, 😀]                        | "😀"                         | TRUE
                    in: [€, 😀]                        | "a"                          | FALSE
                    in: []                             | "a"                          | FALSE
                    in: []                             | []                           | FALSE
                    in: [[]]                           | []                           | TRUE
                    """)
    void isTypedAndDeep(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("ignores the case of strings on request")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    equals: Straße        | "sTRASSE"         | FALSE
                    equals: Straße        | "STRAßE"          | TRUE
                    equals: "de"          | "DE"              | TRUE
                    equals: "k"           | "\\u212a"         | TRUE
                    equals: "\\U00010400" | "\\ud801\\udc28"  | TRUE
                    equals: 1             | 1                 | TRUE
                    equals: 1             | "1"               | FALSE
                    equals: true          | "TRUE"            | FALSE
                    equals: "true"        | true              | FALSE
                    in: [de, 7, true]     | "De"              | TRUE
                    in: [de, 7, true]     | 7.0               | TRUE
                    in: [de, 7, true]     | true              | TRUE
                    in: [de, 7, true]     | "fr"              | FALSE
                    in: [de, 7, true]     | ["fr", "DE"]      | TRUE
                    hasAny: [de, 7]       | ["DE"]            | TRUE
                    hasAny: [de, 7]       | ["FR", 7]         | TRUE
                    hasAny: [de, 7]       | ["FR"]            | FALSE
                    hasAll: [de, 7]       | [7, "dE", "fr"]   | TRUE
                    hasAll: [de, DE]      | ["De"]            | TRUE
                    hasAll: [de, fr]      | ["DE", "de"]      | FALSE
                    hasAny: ["\\U00010400"] | ["\\ud801\\udc28"] | TRUE
                    """)
    void ignoresCase(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + ", ignoreCase: true}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("compares lists with lists")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    hasAny: [1, a]         | [3, 1.0]           | TRUE
                    hasAny: [1, a]         | ["1"]              | FALSE
                    hasAny: [1, a]         | []                 | FALSE
                    hasAny: [1, a]         | "a"                | UNKNOWN
                    hasAny: [1, a]         | {"a": 1}           | UNKNOWN
                    hasAny: [1, a]         | -                  | UNKNOWN
                    hasAny: [1, a]         | null               | UNKNOWN
                    hasAny: [1, a]         | [null]             | UNKNOWN
                    hasAny: [1, a]         | [null, 1]          | TRUE
                    hasAny: [[1]]          | [[1.0]]            | TRUE
                    hasAny: []             | [1]                | FALSE
                    hasAll: [1, a]         | ["a", 1.0, 7]      | TRUE
                    hasAll: [1, 1.0]       | [1]                | TRUE
                    hasAll: [1, a]         | ["a"]              | FALSE
                    hasAll: [1, a]         | ["a", "a"]         | FALSE
                    hasAll: [1, a]         | ["a", null]        | UNKNOWN
                    hasAll: [1, a]         | ["a", null, 1]     | TRUE
                    hasAll: [1, a]         | []                 | FALSE
                    hasAll: []             | []                 | TRUE
                    hasAll: []             | [1]                | TRUE
                    hasAll: []             | 1                  | UNKNOWN
                    """)
    void comparesLists(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("converts both sides on request, and does not know where that fails")
    @ParameterizedTest(name = "{0} against {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    equals: 1, as: string                   | "1"                        | TRUE
                    equals: "1", as: string                 | 1.0                        | TRUE
                    equals: "1.5", as: string               | 1.50                       | TRUE
                    equals: "true", as: string              | true                       | TRUE
                    equals: "18446744073709551617", as: string | 18446744073709551617    | TRUE
                    equals: "1", as: string                 | {}                         | UNKNOWN
                    equals: "[1]", as: string               | [1]                        | FALSE
                    equals: "TRUE", as: string, ignoreCase: true | true                  | TRUE
                    in: ["1", "2"], as: number              | 2.0                        | TRUE
                    in: ["1", "2"], as: number              | "2.00"                     | TRUE
                    in: ["1", "2"], as: number              | "2e0"                      | TRUE
                    in: ["1", "2"], as: number              | "+1"                       | TRUE
                    in: ["1", "2"], as: number              | "3"                        | FALSE
                    in: ["1", "2"], as: number              | " 2"                       | UNKNOWN
                    in: ["1", "2"], as: number              | "two"                      | UNKNOWN
                    in: ["1", "2"], as: number              | ""                         | UNKNOWN
                    in: ["1", "2"], as: number              | "NaN"                      | UNKNOWN
                    in: ["1", "2"], as: number              | "0x1"                      | UNKNOWN
                    in: ["1", "2"], as: number              | "1f"                       | UNKNOWN
                    in: ["1", "2"], as: number              | "1e999999999"              | UNKNOWN
                    in: ["1", "2"], as: number              | "١"                        | UNKNOWN
                    in: ["1", "2"], as: number              | true                       | UNKNOWN
                    in: ["1", "2"], as: number              | ["x", "2"]                 | TRUE
                    in: ["1", "2"], as: number              | ["x", "3"]                 | UNKNOWN
                    equals: "9007199254740993", as: number  | 9007199254740992           | FALSE
                    equals: "2026-01-01T00:00:00Z", as: instant | "2026-01-01T01:00:00+01:00" | TRUE
                    equals: "2026-01-01T00:00:00Z", as: instant | "2026-01-01"           | UNKNOWN
                    equals: 0, as: instant, unit: s         | "1970-01-01T00:00:00Z"     | TRUE
                    equals: 1500, as: instant, unit: ms     | 1500.0                     | TRUE
                    equals: 1500, as: instant, unit: ms     | "1970-01-01T00:00:01.5Z"   | TRUE
                    equals: "1.0.0+a", as: semver           | "1.0.0+b"                  | TRUE
                    equals: "1.0.0", as: semver             | "1.0"                      | UNKNOWN
                    equals: "v1", as: semver, lenient: true | "1.0"                      | TRUE
                    in: ["1.0.0"], as: semver               | 1                          | UNKNOWN
                    hasAny: ["1", 2], as: number            | ["2"]                      | TRUE
                    hasAny: ["1", 2], as: number            | ["x"]                      | UNKNOWN
                    hasAll: ["1", 2], as: string            | [1, 2, true]               | TRUE
                    """)
    void converts(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("does not ask in which Java class a number comes")
    void acceptsAllJavaNumbers() {
        List<Number> sevens =
                List.of(7, 7L, (short) 7, (byte) 7, 7.0, 7.0f, BigInteger.valueOf(7), new BigDecimal("7.00"));

        assertThat(sevens)
                .allSatisfy(seven -> assertThat(Yaml.truth(
                                "{attribute: n, equals: 7}",
                                EvaluationContext.builder(null).set("n", seven).build()))
                        .isEqualTo(Truth.TRUE));
    }

    @Test
    @DisplayName("of an instant needs a conversion, since its text is a string")
    void comparesInstants() {
        EvaluationContext context = EvaluationContext.builder(null)
                .set("at", Instant.parse("2026-01-01T00:00:00Z"))
                .build();

        assertThat(Yaml.truth("{attribute: at, equals: '2026-01-01T00:00:00Z'}", context))
                .isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth("{attribute: at, equals: '2026-01-01T00:00:00Z', as: string}", context))
                .isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{attribute: at, equals: '2026-01-01T02:00:00+02:00', as: instant}", context))
                .isEqualTo(Truth.TRUE);
    }
}
