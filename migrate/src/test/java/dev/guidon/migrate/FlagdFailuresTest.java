package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.guidon.migrate.Finding.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What fails in flagd")
class FlagdFailuresTest {

    @ParameterizedTest(name = "{0} for {1}")
    @DisplayName("an operation that fails is the default variant where it is the targeting itself, or the branch")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"ends_with": [{"var": "x"}, "z"]}                                  | {}           | d DEFAULT
            {"ends_with": [{"var": "x"}, "z"]}                                  | {"x": "z"}   | - ERROR
            {"if": [true, {"sem_ver": [{"var": "x"}, "=", "1.0.0"]}, "b"]}      | {"x": "one"} | d DEFAULT
            {"if": [{"ends_with": [{"var": "x"}, "z"]}, "a", "b"]}              | {}           | b TARGETING_MATCH
            {"if": [{"!": [{"sem_ver": [{"var": "x"}, "=", "1"]}]}, "a", "b"]}  | {}           | a TARGETING_MATCH
            {"or": [{"starts_with": [{"var": "x"}, "z"]}, "b"]}                 | {}           | b TARGETING_MATCH
            {"and": [{"starts_with": [{"var": "x"}, "z"]}, "b"]}                | {}           | d DEFAULT
            {"and": [{"starts_with": [{"var": "x"}, "z"]}, "b"]}                | {"x": "z"}   | b TARGETING_MATCH
            {"or": [{"var": "x"}, "b"]}                                         | {"x": "c"}   | c TARGETING_MATCH
            {"missing": ["x"]}                                                  | {}           | - ERROR
            """)
    void nulls(String targeting, String attributes, String expected) {
        assertThat(FlagdTest.flag(targeting).of("f", "u", attributes)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} for {1}")
    @DisplayName("a reference to nothing and an unknown operation are an error for those who get there, and a remark")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"$ref": "nobody"}                                                  | {}         | - ERROR
            {"nonsense": ["x"]}                                                 | {}         | - ERROR
            {"if": [{"$ref": "nobody"}, "a", "b"]}                              | {}         | - ERROR
            {"if": [{"var": "x"}, "a", {"$ref": "nobody"}, "b"]}                | {"x": "y"} | a TARGETING_MATCH
            {"if": [{"var": "x"}, "a", {"$ref": "nobody"}, "b"]}                | {}         | - ERROR
            {"if": [{"or": [{"var": "x"}, {"nonsense": [1]}]}, "a", "b"]}       | {"x": "y"} | a TARGETING_MATCH
            {"if": [{"or": [{"var": "x"}, {"nonsense": [1]}]}, "a", "b"]}       | {}         | - ERROR
            {"if": [{"!": [{"and": [{"var": "x"}, {"nonsense": 1}]}]}, "a"]}    | {}         | a TARGETING_MATCH
            {"if": [{"==": [{"nonsense": 1}, 1]}, "a", "b"]}                    | {}         | - ERROR
            """)
    void unknown(String targeting, String attributes, String expected) {
        Answers answers = FlagdTest.flag(targeting);

        assertThat(answers.of("f", "u", attributes)).isEqualTo(expected);
        assertThat(answers.finding("flag f").outcome()).isEqualTo(Outcome.REMARKED);
        assertThat(answers.finding("flag f").notes()).anyMatch(note -> note.contains("PARSE_ERROR"));
    }

    @Test
    @DisplayName("a reference to nothing deep inside a condition takes no more than its size to import")
    void deep() {
        String condition = "{\"$ref\": \"nobody\"}";
        for (int i = 0; i < 12; i++) {
            condition = "{\"and\": [{\"var\": \"x\"}, " + condition + "]}";
        }
        Answers answers = FlagdTest.flag("{\"if\": [" + condition + ", \"a\", \"b\"]}");

        assertThat(answers.finding("flag f").outcome()).isEqualTo(Outcome.REMARKED);
        assertThat(answers.of("f", "u", "{\"x\": 1}")).isEqualTo("- ERROR");
        assertThat(answers.of("f", "u", "{}")).isEqualTo("b TARGETING_MATCH");
    }

    @Test
    @DisplayName("what flagd and its providers disagree about gets a remark")
    void disputed() {
        assertThat(FlagdTest.flag("{\"if\": [{\"<\": [{\"var\": \"age\"}, 18]}, \"a\"]}")
                        .finding("flag f")
                        .notes())
                .singleElement(as(STRING))
                .contains("a missing value counts as 0");
        assertThat(FlagdTest.flag("{\"if\": [{\">=\": [{\"var\": \"age\"}, 18]}, \"a\"]}")
                        .finding("flag f")
                        .notes())
                .isEmpty();
    }
}
