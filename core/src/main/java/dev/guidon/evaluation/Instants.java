package dev.guidon.evaluation;

import dev.guidon.definition.InstantUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, section 5.6</a>
 */
final class Instants {

    private static final int MOST_CHARACTERS = 64;
    private static final Pattern RFC_3339 = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?(?:[Zz]|([+-])(\\d\\d):(\\d\\d))");

    private Instants() {}

    /** An Instant as it is, RFC 3339 text, or with a unit a number; null for anything else. */
    static @Nullable Instant of(@Nullable Object value, @Nullable InstantUnit unit) {
        if (value instanceof Instant instant) {
            return instant;
        } else if (value instanceof String text) {
            return parse(text);
        } else if (value instanceof Number number && unit != null) {
            return ofNumber(number, unit);
        }
        return null;
    }

    /** Digits beyond nanoseconds are dropped; a leap second (60) is no instant of the Java time scale and is not read. */
    static @Nullable Instant parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        Matcher matcher = RFC_3339.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(matcher.group(1)),
                    number(matcher.group(2)),
                    number(matcher.group(3)),
                    number(matcher.group(4)),
                    number(matcher.group(5)),
                    number(matcher.group(6)),
                    nanos(matcher.group(7)));
            return local.toInstant(ZoneOffset.UTC).minusSeconds(offset(matcher));
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static long offset(Matcher matcher) {
        if (matcher.group(8) == null) {
            return 0;
        }
        int hours = number(matcher.group(9));
        int minutes = number(matcher.group(10));
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset");
        }
        long seconds = hours * 3600L + minutes * 60L;
        return matcher.group(8).equals("-") ? -seconds : seconds;
    }

    private static int nanos(@Nullable String digits) {
        return digits == null ? 0 : number((digits + "000000000").substring(0, 9));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static @Nullable Instant ofNumber(Number number, InstantUnit unit) {
        if (number instanceof BigInteger) {
            return null;
        }
        try {
            if (number instanceof Long whole) {
                return unit == InstantUnit.S ? Instant.ofEpochSecond(whole) : Instant.ofEpochMilli(whole);
            }
            BigDecimal exact = new BigDecimal(Numbers.shortest(number.doubleValue()));
            BigDecimal nanos = exact.movePointRight(unit == InstantUnit.S ? 9 : 6);
            BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
            return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return null;
        }
    }
}
