package dev.guidon.audit;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as the JSON Canonicalization Scheme, RFC 8785, writes it: one text for one value, so that it can be hashed. Numbers there are
 * IEEE 754 doubles; those that are not exactly one of the kind that every double with so many digits is, {@linkplain #isExact are
 * told apart}.
 */
final class CanonicalJson {

    /** Any decimal of so many digits survives becoming a double and back, and is the shortest that does. */
    private static final int EXACT_DIGITS = 15;

    private static final BigDecimal EXACT_INTEGER = BigDecimal.valueOf(1L << 53);

    /** From here on ECMAScript writes an exponent (ECMA-262, Number::toString). */
    private static final int LONGEST_PLAIN = 21;

    private static final int USUAL_LENGTH = 4_096;

    private static final int MOST_ZEROS = 6;
    private static final int LARGEST_EXPONENT = 300;

    /** So many tell every double from all others. */
    private static final int MOST_DIGITS = 17;

    private CanonicalJson() {}

    /** {@return the canonical text of a value} */
    static String write(FlagValue value) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH);
        append(value, text);
        return text.toString();
    }

    /** {@return the SHA-256 of the canonical text in UTF-8, in hexadecimal} */
    static String hash(FlagValue value) {
        return hash(write(value).getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the SHA-256 of some bytes, in hexadecimal} */
    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the canonical text of a value says exactly what the value says: every digit of its numbers, every character. */
    static boolean isExact(FlagValue value) {
        if (value instanceof FlagValue.Number number) {
            return isDouble(number.value())
                    && number(number.value()).equalsIgnoreCase(number.value().toString());
        } else if (value instanceof FlagValue.Text text) {
            return isCharacters(text.value());
        } else if (value instanceof FlagValue.Array array) {
            return array.values().stream().allMatch(CanonicalJson::isExact);
        } else if (value instanceof FlagValue.Obj object) {
            return object.fields().entrySet().stream()
                    .allMatch(field -> isCharacters(field.getKey()) && isExact(field.getValue()));
        }
        return true;
    }

    private static boolean isDouble(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return (stripped.precision() <= EXACT_DIGITS && Math.abs(exponent(stripped)) < LARGEST_EXPONENT)
                || (stripped.scale() <= 0 && stripped.abs().compareTo(EXACT_INTEGER) <= 0);
    }

    /** Whether a text has no halves of characters, which UTF-8 does not have. */
    static boolean isCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    private static void append(FlagValue value, StringBuilder text) {
        if (value instanceof FlagValue.Text string) {
            quote(string.value(), text);
        } else if (value instanceof FlagValue.Number number) {
            text.append(number(number.value()));
        } else if (value instanceof FlagValue.Array array) {
            text.append('[');
            String separator = "";
            for (FlagValue element : array.values()) {
                append(element, text.append(separator));
                separator = ",";
            }
            text.append(']');
        } else if (value instanceof FlagValue.Obj object) {
            text.append('{');
            String separator = "";
            // RFC 8785 sorts by UTF-16 code units, as String does.
            for (Map.Entry<String, FlagValue> field : new TreeMap<>(object.fields()).entrySet()) {
                quote(field.getKey(), text.append(separator));
                append(field.getValue(), text.append(':'));
                separator = ",";
            }
            text.append('}');
        } else {
            text.append(value);
        }
    }

    private static void quote(String string, StringBuilder text) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            text.append(string, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> text.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        text.append(string, written, string.length()).append('"');
    }

    /** A number as ECMAScript writes it. */
    private static String number(BigDecimal number) {
        BigDecimal shortest = isDouble(number) ? number : nearest(number);
        if (shortest.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = shortest.stripTrailingZeros();
        int exponent = exponent(stripped);
        if (exponent < LONGEST_PLAIN && exponent >= -MOST_ZEROS) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (stripped.signum() < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }

    /** The power of ten of the first digit. */
    private static int exponent(BigDecimal stripped) {
        return stripped.precision() - stripped.scale() - 1;
    }

    private static BigDecimal nearest(BigDecimal number) {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)) {
            return number;
        }
        // Double.toString does not give the shortest on every JDK, and never less than two digits.
        BigDecimal exact = new BigDecimal(nearest);
        BigDecimal shortest = exact;
        for (int digits = MOST_DIGITS; digits > 0; digits--) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() != nearest) {
                break;
            }
            shortest = rounded;
        }
        return shortest;
    }
}
