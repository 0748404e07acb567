package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A typed read")
class TypedValueTest {

    private static final EvaluationContext NOBODY = EvaluationContext.EMPTY;

    @DisplayName("of a number gives an int, a long or a double only if it is one")
    @ParameterizedTest(name = "{0}: int {1}, long {2}, double {3}")
    @CsvSource(nullValues = "-", textBlock = """
                    7,                      7,           7,                    7.0
                    7.0,                    7,           7,                    7.0
                    7e0,                    7,           7,                    7.0
                    700e-2,                 7,           7,                    7.0
                    1e2,                    100,         100,                  100.0
                    0,                      0,           0,                    0.0
                    -0.0,                   0,           0,                    0.0
                    -7,                     -7,          -7,                   -7.0
                    1.5,                    -,           -,                    1.5
                    1e-330,                 0,           0,                    0.0
                    2147483647,             2147483647,  2147483647,           2147483647.0
                    2147483648,             -,           2147483648,           2147483648.0
                    -2147483648,            -2147483648, -2147483648,          -2147483648.0
                    -2147483649,            -,           -2147483649,          -2147483649.0
                    9007199254740993,       -,           9007199254740993,     9007199254740992.0
                    9223372036854775807,    -,           9223372036854775807,  9223372036854775807.0
                    9223372036854775808,    -,           -,                    9223372036854775808.0
                    -9223372036854775808,   -,           -9223372036854775808, -9223372036854775808.0
                    -9223372036854775809,   -,           -,                    -9223372036854775808.0
                    1e300,                  -,           -,                    1e300
                    0.1,                    -,           -,                    0.1
                    """)
    void ofNumber(String number, Integer asInteger, Long asLong, double asDouble) {
        Snapshot snapshot = Yaml.flag("{type: number, enabled: true, variants: {n: " + number + "}, fallthrough: n}");

        assertRead(
                asInteger, snapshot.getIntegerDetails("f", 41, NOBODY), 41, snapshot.getIntegerValue("f", 41, NOBODY));
        assertRead(asLong, snapshot.getLongDetails("f", 42L, NOBODY), 42L, snapshot.getLongValue("f", 42, NOBODY));
        assertRead(
                asDouble, snapshot.getDoubleDetails("f", 43.0, NOBODY), 43.0, snapshot.getDoubleValue("f", 43, NOBODY));
        assertThat(snapshot.getBooleanDetails("f", true, NOBODY).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    private static <T> void assertRead(T expected, Evaluation<T> details, T byDefault, T value) {
        assertThat(details.value())
                .isEqualTo(expected == null ? byDefault : expected)
                .isEqualTo(value);
        assertThat(details.errorCode()).isEqualTo(expected == null ? ErrorCode.TYPE_MISMATCH : null);
        assertThat(details.variant()).isEqualTo(expected == null ? null : "n");
        assertThat(details.reason()).isEqualTo(expected == null ? Reason.ERROR : Reason.STATIC);
    }

    @DisplayName("of JSON gives any value, exactly as it was written")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"b":[1,2.50,{"a":null}],"a":"x"}
                    [1,true,"x"]
                    "text"
                    1.0
                    true
                    null
                    123456789012345678901234567890.123456789
                    """)
    void ofJson(String json) {
        Snapshot snapshot = Yaml.flag("{type: json, enabled: true, variants: {v: " + json + "}, fallthrough: v}");

        Evaluation<FlagValue> evaluation = snapshot.getObjectDetails("f", FlagValue.of("default"), NOBODY);

        assertThat(evaluation.value()).hasToString(json);
        assertThat(evaluation.reason()).isEqualTo(Reason.STATIC);
        assertThat(snapshot.getObjectValue("f", FlagValue.NULL, NOBODY)).isSameAs(evaluation.value());
        assertThat(snapshot.evaluate("f", NOBODY).value()).isEqualTo(evaluation.value());
        assertThat(snapshot.getStringDetails("f", "", NOBODY).errorCode()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    }

    @Test
    @DisplayName("of strings and booleans gives them")
    void ofStringAndBoolean() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  s: {type: string, enabled: true, variants: {v: "x"}, fallthrough: v}
                  b: {enabled: true}
                """);

        assertThat(snapshot.getStringValue("s", "default", NOBODY)).isEqualTo("x");
        assertThat(snapshot.getBooleanValue("b", false, NOBODY)).isTrue();
        assertThat(snapshot.getBooleanValue("s", true, NOBODY)).isTrue();
        assertThat(snapshot.getStringValue("b", "default", NOBODY)).isEqualTo("default");
    }

    @Test
    @DisplayName("needs no context")
    void needsNoContext() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  b: {enabled: true}
                  s: {type: string, enabled: true, variants: {v: "x"}, fallthrough: v}
                  n: {type: number, enabled: true, variants: {v: 7}, fallthrough: v}
                  j: {type: json, enabled: true, variants: {v: [7]}, fallthrough: v}
                """);

        assertThat(snapshot.isEnabled("b")).isTrue();
        assertThat(snapshot.isEnabled("b", NOBODY)).isTrue();
        assertThat(snapshot.isEnabled("unknown")).isFalse();
        assertThat(snapshot.getBooleanValue("b", false)).isTrue();
        assertThat(snapshot.getStringValue("s", "")).isEqualTo("x");
        assertThat(snapshot.getIntegerValue("n", 0)).isEqualTo(7);
        assertThat(snapshot.getLongValue("n", 0)).isEqualTo(7);
        assertThat(snapshot.getDoubleValue("n", 0)).isEqualTo(7);
        assertThat(snapshot.getObjectValue("j", FlagValue.NULL)).hasToString("[7]");
    }

    @Test
    @DisplayName("gives the default as it is, null too")
    void givesDefault() {
        Snapshot snapshot = Yaml.flag("{type: string, enabled: true, variants: {v: x}}");

        assertThat(snapshot.getStringValue("f", null, NOBODY)).isNull();
        assertThat(snapshot.getStringDetails("f", null, NOBODY).value()).isNull();
        assertThat(snapshot.getStringValue("unknown", null, NOBODY)).isNull();
        assertThat(snapshot.getObjectValue("unknown", null, NOBODY)).isNull();
    }
}
