package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Operators on strings")
class StringOperatorTest {

    @DisplayName("look for any of the given strings")
    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    contains: b                       | "abc"            | TRUE
                    contains: [x, bc]                 | "abc"            | TRUE
                    contains: [x, y]                  | "abc"            | FALSE
                    contains: B                       | "abc"            | FALSE
                    contains: abcd                    | "abc"            | FALSE
                    contains: ""                      | ""               | TRUE
                    contains: a                       | ""               | FALSE
                    contains: []                      | "a"              | FALSE
                    startsWith: ab                    | "abc"            | TRUE
                    startsWith: [x, a]                | "abc"            | TRUE
                    startsWith: bc                    | "abc"            | FALSE
                    startsWith: abcd                  | "abc"            | FALSE
                    endsWith: bc                      | "abc"            | TRUE
                    endsWith: ["@a.org", "@b.org"]    | "joe@b.org"      | TRUE
                    endsWith: ab                      | "abc"            | FALSE
                    endsWith: abcd                    | "abc"            | FALSE
                    endsWith: ""                      | "abc"            | TRUE
                    endsWith: ""                      | ""               | TRUE
                    endsWith: ab                      | "abab"           | TRUE
                    endsWith: aab                     | "aaab"           | TRUE
                    endsWith: €                       | "a€"             | TRUE
                    endsWith: a                       | "€a"             | TRUE
                    endsWith: €                       | "aa"             | FALSE
                    startsWith: []                    | "a"              | FALSE
                    endsWith: []                      | 1                | UNKNOWN
                    contains: B, ignoreCase: true     | "abc"            | TRUE
                    contains: [x, BC], ignoreCase: true | "abc"          | TRUE
                    contains: x, ignoreCase: true     | "abc"            | FALSE
                    contains: ABCD, ignoreCase: true  | "abc"            | FALSE
                    contains: "", ignoreCase: true    | ""               | TRUE
                    startsWith: AB, ignoreCase: true  | "abc"            | TRUE
                    startsWith: BC, ignoreCase: true  | "abc"            | FALSE
                    startsWith: ABCD, ignoreCase: true | "abc"           | FALSE
                    endsWith: BC, ignoreCase: true    | "abc"            | TRUE
                    endsWith: AB, ignoreCase: true    | "abc"            | FALSE
                    endsWith: ABCD, ignoreCase: true  | "abc"            | FALSE
                    endsWith: Ä, ignoreCase: true     | "ä"              | TRUE
                    # an operand that is no string is written as one
                    contains: "1"                     | 21               | UNKNOWN
                    contains: "1", as: string         | 21.0             | TRUE
                    startsWith: "1.", as: string      | 1.5              | TRUE
                    endsWith: "ue", as: string        | true             | TRUE
                    endsWith: "e", as: string         | {}               | UNKNOWN
                    """)
    void lookForAny(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("find patterns in RE2 syntax anywhere in the string")
    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    matches: 'b+'                ; "abbc"         ; TRUE
                    matches: '^b+'               ; "abbc"         ; FALSE
                    matches: '^ab+c$'            ; "abbc"         ; TRUE
                    matches: ['x', 'c$']         ; "abbc"         ; TRUE
                    matches: ['x', 'y']          ; "abbc"         ; FALSE
                    matches: 'B'                 ; "abbc"         ; FALSE
                    matches: '(?i)B'             ; "abbc"         ; TRUE
                    matches: '^(a|b)\\d{2,3}$'   ; "b123"         ; TRUE
                    matches: '^(a|b)\\d{2,3}$'   ; "b1234"        ; FALSE
                    matches: '\\p{Greek}'        ; "aλ"           ; TRUE
                    matches: '^.$'               ; "\\ud83d\\ude00" ; TRUE
                    matches: ''                  ; ""             ; TRUE
                    matches: '1', as: string     ; 21             ; TRUE
                    matches: '1'                 ; 21             ; UNKNOWN
                    """)
    void findPatterns(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    @DisplayName("accept the patterns that people write")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12} ; 123e4567-e89b-12d3-a456-426614174000
                    ^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,63}$ ; joe@mail.example.com
                    ^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.|$)){4}$ ; 10.20.30.40
                    ^\\+?\\d{1,3}[- ]?\\(?\\d{3}\\)?[- ]?\\d{3}[- ]?\\d{4}$ ; +1 (555) 555-1234
                    ^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?Z$ ; 2026-01-01T00:00:00.5Z
                    (?i)^(Mozilla|Opera)/\\d+\\.\\d+.*(Android|iPhone) ; Mozilla/5.0 (Linux, Android 14)
                    ^[^@\\s]+@example\\.(com|org)$ ; joe@example.org
                    \\Q(a+b)*\\E ; x(a+b)*
                    """)
    void acceptUsualPatterns(String pattern, String text) {
        EvaluationContext context =
                EvaluationContext.builder(null).set("a", text).build();

        assertThat(Yaml.truth("{attribute: a, matches: '" + pattern + "'}", context))
                .isEqualTo(Truth.TRUE);
    }

    @DisplayName("refuse what is no RE2 pattern when the flag is compiled")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    (
                    a**
                    (?=a)
                    (?<!a)b
                    (a)\\1
                    [z-a]
                    """)
    void refuseOtherPatterns(String pattern) {
        Snapshot snapshot = Yaml.flag(
                "{enabled: true, rules: [{when: {attribute: a, matches: ['x', '" + pattern + "']}, serve: 'on'}]}");

        assertThat(snapshot.getBooleanDetails("f", false, EvaluationContext.EMPTY))
                .extracting(Evaluation::errorCode, Evaluation::errorMessage)
                .satisfies(error -> {
                    assertThat(error.get(0)).isEqualTo(ErrorCode.PARSE_ERROR);
                    assertThat(error.get(1).toString()).contains("rules[0].when.matches[1]", "RE2");
                });
    }

    @Test
    @DisplayName("see the text of an instant as RFC 3339")
    void seeInstantsAsText() {
        EvaluationContext context = EvaluationContext.builder(null)
                .set("a", Instant.parse("2026-01-01T00:00:00.5Z"))
                .build();

        assertThat(Yaml.truth("{attribute: a, startsWith: '2026-', as: string}", context))
                .isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{attribute: a, endsWith: '.500Z', as: string}", context))
                .isEqualTo(Truth.TRUE);
        assertThat(Yaml.truth("{attribute: a, startsWith: '2026-'}", context)).isEqualTo(Truth.UNKNOWN);
    }
}
