package dev.guidon.definition;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value, immutable and exact: numbers keep every digit, objects keep the order of their fields.
 *
 * <p>{@code toString} is the compact JSON form.
 */
public sealed interface FlagValue extends JavaView {

    /** The JSON value {@code true}. */
    FlagValue TRUE = new Bool(true);
    /** The JSON value {@code false}. */
    FlagValue FALSE = new Bool(false);
    /** The JSON value {@code null}. */
    FlagValue NULL = new Null();

    /**
     * A JSON boolean.
     *
     * @param value the boolean
     */
    record Bool(boolean value) implements FlagValue {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A JSON string.
     *
     * @param value the string; lone surrogates are possible
     */
    record Text(String value) implements FlagValue {
        @Override
        public String toString() {
            return json(this);
        }
    }

    /**
     * A JSON number. {@code 1}, {@code 1.0} and {@code 1e0} are kept apart here and mean the same in evaluation.
     *
     * @param value the number with the digits that it was written with
     */
    @SuppressWarnings("JavaLangClash") // always written FlagValue.Number outside
    record Number(BigDecimal value) implements FlagValue {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /**
     * A JSON array.
     *
     * @param values its elements in order
     */
    record Array(List<FlagValue> values) implements FlagValue {
        /** Copies the elements. */
        public Array {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return json(this);
        }
    }

    /**
     * A JSON object.
     *
     * @param fields its fields in order
     */
    record Obj(Map<String, FlagValue> fields) implements FlagValue {
        /** Copies the fields, in their order. */
        public Obj {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return json(this);
        }
    }

    /** The JSON {@code null}. */
    record Null() implements FlagValue {
        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * A boolean as a value.
     *
     * @param value the boolean
     * @return the value
     */
    static FlagValue of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /**
     * A string as a value.
     *
     * @param value the string
     * @return the value
     */
    static FlagValue of(String value) {
        return new Text(value);
    }

    /**
     * An integer as a value.
     *
     * @param value the integer
     * @return the value
     */
    static FlagValue of(long value) {
        return new Number(BigDecimal.valueOf(value));
    }

    /**
     * A double as a value, in its shortest decimal form.
     *
     * @param value the double
     * @return the value
     * @throws NumberFormatException if it is NaN or infinite
     */
    static FlagValue of(double value) {
        return new Number(BigDecimal.valueOf(value));
    }

    /**
     * A number as a value: a float or a double in its shortest decimal form, any other number exactly.
     *
     * @param value the number
     * @return the value
     * @throws NumberFormatException if it is NaN or infinite
     */
    static FlagValue of(java.lang.Number value) {
        return new Number(new BigDecimal(value.toString()));
    }

    /**
     * Strings as an array.
     *
     * @param values the strings
     * @return the value
     */
    static FlagValue of(List<String> values) {
        return new Array(values.stream().map(FlagValue::of).toList());
    }

    private static String json(FlagValue value) {
        StringBuilder json = new StringBuilder();
        append(value, json);
        return json.toString();
    }

    private static void append(FlagValue value, StringBuilder json) {
        if (value instanceof Text text) {
            quote(text.value(), json);
        } else if (value instanceof Array array) {
            char before = '[';
            for (FlagValue element : array.values()) {
                append(element, json.append(before));
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else if (value instanceof Obj object) {
            char before = '{';
            for (Map.Entry<String, FlagValue> field : object.fields().entrySet()) {
                quote(field.getKey(), json.append(before));
                append(field.getValue(), json.append(':'));
                before = ',';
            }
            json.append(before == '{' ? "{}" : "}");
        } else {
            json.append(value);
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (!Character.isSurrogate(c) || paired(text, i))) {
                continue;
            }
            json.append(text, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        json.append(text, written, text.length()).append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
