package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An attribute")
class AttributeLookupTest {

    private static final EvaluationContext CONTEXT = EvaluationContext.builder("the-key")
            .set("plain", "plain")
            .set("key", "an attribute named key")
            .set("now", "an attribute named now")
            .set("$key", "an attribute named $key")
            .set(
                    "account",
                    Map.of("plan", "nested", "a.b", "dotted field", "", "empty field", "owner", Map.of("id", 7)))
            .set("account.plan", "exact")
            .set("missing.here", null)
            .set("missing", Map.of("here", "found behind null"))
            .set("list", List.of(Map.of("plan", "in a list")))
            .set("text", "text")
            .set("", Map.of("x", "below the empty name"))
            .build();

    @DisplayName("is found by name or path")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    plain                   | plain
                    $key                    | the-key
                    key                     | an attribute named key
                    now                     | an attribute named now
                    [$key]                  | an attribute named $key
                    account.plan            | exact
                    [account, plan]         | nested
                    [account.plan]          | exact
                    [account, a.b]          | dotted field
                    account.owner.id        | 7
                    [account, owner, id]    | 7
                    missing.here            | found behind null
                    account.                | empty field
                    [account, owner]        | {id=7}
                    .x                      | below the empty name
                    """)
    void isFound(String attribute, String expected) {
        assertThat(found(attribute)).hasToString(expected);
    }

    @DisplayName("is missing where nothing stands")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Plain
                    account.nothing
                    account.plan.deeper
                    account..plan
                    account.a.b
                    [account.owner, id]
                    [account, owner.id]
                    [account, owner, id, more]
                    text.length
                    list.plan
                    list.0
                    [$now]
                    .
                    ..
                    """)
    void isMissing(String attribute) {
        assertThat(Yaml.truth("{attribute: " + attribute + ", exists: false}", CONTEXT))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    @DisplayName("$key is missing without a targeting key, and there when that is empty")
    void knowsMissingKey() {
        String condition = "{attribute: $key, exists: true}";

        assertThat(Yaml.truth(condition, EvaluationContext.EMPTY)).isEqualTo(Truth.FALSE);
        assertThat(Yaml.truth(condition, EvaluationContext.of(""))).isEqualTo(Truth.TRUE);
    }

    /** What an explanation says was found. */
    private static Object found(String attribute) {
        Snapshot snapshot = Yaml.flag(
                "{enabled: true, rules: [{when: {attribute: " + attribute + ", exists: true}, serve: 'on'}]}");
        Explanation.Step condition =
                snapshot.explain("f", CONTEXT).steps().get(0).inner().get(0);
        return String.valueOf(condition.detail()).replaceFirst("^found ", "");
    }
}
