package dev.guidon.evaluation;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.chrono.ChronoZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What Java's single values are in the form of {@link ContextValues}; the guide has the table. */
final class PlainValues {

    private static final int MOST_FLOAT_PRECISION = 9;
    private static final float EXACT_INTEGERS = 0x1p24f;
    /** Extends {@link Date}, but is no point in time. */
    private static final String SQL_TIME = "java.sql.Time";

    private PlainValues() {}

    /** A String, Boolean, Instant or number; null for anything else. */
    static @Nullable Object of(Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return value.toString();
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Boolean || value instanceof Instant) {
            return value;
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof AtomicBoolean bool) {
            return bool.get();
        }
        Object instant = instant(value);
        return instant == null ? text(value) : instant;
    }

    private static @Nullable Object instant(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        } else if (value instanceof ChronoZonedDateTime<?> time) {
            return time.toInstant();
        } else if (value instanceof Date date) {
            return instant(date);
        } else if (value instanceof Calendar calendar) {
            return calendar.toInstant();
        } else if (value instanceof FileTime time) {
            return time.toInstant();
        }
        return null;
    }

    @SuppressWarnings("JavaUtilDate") // Programs have such attributes.
    private static @Nullable Instant instant(Date date) {
        if (date.getClass().getName().equals(SQL_TIME)) {
            return null;
        }
        try {
            return date.toInstant();
        } catch (UnsupportedOperationException sqlDate) {
            return Instant.ofEpochMilli(date.getTime());
        }
    }

    private static @Nullable Object text(Object value) {
        if (value instanceof Year year) {
            return (long) year.getValue();
        } else if (value instanceof Locale locale) {
            return locale.toLanguageTag();
        } else if (value instanceof TimeZone zone) {
            return zone.getID();
        } else if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        return hasPlainText(value) || isIsoTime(value) ? value.toString() : null;
    }

    private static boolean hasPlainText(Object value) {
        return value instanceof UUID
                || value instanceof URI
                || value instanceof URL
                || value instanceof Path
                || value instanceof File
                || value instanceof Currency
                || value instanceof ZoneId;
    }

    /** Whether the text is that of ISO 8601. */
    private static boolean isIsoTime(Object value) {
        return value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof LocalTime
                || value instanceof OffsetTime
                || value instanceof YearMonth
                || value instanceof MonthDay
                || value instanceof Duration
                || value instanceof Period;
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
        } else if (number instanceof Double fraction) {
            return ContextValues.fraction(fraction);
        } else if (number instanceof Float fraction) {
            return single(fraction);
        } else if (number instanceof BigInteger integer) {
            return ContextValues.integer(integer);
        } else if (number instanceof BigDecimal decimal) {
            return ContextValues.decimal(decimal);
        }
        return Numbers.parse(number.toString());
    }

    /** The shortest decimal that reads back as the same float: what was written in the program, not what the bits are worth. */
    private static @Nullable Object single(float number) {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            return null;
        } else if (number == (long) number && Math.abs(number) <= EXACT_INTEGERS) {
            return (long) number;
        }
        BigDecimal exact = new BigDecimal(number);
        for (int precision = 1; precision < MOST_FLOAT_PRECISION; precision++) {
            for (RoundingMode rounding : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
                BigDecimal near = exact.round(new MathContext(precision, rounding));
                if (near.floatValue() == number) {
                    return ContextValues.decimal(near);
                }
            }
        }
        return ContextValues.decimal(exact.round(new MathContext(MOST_FLOAT_PRECISION, RoundingMode.HALF_EVEN)));
    }
}
