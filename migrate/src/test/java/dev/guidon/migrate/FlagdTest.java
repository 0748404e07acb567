package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.migrate.Finding.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Flags of flagd answer as before")
class FlagdTest {

    private static final String VARIANTS = """
            "state": "ENABLED", "variants": {"a": "A", "b": "B", "c": "C", "d": "D"}, "defaultVariant": "d"
            """;

    static Answers flag(String targeting) {
        return Answers.of(Importer.FLAGD, """
                {"flags": {"f": {%s, "targeting": %s}},
                 "$evaluators": {"staff": {"ends_with": [{"var": "email"}, "@example.com"]},
                                 "loop": {"$ref": "loop"}}}
                """.formatted(VARIANTS, targeting));
    }

    @ParameterizedTest(name = "{0} of {1} for {2}")
    @DisplayName("conditions of JsonLogic; null, of a missing value or of an operation that fails, counts as false")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"==": [{"var": "x"}, "1"]}                         | a b b b d | {"x": "1"}; {"x": "2"}; {}; {"x": null}
            {"==": [1, {"var": "x"}]}                           | a a a b b | {"x": 1.0}; {"x": "1"}; {"x": true}; {"x": 2}; {}
            {"==": [0, {"var": "x"}]}                           | a a a b b | {"x": ""}; {"x": false}; {"x": " "}; {}; {"x": [0]}
            {"==": [{"var": "x"}, "1"]}                         | a b       | {"x": 1}; {"x": 2}
            {"===": [{"var": "x"}, 1]}                          | a b       | {"x": 1}; {"x": "1"}
            {"!=": [{"var": "x"}, 1]}                           | b a a     | {"x": 1}; {"x": 2}; {}
            {"==": [{"var": "x"}, null]}                        | a a b b   | {}; {"x": null}; {"x": 0}; {"x": []}
            {"==": [{"var": "x"}, true]}                        | a b a a b | {"x": true}; {"x": false}; {"x": 1}; {"x": "1"}; {"x": "true"}
            {"===": [{"var": "x"}, true]}                       | a b b     | {"x": true}; {"x": 1}; {"x": [true]}
            {"==": [{"starts_with": [{"var": "x"}, "a"]}, false]} | b a b   | {"x": "a"}; {"x": "b"}; {}
            {"==": ["1", 1]}                                    | a         | {}
            {"var": "x"}                                        | a b b b b | {"x": 7}; {"x": 0}; {"x": ""}; {"x": false}; {}
            {"var": "x"}                                        | b a       | {"x": []}; {"x": [0]}
            {"!": [{"var": "x"}]}                               | b a       | {"x": "y"}; {}
            {"!!": [{"var": "x"}]}                              | a b       | {"x": "y"}; {}
            {"<": [{"var": "x"}, 5]}                            | a b a b   | {"x": 4}; {"x": 5}; {"x": "4.5"}; {"x": "many"}
            {"<": [{"var": "x"}, 5]}                            | a a a b   | {}; {"x": ""}; {"x": true}; {"x": [1]}
            {">": [{"var": "x"}, 5]}                            | b b b a   | {}; {"x": ""}; {"x": true}; {"x": 6}
            {"<": [{"var": ["x", 9]}, 5]}                       | b a       | {}; {"x": 4}
            {">=": [5, {"var": "x"}]}                           | a a b     | {"x": 4}; {"x": 5}; {"x": 6}
            {"<": [1, {"var": "x"}, 3]}                         | b a b     | {"x": 1}; {"x": 2}; {"x": 3}
            {"in": [{"var": "x"}, ["p", "q", 1]]}               | a a b b b | {"x": "q"}; {"x": 1}; {"x": "1"}; {}; {"x": ["q"]}
            {"in": [{"var": "x"}, ["p", null]]}                 | a a b     | {"x": "p"}; {}; {"x": "q"}
            {"in": ["q", {"var": "x"}]}                         | a a b b   | {"x": "aqua"}; {"x": ["q"]}; {"x": ["aqua"]}; {}
            {"and": [{"var": "x"}, {"==": [{"var": "y"}, 1]}]}  | a b b     | {"x": 1, "y": 1}; {"x": 1}; {"y": 1}
            {"or": [{"var": "x"}, {"==": [{"var": "y"}, 1]}]}   | a a b     | {"x": 1}; {"y": 1}; {}
            {"missing": ["x", "y.z"]}                           | b a a     | {"x": 1, "y": {"z": 1}}; {"x": 1}; {}
            {"if": [{"var": "x"}, false, true]}                 | b a       | {"x": 1}; {}
            {"==": [{"var": "user.name"}, "ada"]}               | a b       | {"user": {"name": "ada"}}; {"user.name": "ada"}
            {">": [{"var": "$flagd.timestamp"}, 1782907199]}    | a         | {}
            {">": [{"var": "$flagd.timestamp"}, 1782907200]}    | b         | {}
            {"<=": [{"var": "$flagd.timestamp"}, 1782907200]}   | a         | {}
            {"==": [{"var": "$flagd.flagKey"}, "f"]}            | a         | {}
            {"starts_with": [{"var": "x"}, "ab"]}               | a b b b b | {"x": "abc"}; {"x": "bab"}; {"x": 12}; {}; {"x": ["abc"]}
            {"starts_with": [{"var": "$flagd.flagKey"}, "f"]}   | a         | {}
            {"ends_with": [{"var": "x"}, "ab"]}                 | a b b     | {"x": "cab"}; {"x": "abc"}; {"x": true}
            {"!": [{"starts_with": [{"var": "x"}, "ab"]}]}      | b a a     | {"x": "abc"}; {"x": "c"}; {"x": 1}
            {"starts_with": ["ab"]}                             | b         | {}
            {"sem_ver": [{"var": "x"}, "=", "1.2.0"]}           | a a a b b | {"x": "1.2.0"}; {"x": "v1.2"}; {"x": "1.2.0+b"}; {"x": "1.2.0-rc.1"}; {"x": "one"}
            {"sem_ver": [{"var": "x"}, "!=", "1.2.0"]}          | b a b     | {"x": "1.2.0"}; {"x": "1.3"}; {}
            {"sem_ver": [{"var": "x"}, "<", "v2"]}              | a b       | {"x": "1.9.9"}; {"x": "2.0.0"}
            {"sem_ver": [{"var": "x"}, "~", "1.2.3"]}           | a a b a   | {"x": "1.2.0"}; {"x": "1.2.9"}; {"x": "1.3.0"}; {"x": "1.2.0-rc.1"}
            {"sem_ver": [{"var": "x"}, "^", "1.2.3"]}           | a a b b   | {"x": "1.0.0"}; {"x": "1.9"}; {"x": "2.0.0"}; {"x": "2.0.0-rc.1"}
            {"sem_ver": [{"var": "x"}, "^", "1"]}               | a a a b   | {"x": 1}; {"x": 1.2}; {"x": "1"}; {"x": 2}
            {"sem_ver": [{"var": "x"}, ">", "1.1"]}             | a b a b b | {"x": 1.2}; {"x": 1.1}; {"x": 2}; {"x": 1}; {"x": 1.02}
            {"sem_ver": [{"var": "x"}, "<=", "1.19.0-rc"]}      | a b a b b | {"x": 1.2}; {"x": 1.19}; {"x": 1.18}; {"x": 1.2e1}; {"x": -1}
            {"!": [{"sem_ver": [{"var": "x"}, "=", "1.0.0"]}]}  | b a a     | {"x": 1}; {"x": 2}; {}
            {"sem_ver": [{"var": "x"}, "===", "1.0.0"]}         | b         | {"x": "1.0.0"}
            {"sem_ver": [{"var": "x"}, "=", "1.0.0.0"]}         | b         | {"x": "1.0.0"}
            {"$ref": "staff"}                                   | a b b     | {"email": "ada@example.com"}; {"email": "x@y.z"}; {}
            """)
    void conditions(String condition, String expected, String contexts) {
        Answers answers = flag("{\"if\": [" + condition + ", \"a\", \"b\"]}");

        String[] wanted = expected.trim().split(" +");
        String[] given = contexts.trim().split(";");
        for (int i = 0; i < given.length; i++) {
            assertThat(answers.variant("f", "u-1", given[i].trim()))
                    .as(given[i] + "\n" + answers.imported().report())
                    .isEqualTo(wanted[i]);
        }
    }

    @Test
    @DisplayName("chains, with reasons; null and a missing else are the default variant")
    void chains() {
        Answers answers = flag("""
                {"if": [{"==": [{"var": "x"}, 1]}, "a",
                        {"==": [{"var": "x"}, 2]}, null,
                        {"ends_with": [{"var": "y"}, "z"]}, {"if": [{"==": [{"var": "x"}, 3]}, "b"]},
                        "c"]}
                """);

        assertThat(answers.of("f", "u", "{\"x\": 1}")).isEqualTo("a TARGETING_MATCH");
        assertThat(answers.of("f", "u", "{\"x\": 2, \"y\": \"a\"}")).isEqualTo("d DEFAULT");
        assertThat(answers.of("f", "u", "{\"x\": 3, \"y\": \"z\"}")).isEqualTo("b TARGETING_MATCH");
        assertThat(answers.of("f", "u", "{\"x\": 4, \"y\": \"z\"}")).isEqualTo("d DEFAULT");
        assertThat(answers.of("f", "u", "{\"y\": \"a\"}")).isEqualTo("c TARGETING_MATCH");
        assertThat(answers.of("f", "u", "{}")).isEqualTo("c TARGETING_MATCH");
    }

    @ParameterizedTest
    @DisplayName("fractional puts hashes at the ends of the range where flagd does")
    @CsvSource({"ejOoVL, a", "bY9fO-, a", "SI7p-, a", "6LvT0, b", "ceQdGm, b"})
    void hashes(String key, String expected) {
        Answers answers = flag("{\"fractional\": [{\"var\": \"targetingKey\"}, [\"a\", 50], [\"b\", 50]]}");

        assertThat(answers.of("f", key, "{}")).isEqualTo(expected + " SPLIT");
    }

    @Test
    @DisplayName("fractional goes by the flag's key and the targeting key unless told otherwise")
    void bucketBy() {
        Answers byDefault = flag("{\"fractional\": [[\"a\", 1], [\"b\", 2], [\"c\"]]}");
        Answers written = flag("""
                {"fractional": [{"cat": [{"var": "$flagd.flagKey"}, {"var": "targetingKey"}]}, ["a", 1], ["b", 2], ["c", 1]]}
                """);
        Answers email = flag("{\"fractional\": [{\"var\": \"email\"}, [\"a\", 1], [\"b\", 2], [\"c\"]]}");

        for (int i = 0; i < 200; i++) {
            String answer = byDefault.variant("f", "u-" + i, "{}");
            assertThat(written.variant("f", "u-" + i, "{}")).isEqualTo(answer);
            assertThat(email.variant("f", "other", "{\"email\": \"fu-" + i + "\"}"))
                    .isEqualTo(answer);
            assertThat(email.variant("f", "u-" + i, "{}")).isEqualTo(answer);
        }
        assertThat(byDefault.of("f", null, "{}")).isEqualTo("d DEFAULT");
    }

    @Test
    @DisplayName("fractional goes by text alone: a number fails, and what is missing in cat is empty")
    void bucketByText() {
        Answers email = flag("{\"fractional\": [{\"var\": \"email\"}, [\"a\", 1], [\"b\", 2]]}");
        Answers joined = flag("""
                {"fractional": [{"cat": ["s", {"var": "x"}, {"var": "y"}]}, ["a", 1], ["b", 2]]}
                """);

        assertThat(email.variant("f", "u", "{\"email\": 12}")).isEqualTo("d");
        for (int i = 0; i < 50; i++) {
            String answer = email.variant("f", "u", "{\"email\": \"s" + i + "\"}");
            assertThat(joined.variant("f", null, "{\"x\": \"" + i + "\"}")).isEqualTo(answer);
            assertThat(joined.variant("f", "u", "{\"y\": " + i + "}")).isEqualTo(answer);
        }
        assertThat(joined.variant("f", "u", "{}")).isEqualTo(email.variant("f", "u", "{\"email\": \"s\"}"));
    }

    @Test
    @DisplayName("fractional with expressions as variants and as weights, and as a condition")
    void nested() {
        Answers plain = flag("{\"fractional\": [{\"var\": \"targetingKey\"}, [\"a\", 50], [\"b\", 50]]}");
        Answers variant = flag("""
                {"fractional": [{"var": "targetingKey"}, [{"if": [{"var": "x"}, "c", {"var": "y"}]}, 50], ["b", 50]]}
                """);
        Answers weight = flag("""
                {"fractional": [{"var": "targetingKey"}, ["a", {"if": [{"var": "x"}, 100, 0]}], ["b", 10]]}
                """);
        Answers condition = flag("{\"if\": [{\"fractional\": [[false, 100], [true, 0]]}, \"a\", \"b\"]}");

        for (int i = 0; i < 100; i++) {
            boolean first = plain.variant("f", "u-" + i, "{}").equals("a");
            assertThat(variant.variant("f", "u-" + i, "{\"x\": 1}")).isEqualTo(first ? "c" : "b");
            assertThat(variant.variant("f", "u-" + i, "{\"y\": \"a\"}")).isEqualTo(first ? "a" : "b");
            assertThat(variant.of("f", "u-" + i, "{\"y\": \"zz\"}")).startsWith(first ? "- ERROR" : "b");
            assertThat(variant.variant("f", "u-" + i, "{}")).isEqualTo(first ? "d" : "b");
            assertThat(weight.variant("f", "u-" + i, "{}")).isEqualTo("b");
        }
        assertThat(condition.variant("f", "u", "{}")).isEqualTo("b");
        assertThat(condition.variant("f", null, "{}")).isEqualTo("b");
    }

    @Test
    @DisplayName("weights below 0 are 0; without any above, and without a key, it is the default variant")
    void weights() {
        assertThat(flag("{\"fractional\": [[\"a\", -5], [\"b\", 1]]}").variant("f", "u", "{}"))
                .isEqualTo("b");
        assertThat(flag("{\"fractional\": [[\"a\", 0], [\"b\", 0]]}").variant("f", "u", "{}"))
                .isEqualTo("d");
        assertThat(flag("{\"if\": [{\"fractional\": [[\"a\", 0]]}, \"a\", \"b\"]}")
                        .variant("f", "u", "{}"))
                .isEqualTo("b");
        assertThat(flag("{\"fractional\": [[\"a\", 1]]}").variant("f", "u", "{}"))
                .isEqualTo("a");
    }

    @Test
    @DisplayName("shorthand: a condition names the variant true or false, and a literal names any")
    void shorthand() {
        Answers answers = Answers.of(Importer.FLAGD, """
                {"flags": {
                  "c": {"state": "ENABLED", "variants": {"true": 2, "false": 1}, "defaultVariant": "false",
                        "targeting": {"==": [{"var": "x"}, 1]}},
                  "l": {"state": "ENABLED", "variants": {"true": 2, "false": 1}, "defaultVariant": "false",
                        "targeting": {"if": [true, true, false]}},
                  "e": {"state": "ENABLED", "variants": {"true": 2, "false": 1}, "defaultVariant": "false", "targeting": {}},
                  "u": {"state": "ENABLED", "variants": {"one": 1}, "defaultVariant": "one",
                        "targeting": {"if": [true, "three", "one"]}}}}
                """);

        assertThat(answers.variant("c", "u", "{\"x\": 1}")).isEqualTo("true");
        assertThat(answers.variant("c", "u", "{}")).isEqualTo("false");
        assertThat(answers.variant("l", "u", "{}")).isEqualTo("true");
        assertThat(answers.of("e", "u", "{}")).isEqualTo("false STATIC");
        assertThat(answers.of("u", "u", "{}")).isEqualTo("- ERROR");
    }

    @Test
    @DisplayName("without a default variant, and disabled, the caller's default is the answer")
    void callersDefault() {
        Answers answers = Answers.of(Importer.FLAGD, """
                {"flags": {
                  "none": {"state": "ENABLED", "variants": {"on": true, "off": false}},
                  "null": {"state": "ENABLED", "variants": {"small": 10}, "defaultVariant": null,
                           "targeting": {"if": [{"var": "x"}, "small"]}},
                  "off": {"state": "DISABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"},
                  "on": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "on"}}}
                """);

        assertThat(answers.of("none", "u", "{}")).isEqualTo("- DEFAULT");
        assertThat(answers.of("null", "u", "{}")).isEqualTo("- DEFAULT");
        assertThat(answers.of("null", "u", "{\"x\": 1}")).isEqualTo("small TARGETING_MATCH");
        assertThat(answers.of("off", "u", "{}")).isEqualTo("- DISABLED");
        assertThat(answers.of("on", "u", "{}")).isEqualTo("on STATIC");
    }

    @ParameterizedTest
    @DisplayName("what cannot be said is refused, with the place")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"+": [1, 2]}                                                 | targeting.if[0]
            {"<": [{"var": "x"}, {"var": "y"}]}                           | targeting.if[0]
            {"<": [{"var": "x"}, "m"]}                                    | strings have no order
            {"==": [{"var": "x"}, {"var": "y"}]}                          | targeting.if[0]
            {"$ref": "loop"}                                              | at most 200 levels
            {"var": "$flagd.color"}                                       | $flagd.flagKey
            {"some": [{"var": "x"}, {"==": [{"var": ""}, 1]}]}            | targeting.if[0]
            {"fractional": [{"var": "x"}, ["a", "b"]]}                    | a whole number
            {"fractional": [{"+": [1, 2]}, ["a", 1]]}                     | perhaps with others in cat
            {"<": [{"var": "x"}, "5"]}                                    | strings have no order
            {">": [3, {"var": "x"}, 1]}                                   | targeting.if[0]
            {"in": [{"var": "x"}, ["p", {"var": "y"}]]}                   | targeting.if[0]
            {"starts_with": ["abc", {"var": "x"}]}                        | a string that is written there
            {"sem_ver": [{"var": "x"}, {"var": "y"}, "1.0.0"]}            | that are written there
            {"==": [{"var": ["x", {"var": "y"}]}, 1]}                     | as its default
            {"==": [{"var": "list.0"}, 1]}                                | the index of a list
            {"and": []}                                                   | at least one argument
            {"rollout": [1, 2, "a"]}                                      | targeting.if[0]
            """)
    void refused(String condition, String reason) {
        Answers answers = flag("{\"if\": [" + condition + ", \"a\", \"b\"]}");

        Finding finding = answers.finding("flag f");
        assertThat(finding.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(finding.notes()).anyMatch(note -> note.contains(reason));
    }
}
