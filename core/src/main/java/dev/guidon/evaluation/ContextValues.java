package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    private int values = MOST_VALUES;
    private int characters = MOST_CHARACTERS;

    private ContextValues() {}

    /** Returns null for what counts as missing. Never throws, whatever the methods of the value do. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value == null || value instanceof Boolean || value instanceof Instant) {
            return value;
        }
        try {
            return new ContextValues().canonical(value, 0);
        } catch (Throwable hostile) {
            Failures.rethrowIfFatal(hostile);
            return null;
        }
    }

    /** A text that is not too long. */
    static @Nullable String text(@Nullable String text) {
        return text == null || text.length() > MOST_CHARACTERS ? null : text;
    }

    private @Nullable Object canonical(@Nullable Object value, int depth) {
        if (--values < 0) {
            throw new IllegalStateException("more than " + MOST_VALUES + " values");
        }
        if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return counted(value.toString());
        } else if (value instanceof Boolean || value instanceof Instant) {
            return value;
        } else if (value instanceof Enum<?> constant) {
            return counted(constant.name());
        } else if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof ZonedDateTime time) {
            return time.toInstant();
        } else if (value instanceof Date date) {
            return date.toInstant();
        } else if (value instanceof FlagValue json) {
            return json(json, depth);
        } else if (value == null || depth >= Limit.VALUE_DEPTH.most()) {
            return null;
        } else if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        } else if (value instanceof Iterable<?> iterable) {
            return list(iterable, depth);
        } else if (value.getClass().isArray()) {
            return array(value, depth);
        }
        return null;
    }

    private String counted(String text) {
        characters -= text.length();
        if (characters < 0) {
            throw new IllegalStateException("more than " + MOST_CHARACTERS + " characters");
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
            if (entry.getKey() instanceof CharSequence name) {
                copy.put(counted(name.toString()), canonical);
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    private Object list(Iterable<?> iterable, int depth) {
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

    private static @Nullable Object number(Number number) {
        if (number instanceof Long) {
            return number;
        } else if (number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof AtomicInteger
                || number instanceof AtomicLong) {
            return number.longValue();
        } else if (number instanceof Double || number instanceof Float) {
            return fraction(number.doubleValue());
        } else if (number instanceof BigInteger integer) {
            return integer(integer);
        } else if (number instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        return null;
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

    private static @Nullable Object integer(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        boolean huge = number.bitLength() > MOST.bitLength() || number.abs().compareTo(MOST) >= 0;
        return huge ? null : number;
    }
}
