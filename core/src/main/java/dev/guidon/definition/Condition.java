package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * An attribute equals a string.
     *
     * @param attribute the attribute's name
     * @param value the string
     * @return the condition
     */
    static Condition equalTo(String attribute, String value) {
        return new Comparison(Attribute.of(attribute), Operator.EQUALS, List.of(FlagValue.of(value)));
    }

    /**
     * An attribute is one of the given strings.
     *
     * @param attribute the attribute's name
     * @param values the strings
     * @return the condition
     */
    static Condition in(String attribute, String... values) {
        return new Comparison(
                Attribute.of(attribute),
                Operator.IN,
                List.of(values).stream().map(FlagValue::of).toList());
    }

    private static List<Condition> copied(String path, List<Condition> conditions) {
        List<Problem> problems = new ArrayList<>();
        Limit.CONDITIONS.check(path, conditions, problems);
        Problem.refuse(problems);
        return List.copyOf(conditions);
    }
}
