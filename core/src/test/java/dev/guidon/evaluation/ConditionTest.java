package dev.guidon.evaluation;

import static dev.guidon.evaluation.Truth.FALSE;
import static dev.guidon.evaluation.Truth.TRUE;
import static dev.guidon.evaluation.Truth.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions as they are written, against one attribute {@code a} as it would come in JSON; {@code -} is a missing attribute. */
class ConditionTest {

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {attribute: a, exists: true}                                  | "x"                       | TRUE
            {attribute: a, exists: true}                                  | -                         | FALSE
            {attribute: a, exists: true}                                  | null                      | FALSE
            {attribute: a, exists: true}                                  | []                        | FALSE
            {attribute: a, exists: false}                                 | -                         | TRUE
            {attribute: a, exists: false}                                 | 0                         | FALSE
            {attribute: a, equals: 1}                                     | 1                         | TRUE
            {attribute: a, equals: 1}                                     | 1.0                       | TRUE
            {attribute: a, equals: 1.0}                                   | 1                         | TRUE
            {attribute: a, equals: 1}                                     | true                      | FALSE
            {attribute: a, equals: "1"}                                   | 1                         | FALSE
            {attribute: a, equals: true}                                  | "true"                    | FALSE
            {attribute: a, equals: 9007199254740993}                      | 9007199254740992          | FALSE
            {attribute: a, equals: 123456789012345678901}                 | 123456789012345678901     | TRUE
            {attribute: a, equals: 123456789012345678901}                 | 123456789012345678902     | FALSE
            {attribute: a, equals: x}                                     | null                      | UNKNOWN
            {attribute: a, equals: x}                                     | -                         | UNKNOWN
            {attribute: a, equals: x}                                     | []                        | FALSE
            {attribute: a, equals: x}                                     | ["y", "x"]                | TRUE
            {attribute: a, equals: x}                                     | ["y", null]               | UNKNOWN
            {attribute: a, equals: [1, {b: c}]}                           | [1.0, {"b": "c"}]         | TRUE
            {attribute: a, equals: {b: [1]}}                              | {"b": [1.0]}              | TRUE
            {attribute: a, equals: {b: [1]}}                              | {"b": [2]}                | FALSE
            {attribute: a, equals: Straße, ignoreCase: true}              | "STRAßE"                  | TRUE
            {attribute: a, in: []}                                        | "x"                       | FALSE
            {attribute: a, in: []}                                        | -                         | UNKNOWN
            {attribute: a, in: [x, 2, true]}                              | 2                         | TRUE
            {attribute: a, in: [x, 2, true]}                              | "2"                       | FALSE
            {attribute: a, in: [x, Y], ignoreCase: true}                  | "y"                       | TRUE
            {attribute: a, in: [x], ifMissing: x}                         | -                         | TRUE
            {attribute: a, contains: [b, c]}                              | "abc"                     | TRUE
            {attribute: a, contains: B, ignoreCase: true}                 | "abc"                     | TRUE
            {attribute: a, contains: B}                                   | "abc"                     | FALSE
            {attribute: a, contains: ""}                                  | ""                        | TRUE
            {attribute: a, contains: "1"}                                 | 1                         | UNKNOWN
            {attribute: a, contains: "1", as: string}                     | 1.0                       | TRUE
            {attribute: a, startsWith: AB, ignoreCase: true}              | "abc"                     | TRUE
            {attribute: a, endsWith: [x, bc]}                             | "abc"                     | TRUE
            {attribute: a, endsWith: abcd}                                | "abc"                     | FALSE
            {attribute: a, endsWith: ABCD, ignoreCase: true}              | "abc"                     | FALSE
            {attribute: a, endsWith: x}                                   | ["ax", 1]                 | TRUE
            {attribute: a, endsWith: x}                                   | ["a", 1]                  | UNKNOWN
            {attribute: a, matches: "b+"}                                 | "abbc"                    | TRUE
            {attribute: a, matches: "^b+$"}                               | "abbc"                    | FALSE
            {attribute: a, matches: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"} | "x" | FALSE
            {attribute: a, matches: b}                                    | 1                         | UNKNOWN
            {attribute: a, lessThan: 2}                                   | 1.5                       | TRUE
            {attribute: a, lessThan: 2}                                   | "1"                       | UNKNOWN
            {attribute: a, lessThan: 2, as: number}                       | "1"                       | TRUE
            {attribute: a, lessThan: 2, as: number}                       | "one"                     | UNKNOWN
            {attribute: a, atMost: 2}                                     | 2                         | TRUE
            {attribute: a, greaterThan: 9007199254740992}                 | 9007199254740993          | TRUE
            {attribute: a, atLeast: 2}                                    | 1                         | FALSE
            {attribute: a, before: "2027-01-01T00:00:00Z"}                | "2026-12-31T23:59:59Z"    | TRUE
            {attribute: a, before: "2027-01-01T00:00:00Z"}                | "2027-01-01T00:30:00+01:00" | TRUE
            {attribute: a, after: "2027-01-01T00:00:00Z"}                 | "2027-01-01"              | UNKNOWN
            {attribute: a, after: "2027-01-01T00:00:00Z"}                 | 1900000000                | UNKNOWN
            {attribute: a, after: "2027-01-01T00:00:00Z", unit: s}        | 1900000000                | TRUE
            {attribute: a, after: "2027-01-01T00:00:00Z", unit: ms}       | 1900000000                | FALSE
            {attribute: a, before: 1.5, unit: s}                          | "1970-01-01T00:00:01.25Z" | TRUE
            {attribute: $now, after: "2027-01-01T00:00:00Z"}              | -                         | TRUE
            {attribute: a, equals: "2027-01-01T00:00:00Z", as: instant}   | "2027-01-01T01:00:00+01:00" | TRUE
            {attribute: a, semver: ">=1.2.0"}                             | "1.10.0"                  | TRUE
            {attribute: a, semver: ">=1.2.0"}                             | "1.2.0-rc.1"              | FALSE
            {attribute: a, semver: ["~1.2.3", "^3.0.0"]}                  | "1.2.9"                   | TRUE
            {attribute: a, semver: ["~1.2.3", "^3.0.0"]}                  | "3.9.0"                   | TRUE
            {attribute: a, semver: ["~1.2.3", "^3.0.0"]}                  | "4.0.0"                   | FALSE
            {attribute: a, semver: "^0.2.3"}                              | "0.3.0"                   | FALSE
            {attribute: a, semver: "=1.0.0"}                              | "1.0.0+build"             | TRUE
            {attribute: a, semver: "=1.0.0"}                              | "1.0"                     | UNKNOWN
            {attribute: a, semver: "=1.0", lenient: true}                 | "v1"                      | TRUE
            {attribute: a, semver: "=1.0.0"}                              | "01.0.0"                  | UNKNOWN
            {attribute: a, lessThan: "1.0.0", as: semver}                 | "1.0.0-alpha"             | TRUE
            {attribute: a, cidr: [10.0.0.0/8, "2001:db8::/32"]}           | "10.1.2.3"                | TRUE
            {attribute: a, cidr: [10.0.0.0/8, "2001:db8::/32"]}           | "2001:db8::1"             | TRUE
            {attribute: a, cidr: [10.0.0.0/8, "2001:db8::/32"]}           | "::ffff:10.0.0.1"         | TRUE
            {attribute: a, cidr: [10.0.0.0/8, "2001:db8::/32"]}           | "11.0.0.1"                | FALSE
            {attribute: a, cidr: [10.0.0.0/8, "2001:db8::/32"]}           | "localhost"               | UNKNOWN
            {attribute: a, hasAny: [x, 1]}                                | ["y", 1.0]                | TRUE
            {attribute: a, hasAny: [x]}                                   | []                        | FALSE
            {attribute: a, hasAny: [x]}                                   | "x"                       | UNKNOWN
            {attribute: a, hasAll: [x, Y], ignoreCase: true}              | ["y", "X", "z"]           | TRUE
            {attribute: a, hasAll: [x, y]}                                | ["x"]                     | FALSE
            {attribute: a, hasAll: []}                                    | []                        | TRUE
            {attribute: a.b.c, equals: 1}                                 | {"b": {"c": 1}}           | TRUE
            {attribute: a.b.c, equals: 1}                                 | {"b": 7}                  | UNKNOWN
            {attribute: [a, "b.c"], equals: 1}                            | {"b.c": 1}                | TRUE
            """)
    @DisplayName("a comparison")
    void compares(String condition, String attribute, Truth expected) {
        assertThat(Scenario.truth(condition, with(attribute))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {all: []}                                                     | TRUE
            {any: []}                                                     | FALSE
            {all: [T, T]}                                                 | TRUE
            {all: [T, F]}                                                 | FALSE
            {all: [T, U]}                                                 | UNKNOWN
            {all: [U, F]}                                                 | FALSE
            {all: [U, U]}                                                 | UNKNOWN
            {any: [F, F]}                                                 | FALSE
            {any: [F, T]}                                                 | TRUE
            {any: [F, U]}                                                 | UNKNOWN
            {any: [U, T]}                                                 | TRUE
            {any: [U, U]}                                                 | UNKNOWN
            {not: T}                                                      | FALSE
            {not: F}                                                      | TRUE
            {not: U}                                                      | UNKNOWN
            {isTrue: T}                                                   | TRUE
            {isTrue: F}                                                   | FALSE
            {isTrue: U}                                                   | FALSE
            {not: {isTrue: U}}                                            | TRUE
            {flag: "on", variants: ["on"]}                                | TRUE
            {flag: "off", variants: ["off"]}                              | TRUE
            {flag: "on", variants: [x]}                                   | FALSE
            {flag: missing, variants: [x]}                                | UNKNOWN
            {flag: broken, variants: [x]}                                 | UNKNOWN
            {segment: missing}                                            | FALSE
            {segment: malformed}                                          | UNKNOWN
            {segment: listed}                                             | TRUE
            {segment: staff}                                              | UNKNOWN
            {segment: [staff, listed]}                                    | TRUE
            {segment: [staff, missing]}                                   | UNKNOWN
            {bucket: s}                                                   | TRUE
            {bucket: s, to: 0}                                            | FALSE
            {bucket: s, by: missing}                                      | UNKNOWN
            """)
    @DisplayName("conditions are put together by Kleene's logic")
    void combines(String condition, Truth expected) {
        String written = condition
                .replaceAll("\\bT\\b", "{attribute: \\$key, equals: ada}")
                .replaceAll("\\bF\\b", "{attribute: \\$key, equals: bob}")
                .replaceAll("\\bU\\b", "{attribute: missing, equals: x}");

        assertThat(Scenario.truth(written, EvaluationContext.of("ada"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {attribute: a, matches: "(?=x)"}
            {attribute: a, matches: "(a)\\\\1"}
            {attribute: a, matches: "((a{30}){30}){30}"}
            {attribute: a, before: yesterday}
            {attribute: a, before: "2027-02-30T00:00:00Z"}
            {attribute: a, semver: ">=1.2"}
            {attribute: a, semver: latest}
            {attribute: a, cidr: 10.0.0.0/33}
            {attribute: a, cidr: example.com}
            {attribute: a, equals: one, as: number}
            """)
    @DisplayName("an operand that cannot be parsed breaks the flag, and the flag alone")
    void refusesOperands(String condition) {
        Snapshot snapshot = Scenario.read("flags: {bad: {enabled: true, rules: [{when: " + condition
                + ", serve: \"off\"}]}, good: {enabled: true}}");

        Evaluation<Boolean> details = snapshot.getBooleanDetails("bad", true, EvaluationContext.EMPTY);

        assertThat(details.errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        assertThat(details.errorMessage()).contains("bad", "rules[0].when");
        assertThat(snapshot.isEnabled("good")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-alpha.beta, 1.0.0-beta",
        "1.0.0-beta, 1.0.0-beta.2",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-beta.11, 1.0.0-rc.1",
        "1.0.0-rc.1, 1.0.0",
        "9.0.0, 10.0.0",
        "1.0.0, 99999999999999999999.0.0"
    })
    @DisplayName("versions have the precedence of SemVer 2.0.0, item 11")
    void ordersVersions(String lower, String higher) {
        EvaluationContext context =
                EvaluationContext.builder(null).set("a", lower).build();

        assertThat(Scenario.truth("{attribute: a, semver: \"<" + higher + "\"}", context))
                .isEqualTo(TRUE);
        assertThat(Scenario.truth("{attribute: a, semver: \">=" + higher + "\"}", context))
                .isEqualTo(FALSE);
        assertThat(Scenario.truth("{attribute: a, atLeast: \"" + lower + "\", as: semver}", context))
                .isEqualTo(TRUE);
        assertThat(Scenario.truth("{attribute: b, semver: \"<1.0.0\"}", context))
                .isEqualTo(UNKNOWN);
    }

    private static EvaluationContext with(String attribute) {
        EvaluationContext.Builder builder = EvaluationContext.builder("u");
        if (!attribute.equals("-")) {
            FlagValue value = FlagFormat.readValue(attribute);
            builder.setAll(Map.of("a", value));
        }
        return builder.build();
    }
}
