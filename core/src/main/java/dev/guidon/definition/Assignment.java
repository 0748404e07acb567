package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says which value of a context is put into a bucket, and how.
 *
 * <p>The value of an attribute is its text: a string as it is, an integral number without a fraction, any other number in its
 * shortest decimal form without an exponent, {@code true} or {@code false}. Anything else counts as missing; the empty string
 * is a value.
 *
 * @param by the attributes that make the value, usually one; at least one
 * @param fallback the attributes to take when one of {@code by} is missing; empty for none
 * @param whenMissing what happens when the value is missing all the same; null for the default, which is {@code SKIP} for a
 *     rollout and {@code OFF} for a split; always null in a bucket condition, which is UNKNOWN then
 * @param salt separates this assignment from all others; null for the salt of the flag, which is its key unless it has one;
 *     never null in a bucket condition
 * @param bucketing the formula
 */
public record Assignment(
        List<Attribute> by,
        List<Attribute> fallback,
        @Nullable WhenMissing whenMissing,
        @Nullable String salt,
        Bucketing bucketing) {

    /** By targeting key, with all defaults. */
    public static final Assignment BY_KEY = by(Attribute.KEY);

    /** What happens to a context that has no value to put into a bucket. */
    public enum WhenMissing {
        /** A rollout does not include it; the rule of a split does not match. */
        SKIP,
        /** The flag serves its off variant with {@code TARGETING_KEY_MISSING}. */
        OFF,
        /** The lowest bucket: a rollout of more than 0 % includes it, a split serves its first share. */
        FIRST,
        /** The caller's default with {@code TARGETING_KEY_MISSING}. */
        ERROR;

        /** {@return the name in the format} */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the lists and checks them. */
    public Assignment {
        by = List.copyOf(by);
        fallback = List.copyOf(fallback);
        List<Problem> problems = new ArrayList<>();
        if (by.isEmpty()) {
            problems.add(new Problem("by", "an empty list", "at least one attribute"));
        }
        Limit.PATH.check("by", by, problems);
        Limit.PATH.check("fallback", fallback, problems);
        if (salt != null) {
            checkSalt("salt", salt, problems);
        }
        Problem.refuse(problems);
    }

    /**
     * By one attribute, with all defaults.
     *
     * @param attribute the attribute
     * @return the assignment
     */
    public static Assignment by(Attribute attribute) {
        return new Assignment(List.of(attribute), List.of(), null, null, Bucketing.GUIDON);
    }

    /**
     * The same with attributes that are taken when one of {@code by} is missing.
     *
     * @param attributes the attributes
     * @return a new assignment
     */
    public Assignment withFallback(Attribute... attributes) {
        return new Assignment(by, List.of(attributes), whenMissing, salt, bucketing);
    }

    /**
     * The same with another answer for contexts without a value.
     *
     * @param answer what happens; null for the default
     * @return a new assignment
     */
    public Assignment withWhenMissing(@Nullable WhenMissing answer) {
        return new Assignment(by, fallback, answer, salt, bucketing);
    }

    /**
     * The same with another salt.
     *
     * @param text the salt; null for that of the flag or segment
     * @return a new assignment
     */
    public Assignment withSalt(@Nullable String text) {
        return new Assignment(by, fallback, whenMissing, text, bucketing);
    }

    /**
     * The same with another formula.
     *
     * @param formula the formula
     * @return a new assignment
     */
    public Assignment withBucketing(Bucketing formula) {
        return new Assignment(by, fallback, whenMissing, salt, formula);
    }

    static void checkSalt(String path, String salt, List<Problem> problems) {
        DefinitionKey.checkHashed(path, salt, problems);
        if (salt.indexOf(':') >= 0) {
            problems.add(Problem.at(path, salt, "a salt without ':'"));
        }
    }
}
