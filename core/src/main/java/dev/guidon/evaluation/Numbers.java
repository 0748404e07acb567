package dev.guidon.evaluation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Order and text of numbers in the form of {@link ContextValues}. */
final class Numbers {

    private static final int MOST_PRECISION = 17;

    private Numbers() {}

    /** Exact if both are integral, else as doubles. */
    static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double || b instanceof Double) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return big(a).compareTo(big(b));
    }

    /** Decimal text as a number; null if it is none. Bounded in time for hostile text. */
    static @Nullable Object parse(String text) {
        if (text.isEmpty() || text.length() > 400) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return null;
            }
        }
        try {
            return ContextValues.decimal(new BigDecimal(text));
        } catch (NumberFormatException notDecimal) {
            return null;
        }
    }

    /** The text of a value in bucketing and in {@code as: string}; null if it has none there. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof Double fraction) {
            return shortest(fraction);
        } else if (value instanceof Long || value instanceof Boolean || value instanceof BigInteger) {
            return value.toString();
        }
        return null;
    }

    /** About what finding the shortest decimal takes: much for numbers of many digits before or behind the point. */
    static long steps(double fraction) {
        return 300L + 100L * Math.abs(Math.getExponent(fraction));
    }

    /**
     * The shortest decimal that reads back as the same double, the nearest to it of those, without an exponent.
     * {@code Double.toString} is not it before JDK 19.
     */
    static String shortest(double fraction) {
        BigDecimal exact = new BigDecimal(fraction);
        for (int precision = 1; precision < MOST_PRECISION; precision++) {
            BigDecimal nearest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (nearest.doubleValue() == fraction) {
                return nearest.stripTrailingZeros().toPlainString();
            }
            // Above a power of two the doubles are twice as far apart as below it.
            BigDecimal above = exact.round(new MathContext(precision, RoundingMode.UP));
            if (above.doubleValue() == fraction) {
                return above.stripTrailingZeros().toPlainString();
            }
        }
        return exact.round(new MathContext(MOST_PRECISION, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static BigInteger big(Number number) {
        return number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
    }
}
