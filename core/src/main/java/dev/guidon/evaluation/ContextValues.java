package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings values into the one form that evaluation compares: String, Boolean, Instant, Long (every integral number that fits),
 * BigInteger (integral beyond that), Double (with a fraction), and unmodifiable lists and maps of these. Equal numbers are equal
 * objects in this form, so that {@code equals} and hash sets are the typed deep equality of the format.
 */
final class ContextValues {

    private static final int MOST_VALUES = 100_000;
    private static final int MOST_CHARACTERS = 1_000_000;
    private static final BigInteger MOST = BigInteger.TEN.pow(Limit.NUMBER_DIGITS.most());

    private static final String TOO_MANY_VALUES = "it has more than " + MOST_VALUES + " values";
    private static final String TOO_LONG = "it has more than " + MOST_CHARACTERS + " characters";
    private static final String TOO_DEEP =
            "it has more than " + Limit.VALUE_DEPTH.most() + " levels of lists, maps and optionals";
    private static final String NO_NUMBER =
            "it is no finite number of at most " + Limit.NUMBER_DIGITS.most() + " digits";
    private static final String NO_TYPE = "values of this type are not read";
    private static final String NO_KEY = "maps are read by keys that are texts, numbers or booleans";

    private int values = MOST_VALUES;
    private int characters = MOST_CHARACTERS;
    private @Nullable Object missing;
    private String why = "";

    private ContextValues() {}

    /** Returns null for what counts as missing. Never throws, whatever the methods of the value do. */
    static @Nullable Object of(@Nullable Object value) {
        return of(null, value);
    }

    /** As {@link #of(Object)}, and logs once what counts as missing, and why. */
    static @Nullable Object of(@Nullable String attribute, @Nullable Object value) {
        if (value instanceof String text && text.length() <= MOST_CHARACTERS) {
            return text;
        } else if (value == null || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        ContextValues reading = new ContextValues();
        Object read = reading.read(value);
        if (attribute != null && reading.missing != null) {
            MissingValues.log(attribute, reading.missing, reading.why);
        }
        return read;
    }

    /** A text that is not too long. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.length() > MOST_CHARACTERS ? null : text;
    }

    private @Nullable Object read(Object value) {
        try {
            return canonical(value, 0);
        } catch (Throwable hostile) {
            missing = value;
            why = hostile instanceof TooLarge
                    ? String.valueOf(hostile.getMessage())
                    : "reading it failed with a " + hostile.getClass().getName();
            return null;
        }
    }

    private @Nullable Object canonical(@Nullable Object value, int depth) {
        if (--values < 0) {
            throw new TooLarge(TOO_MANY_VALUES);
        }
        if (value == null) {
            return null;
        }
        Object plain = PlainValues.of(value);
        if (plain != null) {
            return plain instanceof String text ? counted(text) : plain;
        } else if (value instanceof FlagValue json) {
            return json(json, depth);
        } else if (value instanceof Number) {
            return missing(value, NO_NUMBER);
        } else if (depth >= Limit.VALUE_DEPTH.most()) {
            return missing(value, TOO_DEEP);
        } else if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        } else if (value instanceof Collection<?> collection) {
            return list(collection, depth);
        } else if (value.getClass().isArray() && !(value instanceof byte[])) {
            return array(value, depth);
        } else if (value instanceof Optional<?> optional) {
            return canonical(optional.orElse(null), depth + 1);
        } else if (value instanceof OptionalInt optional) {
            return optional.isPresent() ? (Object) (long) optional.getAsInt() : null;
        } else if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? optional.getAsLong() : null;
        } else if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? canonical(optional.getAsDouble(), depth + 1) : null;
        }
        return missing(value, NO_TYPE);
    }

    /** Takes down the first value that cannot be read. */
    private @Nullable Object missing(Object value, String cause) {
        if (missing == null) {
            missing = value;
            why = cause;
        }
        return null;
    }

    private String counted(String text) {
        characters -= text.length();
        if (characters < 0) {
            throw new TooLarge(TOO_LONG);
        }
        return text;
    }

    private @Nullable Object json(FlagValue value, int depth) {
        if (value instanceof FlagValue.Text text) {
            return counted(text.value());
        } else if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        } else if (value instanceof FlagValue.Number number) {
            return decimal(number.value());
        } else if (depth >= Limit.VALUE_DEPTH.most()) {
            return null;
        } else if (value instanceof FlagValue.Array array) {
            return list(array.values(), depth);
        } else if (value instanceof FlagValue.Obj object) {
            return map(object.fields(), depth);
        }
        return null;
    }

    private Object map(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> copy = new HashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object canonical = canonical(entry.getValue(), depth + 1);
            Object key = entry.getKey();
            String name = key == null ? null : Numbers.text(PlainValues.of(key));
            if (name != null) {
                copy.put(counted(name), canonical);
            } else {
                missing(key == null ? map : key, NO_KEY);
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    private Object list(Collection<?> iterable, int depth) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object element : iterable) {
            copy.add(canonical(element, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private Object array(Object array, int depth) {
        int length = Array.getLength(array);
        List<@Nullable Object> copy = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            copy.add(canonical(Array.get(array, i), depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    static @Nullable Object fraction(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return null;
        }
        if (number != Math.rint(number)) {
            return number;
        }
        boolean small = Math.abs(number) < 0x1p63;
        return small ? (Object) (long) number : new BigDecimal(number).toBigInteger();
    }

    static @Nullable Object decimal(BigDecimal number) {
        if (number.signum() == 0) {
            return 0L;
        }
        // Counting the digits of a huge number takes long.
        boolean huge = number.unscaledValue().bitLength() > MOST.bitLength();
        long integerDigits = huge ? 0 : (long) number.precision() - number.scale();
        if (huge || number.precision() > Limit.NUMBER_DIGITS.most() || integerDigits > Limit.NUMBER_DIGITS.most()) {
            return null;
        }
        if (number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0) {
            return integer(number.toBigIntegerExact());
        }
        double nearest = number.doubleValue();
        return Double.isInfinite(nearest) ? null : fraction(nearest);
    }

    static @Nullable Object integer(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        boolean huge = number.bitLength() > MOST.bitLength() || number.abs().compareTo(MOST) >= 0;
        return huge ? null : number;
    }

    /** Ends the reading of an attribute. */
    private static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null, false, false);
        }
    }
}
