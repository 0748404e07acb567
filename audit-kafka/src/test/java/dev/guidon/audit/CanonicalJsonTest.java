package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Canonical JSON (RFC 8785)")
class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.0, 0",
        "1.0, 1",
        "1E30, 1e+30",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000000000000000000000000001, 1e-27",
        "5e-324, 5e-324",
        "-5e-324, -5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "-1.7976931348623157e308, -1.7976931348623157e+308",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "295147905179352830000, 295147905179352830000",
        "9.999999999999997e22, 9.999999999999997e+22",
        "1e23, 1e+23",
        "1.0000000000000001e23, 1.0000000000000001e+23",
        "999999999999999700000, 999999999999999700000",
        "999999999999999900000, 999999999999999900000",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "9.999999999999997e-7, 9.999999999999997e-7",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "333333333.3333332, 333333333.3333332",
        "333333333.33333325, 333333333.33333325",
        "333333333.33333329, 333333333.3333333",
        "333333333.3333334, 333333333.3333334",
        "333333333.33333343, 333333333.33333343",
        "-0.0000033333333333333333, -0.0000033333333333333333",
        "1424953923781206.2, 1424953923781206.2"
    })
    @DisplayName("writes numbers as ECMAScript does")
    void numbers(String given, String expected) {
        assertThat(CanonicalJson.write(FlagFormat.readValue(given))).isEqualTo(expected);
    }

    @Test
    @DisplayName("writes every double as the shortest number that is read back as the same, whatever the JDK")
    void shortest() {
        Random random = new Random(20);

        for (int i = 0; i < 5_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && Math.abs(value) > 1e-290 && Math.abs(value) < 1e290) {
                String written = CanonicalJson.write(new FlagValue.Number(new BigDecimal(value)));

                assertThat(Double.parseDouble(written)).as(written).isEqualTo(value);
                assertThat(new BigDecimal(written).stripTrailingZeros().precision())
                        .as(written)
                        .isLessThanOrEqualTo(BigDecimal.valueOf(value).precision());
            }
        }
    }

    @Test
    @DisplayName("sorts fields by UTF-16 code units, at every level")
    void sorts() {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        for (String name : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
            fields.put(name, FlagValue.of(1));
        }
        FlagValue nested = new FlagValue.Array(List.of(new FlagValue.Obj(fields), FlagValue.NULL, FlagValue.TRUE));

        assertThat(CanonicalJson.write(nested))
                .isEqualTo("[{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\ud83d\ude00\":1,"
                        + "\"\ufb33\":1},null,true]");
    }

    @Test
    @DisplayName("escapes quotes, backslashes and control characters, and nothing else")
    void escapes() {
        String text = "\u20ac$\u000f\nA'B\"\\/\b\t\f\r\u007f\u2028";

        assertThat(CanonicalJson.write(FlagValue.of(text)))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\/\\b\\t\\f\\r\u007f\u2028\"");
    }

    @Test
    @DisplayName("has the SHA-256 of its UTF-8 bytes for a hash")
    void hashes() {
        assertThat(CanonicalJson.hash(FlagFormat.readValue("{ }")))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
                .isEqualTo(CanonicalJson.hash(new byte[] {'{', '}'}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e2",
                "9007199254740993",
                "12345678901234567890",
                "0.12345678901234567",
                "1e301",
                "1e-301",
                "[1.0]",
                "{\"a\":{\"b\":0.10}}",
                "\"\\ud800\"",
                "\"\\ude00\\ud83d\""
            })
    @DisplayName("does not say exactly what has more digits, another spelling or half a character")
    void inexact(String json) {
        assertThat(CanonicalJson.isExact(FlagFormat.readValue(json))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1.5",
                "0.1",
                "9007199254740992",
                "1e+21",
                "1E-7",
                "123456789012345",
                "[\"\\ud83d\\ude00\"]"
            })
    @DisplayName("says exactly what a double does")
    void exact(String json) {
        assertThat(CanonicalJson.isExact(FlagFormat.readValue(json))).isTrue();
    }

    @Test
    @DisplayName("takes numbers beyond all doubles for inexact")
    void beyond() {
        assertThat(CanonicalJson.isExact(new FlagValue.Number(new BigDecimal("1e400"))))
                .isFalse();
        assertThat(CanonicalJson.isExact(new FlagValue.Number(new BigDecimal(BigInteger.TEN.pow(400)))))
                .isFalse();
        assertThat(CanonicalJson.isExact(new FlagValue.Number(new BigDecimal("1e-400"))))
                .isFalse();
    }

    @Test
    @DisplayName("is read back as the same value if it is exact, and written the same again in any case")
    void survives() {
        int exact = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            FlagValue value = new RandomValues(seed).value(3);

            String written = CanonicalJson.write(value);
            FlagValue read = FlagFormat.readValue(written);

            assertThat(CanonicalJson.write(read)).as("seed %d", seed).isEqualTo(written);
            if (CanonicalJson.isExact(value)) {
                exact++;
                assertThat(read).as("seed %d", seed).isEqualTo(value);
            }
        }
        assertThat(exact).isBetween(1_000, 2_900);
    }
}
