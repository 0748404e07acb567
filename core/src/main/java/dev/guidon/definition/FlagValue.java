package dev.guidon.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, immutable and exact: numbers keep every digit, objects keep the order of their fields.
 *
 * <p>{@code toString} is the compact JSON form.
 */
public sealed interface FlagValue {

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
            return CompactJson.of(this);
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
            return CompactJson.of(this);
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
            return CompactJson.of(this);
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

    /**
     * The value as plain Java has it.
     *
     * @return null, a {@link Boolean}, a {@link String}, a {@link Long} for a whole number of 64 bits, a {@link BigDecimal} for any other
     *     number, or a {@link List} or a {@link Map} of these, unmodifiable and in the order of the value
     */
    default @Nullable Object toJava() {
        if (this instanceof Bool bool) {
            return bool.value();
        } else if (this instanceof Text text) {
            return text.value();
        } else if (this instanceof Number number) {
            return isWhole(number.value(), 0x1p63) ? (Object) number.value().longValueExact() : number.value();
        } else if (this instanceof Array array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.values().forEach(element -> list.add(element.toJava()));
            return Collections.unmodifiableList(list);
        } else if (this instanceof Obj object) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> map.put(name, field.toJava()));
            return Collections.unmodifiableMap(map);
        }
        return null;
    }

    /**
     * A field of an object.
     *
     * @param name the field's name
     * @return its value
     * @throws IllegalArgumentException if this is no object, or has no such field
     */
    default FlagValue get(String name) {
        if (!(this instanceof Obj object)) {
            throw refuse("an object with the field " + Shown.quoted(name));
        }
        FlagValue field = object.fields().get(name);
        if (field == null) {
            throw new IllegalArgumentException(Problem.at(
                            name, null, "one of the fields " + object.fields().keySet())
                    .toString());
        }
        return field;
    }

    /**
     * {@return the boolean}
     *
     * @throws IllegalArgumentException if this is none
     */
    default boolean asBoolean() {
        if (this instanceof Bool bool) {
            return bool.value();
        }
        throw refuse("true or false");
    }

    /**
     * {@return the string}
     *
     * @throws IllegalArgumentException if this is none
     */
    default String asString() {
        if (this instanceof Text text) {
            return text.value();
        }
        throw refuse("a string");
    }

    /**
     * {@return the number}
     *
     * @throws IllegalArgumentException if this is no whole number of 32 bits
     */
    default int asInt() {
        if (this instanceof Number number && isWhole(number.value(), 0x1p31)) {
            return number.value().intValueExact();
        }
        throw refuse("a whole number of 32 bits");
    }

    /**
     * {@return the number}
     *
     * @throws IllegalArgumentException if this is no whole number of 64 bits
     */
    default long asLong() {
        if (this instanceof Number number && isWhole(number.value(), 0x1p63)) {
            return number.value().longValueExact();
        }
        throw refuse("a whole number of 64 bits");
    }

    /**
     * {@return the double that is nearest to the number}
     *
     * @throws IllegalArgumentException if this is no number, or beyond what a double holds
     */
    default double asDouble() {
        if (this instanceof Number number && Double.isFinite(number.value().doubleValue())) {
            return number.value().doubleValue();
        }
        throw refuse("a number that a double holds");
    }

    private IllegalArgumentException refuse(String allowed) {
        return new IllegalArgumentException(new Problem("", toString(), allowed).toString());
    }

    /** Whether a number is whole and of so many bits. Looks at its size first: to write a large one out could take long. */
    private static boolean isWhole(BigDecimal number, double bound) {
        double near = number.doubleValue();
        return Math.abs(near) <= bound
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(new BigDecimal(bound)) < 0
                && number.compareTo(new BigDecimal(-bound)) >= 0;
    }
}
