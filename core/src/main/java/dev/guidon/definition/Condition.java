package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A statement about a context that is TRUE, FALSE or UNKNOWN. */
public sealed interface Condition {

    /** {@return unknown fields} */
    Extra extra();

    /** {@return how many levels of conditions it has, 1 without nesting} */
    default int depth() {
        return 1;
    }

    /**
     * This and another condition hold.
     *
     * @param other the other condition
     * @return the condition
     */
    default Condition and(Condition other) {
        return new All(Stream.concat(this instanceof All all ? all.of().stream() : Stream.of(this), Stream.of(other))
                .toList(), this instanceof All all ? all.extra() : Extra.NONE);
    }

    /**
     * This or another condition holds.
     *
     * @param other the other condition
     * @return the condition
     */
    default Condition or(Condition other) {
        return new Any(Stream.concat(this instanceof Any any ? any.of().stream() : Stream.of(this), Stream.of(other))
                .toList(), this instanceof Any any ? any.extra() : Extra.NONE);
    }

    /**
     * Kleene's conjunction: FALSE if any is FALSE, else UNKNOWN if any is UNKNOWN, else TRUE; TRUE when empty.
     *
     * @param of the conditions
     * @param extra unknown fields
     */
    record All(List<Condition> of, Extra extra) implements Condition {
        /** Copies the conditions. */
        public All {
            of = copied("all", of);
        }

        @Override
        public int depth() {
            return 1 + of.stream().mapToInt(Condition::depth).max().orElse(0);
        }
    }

    /**
     * Kleene's disjunction: TRUE if any is TRUE, else UNKNOWN if any is UNKNOWN, else FALSE; FALSE when empty.
     *
     * @param of the conditions
     * @param extra unknown fields
     */
    record Any(List<Condition> of, Extra extra) implements Condition {
        /** Copies the conditions. */
        public Any {
            of = copied("any", of);
        }

        @Override
        public int depth() {
            return 1 + of.stream().mapToInt(Condition::depth).max().orElse(0);
        }
    }

    /**
     * Kleene's negation: UNKNOWN stays UNKNOWN.
     *
     * @param of the condition
     * @param extra unknown fields
     */
    record Not(Condition of, Extra extra) implements Condition {
        @Override
        public int depth() {
            return 1 + of.depth();
        }
    }

    /**
     * TRUE if the condition is TRUE, else FALSE: never UNKNOWN.
     *
     * @param of the condition
     * @param extra unknown fields
     */
    record IsTrue(Condition of, Extra extra) implements Condition {
        @Override
        public int depth() {
            return 1 + of.depth();
        }
    }

    /**
     * Compares an attribute. A missing attribute is UNKNOWN ({@code exists} aside).
     *
     * @param attribute which attribute
     * @param operator how it is compared
     * @param values what it is compared with: exactly one, or any number where {@link Operator#takesList()}
     * @param as converts both sides first, a failure is UNKNOWN; null to compare them as they are
     * @param unit reads numbers as instants since 1970-01-01T00:00:00Z; null if numbers are no instants
     * @param ignoreCase whether upper and lower case are the same
     * @param lenient which texts are versions besides those of SemVer 2.0.0
     * @param ifMissing stands in for a missing attribute; null for none
     * @param extra unknown fields
     */
    record Comparison(
            Attribute attribute,
            Operator operator,
            List<FlagValue> values,
            @Nullable Conversion as,
            @Nullable InstantUnit unit,
            boolean ignoreCase,
            Leniency lenient,
            @Nullable FlagValue ifMissing,
            Extra extra)
            implements Condition {
        /** Copies the values and checks them against the operator and the options. */
        public Comparison {
            values = List.copyOf(values);
            List<Problem> problems = new ArrayList<>();
            Limit.VALUES.check(operator.toString(), values, problems);
            boolean strict = lenient == Leniency.STRICT;
            boolean versions = as == Conversion.SEMVER || operator == Operator.SEMVER_RANGE;
            if (!operator.converts(as)) {
                problems.add(Problem.at("as", as, operator.conversionsText()));
            }
            option(
                    "unit",
                    unit,
                    unit == null || operator.comparesInstants(as),
                    "only with before, after or as: instant",
                    problems);
            option("lenient", lenient, strict || versions, "only with semver or as: semver", problems);
            option(
                    "ignoreCase",
                    ignoreCase,
                    !ignoreCase || operator.ignoresCase(),
                    "only with equals, in, contains, startsWith, endsWith, hasAny, hasAll",
                    problems);
            option("ifMissing", ifMissing, !(ifMissing instanceof FlagValue.Null), "a value", problems);
            if (!operator.takesList() && values.size() != 1) {
                problems.add(new Problem(operator.toString(), values.size() + " values", "one value"));
            }
            for (int i = 0; i < values.size(); i++) {
                String allowed = operator.refusal(values.get(i), as, unit != null);
                if (allowed != null) {
                    String at = operator.takesList() ? operator + "[" + i + "]" : operator.toString();
                    problems.add(Problem.at(at, values.get(i), allowed));
                }
            }
            Problem.refuse(problems);
        }

        private static void option(
                String name, @Nullable Object found, boolean allowed, String text, List<Problem> problems) {
            if (!allowed) {
                problems.add(Problem.at(name, found, text));
            }
        }

        /**
         * A comparison without options.
         *
         * @param attribute which attribute
         * @param operator how it is compared
         * @param values what it is compared with
         */
        public Comparison(Attribute attribute, Operator operator, List<FlagValue> values) {
            this(attribute, operator, values, null, null, false, Leniency.STRICT, null, Extra.NONE);
        }

        /**
         * The same comparison after a conversion.
         *
         * @param conversion what both sides are converted to
         * @return a new condition
         */
        public Comparison as(Conversion conversion) {
            return new Comparison(
                    attribute, operator, values, conversion, unit, ignoreCase, lenient, ifMissing, extra);
        }

        /**
         * The same comparison, with numbers as instants.
         *
         * @param numbers what a number means
         * @return a new condition
         */
        public Comparison unit(InstantUnit numbers) {
            return new Comparison(
                    attribute, operator, values, as, numbers, ignoreCase, lenient, ifMissing, extra);
        }

        /** {@return the same comparison for which upper and lower case are the same} */
        public Comparison ignoringCase() {
            return new Comparison(attribute, operator, values, as, unit, true, lenient, ifMissing, extra);
        }

        /**
         * The same comparison of versions that are written otherwise.
         *
         * @param texts which texts are versions besides those of SemVer 2.0.0
         * @return a new condition
         */
        public Comparison lenient(Leniency texts) {
            return new Comparison(
                    attribute, operator, values, as, unit, ignoreCase, texts, ifMissing, extra);
        }

        /**
         * The same comparison with a value in place of a missing attribute.
         *
         * @param value the value
         * @return a new condition
         */
        public Comparison ifMissing(FlagValue value) {
            return new Comparison(attribute, operator, values, as, unit, ignoreCase, lenient, value, extra);
        }
    }

    /**
     * The bucket of a context under a named salt lies in {@code [from, to)}: mutual exclusion and holdouts.
     *
     * @param from the first bucket, included
     * @param to the last bucket, excluded; not below {@code from}
     * @param assignment how contexts are put into buckets; its salt is never null
     * @param extra unknown fields
     */
    record InBucket(Percent from, Percent to, Assignment assignment, Extra extra) implements Condition {
        /** Checks the range and the salt. */
        public InBucket {
            List<Problem> problems = new ArrayList<>();
            if (assignment.salt() == null) {
                problems.add(Problem.at("bucket", null, "a salt"));
            }
            if (assignment.whenMissing() != null) {
                problems.add(Problem.at(
                        "whenMissing", assignment.whenMissing(), "nothing: a missing value is UNKNOWN here"));
            }
            if (to.thousandths() < from.thousandths()) {
                problems.add(Problem.at("to", to.value(), "a percentage from " + from.value() + " (from) to 100"));
            }
            Problem.refuse(problems);
        }
    }

    /**
     * The context is a member of one of the segments; a segment that does not exist has no members.
     *
     * @param segments the segments' keys; at least one
     * @param extra unknown fields
     */
    record InSegment(List<String> segments, Extra extra) implements Condition {
        /** Copies and checks the keys. */
        public InSegment {
            segments = List.copyOf(segments);
            List<Problem> problems = new ArrayList<>();
            if (segments.isEmpty()) {
                problems.add(new Problem("segment", "an empty list", "at least one segment"));
            }
            Limit.CONDITIONS.check("segment", segments, problems);
            for (int i = 0; i < segments.size(); i++) {
                DefinitionKey.check("segment[" + i + "]", segments.get(i), problems);
            }
            Problem.refuse(problems);
        }

        /**
         * Membership without unknown fields.
         *
         * @param segments the segments' keys
         */
        public InSegment(String... segments) {
            this(List.of(segments), Extra.NONE);
        }
    }

    /**
     * Another flag serves one of the variants to this context, whatever the reason; UNKNOWN if that flag is missing or broken.
     *
     * @param flag the other flag's key
     * @param variants the variants; at least one
     * @param extra unknown fields
     */
    record FlagServes(String flag, List<String> variants, Extra extra) implements Condition {
        /** Copies and checks the variants. */
        public FlagServes {
            variants = List.copyOf(variants);
            List<Problem> problems = new ArrayList<>();
            Prerequisite.checkReference(flag, variants, problems);
            Problem.refuse(problems);
        }
    }

    /** What both sides of a comparison are converted to. */
    enum Conversion {
        /** Text: booleans, numbers (integral ones without a fraction) and instants (RFC 3339) as they are written. */
        STRING,
        /** A number: decimal text is read. */
        NUMBER,
        /** An instant: RFC 3339 text is read, with a unit numbers too. */
        INSTANT,
        /** A version: SemVer 2.0.0 text is read. */
        SEMVER;

        /** {@return the name in the format} */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a number means as an instant. */
    enum InstantUnit {
        /** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
        S,
        /** Milliseconds since 1970-01-01T00:00:00Z. */
        MS;

        /** {@return the name in the format} */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * All conditions hold.
     *
     * @param conditions the conditions
     * @return the condition
     */
    static Condition all(Condition... conditions) {
        return new All(List.of(conditions), Extra.NONE);
    }

    /**
     * At least one condition holds.
     *
     * @param conditions the conditions
     * @return the condition
     */
    static Condition any(Condition... conditions) {
        return new Any(List.of(conditions), Extra.NONE);
    }

    /**
     * A condition is FALSE; where it is UNKNOWN, for example for a missing attribute, this is so too.
     *
     * @param condition the condition
     * @return the condition
     */
    static Condition not(Condition condition) {
        return new Not(condition, Extra.NONE);
    }

    /**
     * A condition is TRUE, and not UNKNOWN: {@code not(isTrue(condition))} also holds for a missing attribute.
     *
     * @param condition the condition
     * @return the condition
     */
    static Condition isTrue(Condition condition) {
        return new IsTrue(condition, Extra.NONE);
    }

    /**
     * The context is a member of one of some segments.
     *
     * @param keys the segments' keys
     * @return the condition
     */
    static Condition segment(String... keys) {
        return new InSegment(List.of(keys), Extra.NONE);
    }

    /**
     * Another flag serves one of some variants.
     *
     * @param key the other flag's key
     * @param variants the variants
     * @return the condition
     */
    static Condition flag(String key, String... variants) {
        return new FlagServes(key, List.of(variants), Extra.NONE);
    }

    /**
     * The bucket of the targeting key under a named salt lies in a range: for holdouts and experiments that exclude each other.
     *
     * @param salt the salt, the same in all flags that share the buckets
     * @param from percent, included
     * @param to percent, excluded
     * @return the condition
     */
    static Condition bucket(String salt, double from, double to) {
        return new InBucket(Percent.of(from), Percent.of(to), Assignment.BY_KEY.withSalt(salt), Extra.NONE);
    }

    private static List<Condition> copied(String path, List<Condition> conditions) {
        List<Problem> problems = new ArrayList<>();
        Limit.CONDITIONS.check(path, conditions, problems);
        Problem.refuse(problems);
        return List.copyOf(conditions);
    }
}
