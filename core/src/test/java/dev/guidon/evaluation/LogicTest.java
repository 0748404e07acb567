package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Three-valued logic")
class LogicTest {

    private static final String T = "{attribute: a, equals: 1}";
    private static final String F = "{attribute: a, equals: 2}";
    private static final String U = "{attribute: nowhere, equals: 1}";

    @DisplayName("has the tables of Kleene")
    @ParameterizedTest(name = "{0}, {1}: all {2}, any {3}")
    @CsvSource({
        "TRUE, TRUE, TRUE, TRUE",
        "TRUE, FALSE, FALSE, TRUE",
        "TRUE, UNKNOWN, UNKNOWN, TRUE",
        "FALSE, TRUE, FALSE, TRUE",
        "FALSE, FALSE, FALSE, FALSE",
        "FALSE, UNKNOWN, FALSE, UNKNOWN",
        "UNKNOWN, TRUE, UNKNOWN, TRUE",
        "UNKNOWN, FALSE, FALSE, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN"
    })
    void hasTheTablesOfKleene(Truth first, Truth second, Truth all, Truth any) {
        String both = "[" + condition(first) + ", " + condition(second) + "]";

        assertThat(truth("{all: " + both + "}")).isEqualTo(all);
        assertThat(truth("{any: " + both + "}")).isEqualTo(any);
    }

    @DisplayName("negates, and asserts")
    @ParameterizedTest(name = "{0}: not {1}, isTrue {2}, not isTrue {3}")
    @CsvSource({"TRUE, FALSE, TRUE, FALSE", "FALSE, TRUE, FALSE, TRUE", "UNKNOWN, UNKNOWN, FALSE, TRUE"})
    void negatesAndAsserts(Truth truth, Truth not, Truth isTrue, Truth notIsTrue) {
        String condition = condition(truth);

        assertThat(truth(condition)).isEqualTo(truth);
        assertThat(truth("{not: " + condition + "}")).isEqualTo(not);
        assertThat(truth("{isTrue: " + condition + "}")).isEqualTo(isTrue);
        assertThat(truth("{not: {isTrue: " + condition + "}}")).isEqualTo(notIsTrue);
    }

    @Test
    @DisplayName("has its neutral elements for nothing at all")
    void hasNeutralElements() {
        assertThat(truth("{all: []}")).isEqualTo(Truth.TRUE);
        assertThat(truth("{any: []}")).isEqualTo(Truth.FALSE);
        assertThat(truth("{not: {any: []}}")).isEqualTo(Truth.TRUE);
    }

    @DisplayName("nests")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    {all: [T, U, F]}                              ; FALSE
                    {all: [T, U, T]}                              ; UNKNOWN
                    {any: [F, U, T]}                              ; TRUE
                    {any: [F, U, F]}                              ; UNKNOWN
                    {not: {all: [U, F]}}                          ; TRUE
                    {not: {any: [U, T]}}                          ; FALSE
                    {all: [{not: U}, {isTrue: U}]}                ; FALSE
                    {any: [{not: {isTrue: U}}, F]}                ; TRUE
                    {all: [{any: [U, T]}, {any: [F, U]}]}         ; UNKNOWN
                    {isTrue: {all: [{any: [U, T]}, {not: F}]}}    ; TRUE
                    """)
    void nests(String expression, Truth expected) {
        String condition =
                expression.replaceAll("\\bT\\b", T).replaceAll("\\bF\\b", F).replaceAll("\\bU\\b", U);

        assertThat(truth(condition)).isEqualTo(expected);
    }

    @Test
    @DisplayName("lets a rule fire on TRUE only")
    void firesOnTrueOnly() {
        Snapshot snapshot = Yaml.flag("""
                {type: string, enabled: true, variants: {u: u, nu: nu, f: f, t: t}, rules: [
                  {when: %s, serve: u}, {when: {not: %s}, serve: nu}, {when: %s, serve: f}, {when: %s, serve: t}]}
                """.formatted(U, U, F, T));

        assertThat(snapshot.getStringDetails("f", "none", Yaml.a("1")))
                .extracting(Evaluation::value, Evaluation::ruleId)
                .containsExactly("t", "rules[3]");
    }

    @Test
    @DisplayName("takes a rule without a condition as TRUE")
    void takesNoConditionAsTrue() {
        Snapshot snapshot = Yaml.flag("{enabled: true, rules: [{serve: 'off'}]}");

        assertThat(snapshot.getBooleanDetails("f", true, EvaluationContext.EMPTY)
                        .reason())
                .isEqualTo(Reason.TARGETING_MATCH);
    }

    private static String condition(Truth truth) {
        return truth == Truth.TRUE ? T : truth == Truth.FALSE ? F : U;
    }

    private static Truth truth(String condition) {
        return Yaml.truth(condition, Yaml.a("1"));
    }
}
