package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A statement about a context that is TRUE, FALSE or UNKNOWN. */
public sealed interface Condition
        permits Condition.All,
                Condition.Any,
                Condition.Not,
                Condition.IsTrue,
                Comparison,
                Condition.InBucket,
                Condition.InSegment,
                Condition.FlagServes {

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
        return new All(
                Stream.concat(this instanceof All all ? all.of().stream() : Stream.of(this), Stream.of(other))
                        .toList(),
                this instanceof All all ? all.extra() : Extra.NONE);
    }

    /**
     * This or another condition holds.
     *
     * @param other the other condition
     * @return the condition
     */
    default Condition or(Condition other) {
        return new Any(
                Stream.concat(this instanceof Any any ? any.of().stream() : Stream.of(this), Stream.of(other))
                        .toList(),
                this instanceof Any any ? any.extra() : Extra.NONE);
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
