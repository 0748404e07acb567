package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Reduction.Precision;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LaunchDarkly's buckets: the first 15 hexadecimal digits of {@code sha1(key.salt.value)}, or of {@code sha1(seed.value)}, as a fraction in
 * 32 bits; weights are parts of 100,000. A context without the value
 * gets the first share of a weight above 0, one without the kind gets the first.
 *
 * @param key what the flag or the segment calls itself
 * @param salt its salt; empty for none
 */
record LaunchDarklyRollout(String key, String salt) {

    static final int WHOLE = 100_000;
    static final FlagValue EXPERIMENT = FlagValue.of("experiment");

    static LaunchDarklyRollout of(String key, Node node) {
        String own = node.get("key").text();
        String salt = node.get("salt").text();
        if (own != null && !own.equals(key)) {
            node.get("key")
                    .remark("is another key than that of the flag or segment in the export, and goes into its buckets");
        }
        return new LaunchDarklyRollout(own == null ? key : own, salt == null ? "" : salt);
    }

    /** By the key of a context, by another attribute, or by the key with a seed of its own. */
    Assignment assignment(String definition, Attribute by, @Nullable Integer seed) {
        if (seed != null) {
            return new Assignment(List.of(by), List.of(), WhenMissing.FIRST, null, formula(seed + ".{value}"));
        }
        String input = (key.equals(definition) ? "{key}" : Assignments.literal(key)) + ".{salt}.{value}";
        return Assignments.salted(List.of(by), List.of(), WhenMissing.FIRST, salt, formula(input));
    }

    private static Bucketing formula(String input) {
        return new Bucketing(
                Hash.SHA1,
                1,
                new Take.HexDigits(15),
                0,
                new Reduction.Fraction(Precision.FLOAT32),
                0,
                Comparison.BELOW,
                input,
                Extra.NONE);
    }

    /** What to bucket by. An experiment is by key, whatever it says. */
    static LaunchDarklyReference by(Node node, String kindField) {
        String kind = node.get(kindField).text();
        String bucketBy = node.get("bucketBy").text();
        if (bucketBy == null || node.get("kind").value().equals(EXPERIMENT)) {
            return LaunchDarklyReference.of(kind, "key");
        }
        LaunchDarklyReference reference = LaunchDarklyReference.of(kind, bucketBy);
        if (!reference.malformed() && !reference.is("key")) {
            node.get("bucketBy")
                    .loss(
                            "values that are neither strings nor integers were all in the first bucket; here each has its own");
        }
        return reference;
    }

    /** Holds for a context without the kind that a rollout goes by. */
    static Condition lacksKind(Node node, String kindField) {
        return Conditions.exists(LaunchDarklyReference.key(node.get(kindField).text()), false);
    }

    /** A weight, 0 to 100,000; 0 if it is missing or, with a problem, none. */
    static int weight(Node node) {
        Integer weight = node.missing() ? Integer.valueOf(0) : integer(node);
        if (weight == null || weight < 0 || weight > WHOLE) {
            node.problem("an integer from 0 to " + WHOLE);
            return 0;
        }
        return weight;
    }

    /** An integer of 32 bits; null if it is missing or, with a problem, none. */
    static @Nullable Integer integer(Node node) {
        BigDecimal number = node.number();
        if (number == null) {
            return null;
        }
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            node.problem("an integer of 32 bits");
            return null;
        }
    }
}
