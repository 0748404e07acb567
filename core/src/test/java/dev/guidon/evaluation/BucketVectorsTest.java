package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers stand in the format's documentation too. They never change: users would change their variants. */
@DisplayName("The bucket of a value")
class BucketVectorsTest {

    @DisplayName("is the same for ever, in every process and language")
    @ParameterizedTest(name = "{0}:{1}:{2} is {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    # stage | salt             | value as JSON             | its hash | bucket of 100,000
                    rollout | checkout         | ""                        | a0d4d549 | 62824
                    rollout | checkout         | "u-1"                     | 8b60c071 | 54444
                    rollout | checkout         | "u-2"                     | 21911700 | 13112
                    split   | checkout         | "u-1"                     | c6b93e17 | 77626
                    bucket  | holdout-2027     | "u-1"                     | 44268ad3 | 26621
                    split   | banner           | 42                        | 3ec0bf4a | 24512
                    rollout | checkout         | "Zoë 😀"                  | 098abbf1 | 3727
                    rollout | checkout         | "user-1"                  | da5d3454 | 85298
                    rollout | checkout         | "user-2"                  | 5cfb1ed6 | 36320
                    rollout | checkout         | "user-42"                 | d514ea45 | 83235
                    split   | checkout         | "user-1"                  | 93fe2b6c | 57809
                    split   | checkout         | "user-2"                  | ecc34357 | 92485
                    split   | checkout         | "user-42"                 | ce0a3dfa | 80484
                    bucket  | holdout          | "user-1"                  | 3a8152bb | 22853
                    rollout | new-search       | "123e4567-e89b-12d3-a456-426614174000" | 8f05dedd | 55868
                    split   | new-search       | "123e4567-e89b-12d3-a456-426614174000" | f2999ccd | 94765
                    rollout | checkout         | 1                         | a41a6d86 | 64102
                    rollout | checkout         | 1.0                       | a41a6d86 | 64102
                    rollout | checkout         | "1"                       | a41a6d86 | 64102
                    rollout | checkout         | 1.50                      | 5fcf4331 | 37425
                    rollout | checkout         | -7                        | bc59f266 | 73574
                    rollout | checkout         | 0.1                       | 3566b36e | 20859
                    rollout | checkout         | 1e21                      | 4b35d282 | 29379
                    rollout | checkout         | true                      | a2ade634 | 63546
                    rollout | checkout         | "jürgen"                  | 7bb45b75 | 48322
                    rollout | checkout         | "用户"                     | 36a2403e | 21341
                    rollout | checkout         | "😀"                      | 615eeb42 | 38035
                    rollout | checkout         | "\\ud83d"                 | 6c63df47 | 42339
                    rollout | checkout         | "\\ufffd"                 | 6c63df47 | 42339
                    rollout | checkout         | "\\u00e9"                 | 49c256ec | 28812
                    rollout | checkout         | "e\\u0301"                | 9ca5ee14 | 61190
                    rollout | checkout         | " user-1"                 | cf696807 | 81020
                    rollout | checkout         | "USER-1"                  | 0b4e7859 | 4416
                    split   | mehrwertsteuer-ä | "acme:eu"                 | 62542733 | 38409
                    bucket  | experiments-2026 | "acme:eu"                 | d9f339c8 | 85136
                    """)
    void isTheSameForEver(String stage, String salt, String value, String hash, long bucket) {
        EvaluationContext context = Yaml.a(value);
        String text = Numbers.text(context.attribute("a"));
        Bucketer bucketer = new Bucketer(Assignment.by(Attribute.of("a")), stage, "another-key", salt, Yaml.NOON);

        assertThat(Murmur3.startingWith("", 0).with(stage + ":" + salt + ":" + text))
                .isEqualTo(Integer.parseUnsignedInt(hash, 16));
        assertThat(bucketer.bucket(context)).isEqualTo(bucket);
    }

    @DisplayName("comes from one text of a number, the shortest that reads back, without an exponent")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "-0.0, 0",
        "1.5, 1.5",
        "0.1, 0.1",
        "1e21, 1000000000000000000000",
        "1e-7, 0.0000001",
        "2e-3, 0.002",
        "123456789.125, 123456789.125",
        "1.0E23, 99999999999999991611392",
        "5e-324, 0.0000%s5"
    })
    void comesFromOneText(double number, String text) {
        String expected = text.replace("%s", "0".repeat(319));

        assertThat(Numbers.text(ContextValues.of(number))).isEqualTo(expected);
    }

    @DisplayName("is missing for what is no string, number or boolean")
    @ParameterizedTest
    @ValueSource(strings = {"-", "null", "[7]", "{\"a\": 7}"})
    void isMissing(String value) {
        Bucketer bucketer = new Bucketer(Assignment.by(Attribute.of("a")), "split", "f", "f", Yaml.NOON);

        assertThat(bucketer.bucket(Yaml.a(value))).isEqualTo(Bucketer.MISSING);
    }
}
