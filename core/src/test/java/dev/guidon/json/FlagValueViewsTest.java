package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A JSON value")
class FlagValueViewsTest {

    private static final FlagValue LAYOUT = FlagFormat.readValue("""
            {"title": "Sale", "columns": 3, "ratio": 0.25, "wide": true, "theme": "DARK", "tags": ["a", "b"], "none": null}""");

    enum Theme {
        LIGHT,
        DARK
    }

    record Layout(
            String title,
            int columns,
            double ratio,
            boolean wide,
            Theme theme,
            List<String> tags,
            @Nullable String none) {
        Layout {
            if (columns > 12) {
                throw new IllegalArgumentException("columns: found " + columns + "; allowed: 1 to 12");
            }
        }
    }

    @Test
    @DisplayName("is plain Java in its order, which cannot be changed")
    void plainJava() {
        Map<?, ?> plain = (Map<?, ?>) LAYOUT.toJava();

        assertThat(List.copyOf(plain.keySet()))
                .isEqualTo(List.of("title", "columns", "ratio", "wide", "theme", "tags", "none"));
        assertThat(plain.get("columns")).isEqualTo(3L);
        assertThat(plain.get("ratio")).isEqualTo(new BigDecimal("0.25"));
        assertThat(plain.get("wide")).isEqualTo(true);
        assertThat(plain.get("tags")).isEqualTo(List.of("a", "b"));
        assertThat(plain.get("none")).isNull();
        assertThatThrownBy(plain::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(((List<?>) plain.get("tags"))::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, Long",
        "1.0, Long",
        "1e3, Long",
        "9223372036854775807, Long",
        "-9223372036854775808, Long",
        "9223372036854775808, BigDecimal",
        "1.5, BigDecimal",
        "1e300, BigDecimal"
    })
    @DisplayName("is a Long if it is a whole number of 64 bits, else a BigDecimal with every digit")
    void numbers(String json, String type) {
        Object number = FlagFormat.readValue(json).toJava();

        assertThat(number).isNotNull();
        assertThat(number.getClass().getSimpleName()).isEqualTo(type);
        assertThat(new BigDecimal(number.toString())).isEqualByComparingTo(json);
    }

    @Test
    @DisplayName("gives its fields by name and type")
    void accessors() {
        assertThat(LAYOUT.get("title").asString()).isEqualTo("Sale");
        assertThat(LAYOUT.get("columns").asInt()).isEqualTo(3);
        assertThat(LAYOUT.get("columns").asLong()).isEqualTo(3);
        assertThat(LAYOUT.get("ratio").asDouble()).isEqualTo(0.25);
        assertThat(LAYOUT.get("wide").asBoolean()).isTrue();
        assertThat(FlagValue.of(Integer.MIN_VALUE).asInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(FlagValue.of(Long.MAX_VALUE).asLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("says what was found and what is allowed where it is something else")
    void refusals() {
        expect(() -> LAYOUT.get("colums"), "colums: found nothing; allowed: one of the fields [title, columns,");
        expect(() -> LAYOUT.get("title").get("x"), "found \"Sale\"; allowed: an object with the field \"x\"");
        expect(() -> LAYOUT.get("title").asInt(), "found \"Sale\"; allowed: a whole number of 32 bits");
        expect(() -> LAYOUT.get("ratio").asInt(), "found 0.25; allowed: a whole number of 32 bits");
        expect(() -> FlagValue.of(1L << 31).asInt(), "found 2147483648; allowed: a whole number of 32 bits");
        expect(() -> FlagFormat.readValue("9223372036854775808").asLong(), "allowed: a whole number of 64 bits");
        expect(() -> LAYOUT.get("wide").asDouble(), "found true; allowed: a number that a double holds");
        expect(() -> LAYOUT.get("columns").asBoolean(), "found 3; allowed: true or false");
        expect(() -> FlagValue.NULL.asString(), "found null; allowed: a string");
    }

    @Test
    @DisplayName("becomes a record, with what the record does not have left out")
    void objects() {
        assertThat(FlagFormat.toObject(LAYOUT, Layout.class))
                .isEqualTo(new Layout("Sale", 3, 0.25, true, Theme.DARK, List.of("a", "b"), null));
        assertThat(FlagFormat.toObject(FlagFormat.readValue("{\"columns\": 3.0, \"new\": {}}"), Layout.class)
                        .columns())
                .isEqualTo(3);
        assertThat((Object) FlagFormat.toObject(LAYOUT, Map.class)).isEqualTo(LAYOUT.toJava());
        assertThat(FlagFormat.toObject(FlagValue.of("DARK"), Theme.class)).isEqualTo(Theme.DARK);
    }

    @Test
    @DisplayName("that does not fit an object says where, what was found and what is allowed")
    void misfits() {
        expect(() -> object("{\"columns\": \"three\"}"), "columns: found \"three\"; allowed: int");
        expect(() -> object("{\"columns\": \"3\"}"), "columns: found \"3\"; allowed: int");
        expect(() -> object("{\"columns\": 2.5}"), "columns: found 2.5; allowed: int");
        expect(() -> object("{\"columns\": null}"), "columns: found null; allowed: int");
        expect(() -> object("{\"theme\": \"BLUE\"}"), "theme: found \"BLUE\"; allowed: one of LIGHT, DARK");
        expect(() -> object("{\"tags\": [\"a\", {}]}"), "tags[1]: found {}; allowed: String");
        expect(() -> object("{\"columns\": 13}"), "columns: found 13; allowed: 1 to 12");
        expect(() -> object("[]"), "found []; allowed: Layout");
        expect(() -> object("null"), "found null; allowed: Layout");
    }

    private static Layout object(String json) {
        return FlagFormat.toObject(FlagFormat.readValue(json), Layout.class);
    }

    private static void expect(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
