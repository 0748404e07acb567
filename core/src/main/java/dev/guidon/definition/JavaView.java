package dev.guidon.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How programs read a {@link FlagValue}. Apart from it, since an interface with methods of its own is initialised with each of its records,
 * and its constants are such records: two threads could wait for each other.
 */
sealed interface JavaView permits FlagValue {

    /**
     * The value as plain Java has it.
     *
     * @return null, a {@link Boolean}, a {@link String}, a {@link Long} for a whole number of 64 bits, a {@link BigDecimal} for any other
     *     number, or a {@link List} or a {@link Map} of these, unmodifiable and in the order of the value
     */
    default @Nullable Object toJava() {
        if (this instanceof FlagValue.Bool bool) {
            return bool.value();
        } else if (this instanceof FlagValue.Text text) {
            return text.value();
        } else if (this instanceof FlagValue.Number number) {
            return isWhole(number.value(), 0x1p63) ? (Object) number.value().longValueExact() : number.value();
        } else if (this instanceof FlagValue.Array array) {
            List<@Nullable Object> list = new ArrayList<>();
            array.values().forEach(element -> list.add(element.toJava()));
            return Collections.unmodifiableList(list);
        } else if (this instanceof FlagValue.Obj object) {
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
        if (!(this instanceof FlagValue.Obj object)) {
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
        if (this instanceof FlagValue.Bool bool) {
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
        if (this instanceof FlagValue.Text text) {
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
        if (this instanceof FlagValue.Number number && isWhole(number.value(), 0x1p31)) {
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
        if (this instanceof FlagValue.Number number && isWhole(number.value(), 0x1p63)) {
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
        if (this instanceof FlagValue.Number number
                && Double.isFinite(number.value().doubleValue())) {
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
