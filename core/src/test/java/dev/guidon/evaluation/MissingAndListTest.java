package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Every operator, on what is missing, of another type, or a list")
class MissingAndListTest {

    @DisplayName(
            "is UNKNOWN on missing and null, goes through lists, and is UNKNOWN on other types unless it is an equality")
    @ParameterizedTest(name = "{0}: {1} matches, {2} does not")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # comparison                                     matches                    does not
                    equals: a                                       | "a"                    | "b"
                    equals: 7, as: number                           | "7"                    | 8
                    in: [a, c]                                      | "c"                    | "b"
                    contains: a                                     | "cat"                  | "dog"
                    startsWith: c                                   | "cat"                  | "dog"
                    endsWith: t                                     | "cat"                  | "dog"
                    contains: A, ignoreCase: true                   | "cat"                  | "dog"
                    matches: '^c.t$'                                | "cat"                  | "dog"
                    lessThan: 5                                     | 4.9                    | 5
                    atMost: 5                                       | 5                      | 5.1
                    greaterThan: 5                                  | 5.1                    | 5
                    atLeast: 5                                      | 5                      | 4.9
                    lessThan: "5", as: number                       | "4.9"                  | "5"
                    lessThan: "2.0.0", as: semver                   | "1.9.9"                | "2.0.0"
                    atLeast: "2026-01-01T00:00:00Z", as: instant    | "2026-01-01T00:00:00Z" | "2025-12-31T23:59:59Z"
                    before: "2026-01-01T00:00:00Z"                  | "2025-01-01T00:00:00Z" | "2026-01-01T00:00:00Z"
                    after: "2026-01-01T00:00:00Z"                   | "2027-01-01T00:00:00Z" | "2026-01-01T00:00:00Z"
                    after: 1, unit: s                               | 2                      | 1
                    semver: ">=1.0.0"                               | "1.0.0"                | "0.9.0"
                    cidr: 10.0.0.0/8                                | "10.1.2.3"             | "11.1.2.3"
                    """)
    void followsTheRules(String comparison, String match, String other) {
        String condition = "{attribute: a, " + comparison + "}";
        boolean equality = comparison.matches("(equals|in): [^,]*(, c\\])?");
        Truth mistyped = equality ? Truth.FALSE : Truth.UNKNOWN;

        List<String> attributes = List.of(
                match,
                other,
                "-",
                "null",
                "{\"a\": 1}",
                "[" + other + "," + match + "]",
                "[" + other + "," + other + "]",
                "[]",
                "[null]",
                "[" + other + ",null]",
                "[null," + match + "]",
                "[{}]",
                "[{}," + match + "]",
                "[{}," + other + "]");
        List<Truth> truths = attributes.stream()
                .map(attribute -> Yaml.truth(condition, Yaml.a(attribute)))
                .toList();

        assertThat(truths)
                .containsExactly(
                        Truth.TRUE,
                        Truth.FALSE,
                        Truth.UNKNOWN,
                        Truth.UNKNOWN,
                        mistyped,
                        Truth.TRUE,
                        Truth.FALSE,
                        Truth.FALSE,
                        Truth.UNKNOWN,
                        Truth.UNKNOWN,
                        Truth.TRUE,
                        mistyped,
                        Truth.TRUE,
                        mistyped);
    }

    @DisplayName("takes ifMissing in place of a missing attribute, and only of that")
    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    equals: a, ifMissing: a                      | -      | TRUE
                    equals: a, ifMissing: a                      | null   | TRUE
                    equals: a, ifMissing: a                      | "b"    | FALSE
                    equals: a, ifMissing: b                      | -      | FALSE
                    equals: a, ifMissing: a                      | []     | FALSE
                    equals: a, ifMissing: a                      | [null] | UNKNOWN
                    lessThan: 5, ifMissing: 4                    | -      | TRUE
                    lessThan: 5, ifMissing: x                    | -      | UNKNOWN
                    lessThan: 5, ifMissing: 4                    | "x"    | UNKNOWN
                    lessThan: 5, ifMissing: "4", as: number      | -      | TRUE
                    semver: ">1.0.0", ifMissing: 2.0.0           | -      | TRUE
                    cidr: 10.0.0.0/8, ifMissing: 10.0.0.1        | -      | TRUE
                    contains: a, ifMissing: [x, cat]             | -      | TRUE
                    hasAny: [1], ifMissing: [1]                  | -      | TRUE
                    hasAll: [1, 2], ifMissing: [1]               | null   | FALSE
                    hasAny: [1], ifMissing: 1                    | -      | UNKNOWN
                    in: [a], ifMissing: a                        | -      | TRUE
                    in: []                                       | -      | UNKNOWN
                    exists: true, ifMissing: 1                   | -      | TRUE
                    exists: false, ifMissing: 1                  | -      | FALSE
                    """)
    void takesIfMissing(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("exists is never UNKNOWN; null is not there, nor is a list without a value")
    @ParameterizedTest(name = "{0} is there: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1           | TRUE
                    0           | TRUE
                    ""          | TRUE
                    false       | TRUE
                    {}          | TRUE
                    [1]         | TRUE
                    [null, 1]   | TRUE
                    -           | FALSE
                    null        | FALSE
                    []          | FALSE
                    [null]      | FALSE
                    """)
    void existsIsNeverUnknown(String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, exists: true}", Yaml.a(attribute)))
                .isEqualTo(expected);
        assertThat(Yaml.truth("{attribute: a, exists: false}", Yaml.a(attribute)))
                .isEqualTo(expected.negated());
    }

    @DisplayName("has no answer for NaN and the infinities, which count as missing")
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void hasNoAnswerWithoutNumber(double number) {
        EvaluationContext context = EvaluationContext.builder(null)
                .set("a", number)
                .set("b", (float) number)
                .set("c", Arrays.asList(number, 1))
                .build();

        assertThat(Yaml.truth("{attribute: a, lessThan: 5}", context)).isEqualTo(Truth.UNKNOWN);
        assertThat(Yaml.truth("{attribute: a, exists: true}", context)).isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth("{attribute: b, exists: true}", context)).isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth("{attribute: c, equals: 2}", context)).isEqualTo(Truth.UNKNOWN);
        assertThat(Yaml.truth("{attribute: c, equals: 1}", context)).isEqualTo(Truth.TRUE);
    }
}
