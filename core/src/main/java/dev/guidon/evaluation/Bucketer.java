package dev.guidon.evaluation;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Reduction.Precision;
import dev.guidon.definition.Percent;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts contexts into buckets. A bucket is a long and is compared with a limit only by {@code bucket < limit}: a fraction is the
 * bits of the floating point number, which have the same order, and {@code <=} is a limit one higher.
 */
final class Bucketer {

    /** The bucket of a context without a value: below no limit, not even that of 100 percent. */
    static final long MISSING = Long.MAX_VALUE;

    /** A limit that every bucket is below. */
    static final long EVERYBODY = Long.MAX_VALUE;

    /** A limit that no bucket is below. */
    static final long NOBODY = Long.MIN_VALUE;

    private static final Lookup[] NO_LOOKUPS = {};

    private final Assignment assignment;
    private final Bucketing bucketing;
    private final Template template;
    private final Hashing hashing;
    private final Lookup[] by;
    private final Lookup[] fallback;
    private final @Nullable Murmur3 prefix;
    private final long buckets;

    /** Salt is that of the flag or segment, used unless the assignment has its own. */
    Bucketer(Assignment assignment, String stage, String key, String salt, Clock clock) {
        this.assignment = assignment;
        this.bucketing = assignment.bucketing();
        String ownSalt = assignment.salt() == null ? salt : assignment.salt();
        this.template = Template.of(bucketing.input(), stage, key, ownSalt);
        this.hashing = new Hashing(bucketing);
        this.by = lookups(assignment.by(), clock);
        this.fallback = lookups(assignment.fallback(), clock);
        this.prefix = fastPrefix();
        this.buckets = bucketing.reduction() instanceof Reduction.MultiplyShift shift
                ? shift.buckets()
                : bucketing.reduction() instanceof Reduction.Modulo modulo ? modulo.buckets() : 1;
    }

    /** The bucket of a context, or MISSING. */
    long bucket(EvaluationContext context) {
        if (prefix != null && by[0].in(context) instanceof String value) {
            if (value.length() > Meter.SHORT && !Meter.allows(this, 2L * value.length())) {
                return MISSING;
            }
            return ((prefix.with(value) & 0xFFFF_FFFFL) * buckets) >>> 32;
        }
        String[] values = values(by, context);
        values = values == null && fallback.length > 0 ? values(fallback, context) : values;
        if (values == null || !Meter.allows(this, steps(values))) {
            return MISSING;
        }
        return reduce(hashing.of(template.fill(values)));
    }

    /** What to do without a value, given what the default of the place is. */
    WhenMissing whenMissing(WhenMissing byDefault) {
        return assignment.whenMissing() == null ? byDefault : assignment.whenMissing();
    }

    /** The limit that the given part of all buckets is below. */
    long limit(Percent percent) {
        return limit(percent.thousandths(), Percent.HUNDRED.thousandths());
    }

    /** The limit that {@code part / whole} of all buckets are below; 0 is nobody and the whole is everybody. */
    long limit(long part, long whole) {
        if (part <= 0) {
            return NOBODY;
        } else if (part >= whole) {
            return EVERYBODY;
        }
        if (bucketing.reduction() instanceof Reduction.Fraction fraction) {
            return fractionLimit(bits(
                    fraction.precision() == Precision.FLOAT32 ? (float) part / (float) whole : (double) part / whole));
        }
        BigInteger[] exact = BigInteger.valueOf(part)
                .multiply(BigInteger.valueOf(buckets))
                .divideAndRemainder(BigInteger.valueOf(whole));
        boolean next = bucketing.comparison() == Comparison.AT_MOST || exact[1].signum() != 0;
        return exact[0].longValueExact() + (next ? 1 : 0);
    }

    /** The limits of consecutive weights; those of fractions are summed up in their own precision. */
    long[] limits(long[] weights, long whole) {
        long[] limits = new long[weights.length];
        long sum = 0;
        double fractions = 0;
        boolean single = bucketing.reduction() instanceof Reduction.Fraction fraction
                && fraction.precision() == Precision.FLOAT32;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            fractions = single
                    ? (float) fractions + (float) weights[i] / (float) whole
                    : fractions + (double) weights[i] / whole;
            boolean inside = sum > 0 && sum < whole;
            limits[i] = inside && bucketing.reduction() instanceof Reduction.Fraction
                    ? fractionLimit(bits(fractions))
                    : limit(sum, whole);
        }
        return limits;
    }

    /** A bucket as people read it. */
    String text(long bucket) {
        if (bucketing.reduction() instanceof Reduction.Fraction) {
            return Double.toString(Double.longBitsToDouble(bucket));
        }
        return bucket + " of " + buckets;
    }

    private long reduce(long number) {
        Reduction reduction = bucketing.reduction();
        if (reduction instanceof Reduction.Modulo) {
            return Long.remainderUnsigned(number, buckets) + bucketing.offset();
        }
        int bits = bucketing.take().bits();
        if (reduction instanceof Reduction.Fraction fraction) {
            long most = -1L >>> (64 - bits);
            return bits(
                    fraction.precision() == Precision.FLOAT32
                            ? toFloat(number) / toFloat(most)
                            : toDouble(number) / toDouble(most));
        }
        long high = Math.multiplyHigh(number, buckets) + (number < 0 ? buckets : 0);
        long low = number * buckets;
        long shifted = bits == 64 ? high : (low >>> bits) | (high << (64 - bits));
        return shifted + bucketing.offset();
    }

    private long fractionLimit(long bits) {
        return bucketing.comparison() == Comparison.AT_MOST ? bits + 1 : bits;
    }

    private static long bits(double notNegative) {
        return Double.doubleToRawLongBits(notNegative);
    }

    /** In one step: by way of a double it would be rounded twice. */
    static float toFloat(long unsigned) {
        return unsigned >= 0 ? (float) unsigned : new BigInteger(Long.toUnsignedString(unsigned)).floatValue();
    }

    static double toDouble(long unsigned) {
        return unsigned >= 0 ? (double) unsigned : new BigInteger(Long.toUnsignedString(unsigned)).doubleValue();
    }

    /** The template may take a value many times. */
    private long steps(String[] values) {
        long characters = 0;
        for (String value : values) {
            characters += value.length();
        }
        return 200L * bucketing.rounds() + 10 * characters * template.size();
    }

    private String @Nullable [] values(Lookup[] lookups, EvaluationContext context) {
        String[] values = null;
        for (int i = 0; i < lookups.length; i++) {
            Object value = lookups[i].in(context);
            boolean allowed = !(value instanceof Double fraction) || Meter.allows(this, Numbers.steps(fraction));
            String text = allowed ? Numbers.text(value) : null;
            if (text == null) {
                return null;
            }
            values = values == null ? new String[lookups.length] : values;
            values[i] = text;
        }
        return values;
    }

    /** Guidon's own formula for one attribute needs no text to be put together. */
    private @Nullable Murmur3 fastPrefix() {
        boolean own = bucketing.hash() == Bucketing.Hash.MURMUR3_32
                && bucketing.rounds() == 1
                && bucketing.take().equals(Bucketing.GUIDON.take())
                && bucketing.reduction() instanceof Reduction.MultiplyShift
                && bucketing.offset() == 0;
        String beginning = own && by.length == 1 ? template.onlyPrefix() : null;
        return beginning == null ? null : Murmur3.startingWith(beginning, (int) bucketing.seed());
    }

    private static Lookup[] lookups(List<Attribute> attributes, Clock clock) {
        return attributes.isEmpty()
                ? NO_LOOKUPS
                : attributes.stream()
                        .map(attribute -> Lookup.of(attribute, clock))
                        .toArray(Lookup[]::new);
    }
}
