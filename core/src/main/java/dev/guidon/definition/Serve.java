package dev.guidon.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a rule, or the fallthrough, serves: one variant, or a split between several. */
public sealed interface Serve {

    /** {@return the names of all variants that it can serve} */
    Set<String> variants();

    /**
     * One variant.
     *
     * @param variant its name
     */
    record Variant(String variant) implements Serve {
        /** Checks the name. */
        public Variant {
            List<Problem> problems = new ArrayList<>();
            DefinitionKey.checkName("", variant, problems);
            Problem.refuse(problems);
        }

        @Override
        public Set<String> variants() {
            return Set.of(variant);
        }
    }

    /**
     * A split by weights: the first share whose cumulative weight is above the bucket's part of the total.
     *
     * @param shares in order; a variant may repeat
     * @param total what the weights are parts of, at least their sum; what they leave over is a gap, in which a rule does not
     *     match and the fallthrough answers the caller's default; usually the sum
     * @param assignment how contexts are put into buckets
     * @param extra unknown fields
     */
    record WeightedSplit(List<Weight> shares, long total, Assignment assignment, Extra extra) implements Serve {
        /** Copies and checks the shares. */
        public WeightedSplit {
            shares = List.copyOf(shares);
            List<Problem> problems = new ArrayList<>();
            Limit.SHARES.check("split", shares, problems);
            long sum = sum(shares);
            if (sum <= 0) {
                problems.add(new Problem("split", "a sum of weights of " + sum, "at least one weight above 0"));
            }
            if (total < sum || total > MOST_WEIGHT * Limit.SHARES.most()) {
                problems.add(Problem.at(
                        "total",
                        total,
                        "the sum of the weights (" + sum + ") to " + MOST_WEIGHT * Limit.SHARES.most()));
            }
            Problem.refuse(problems);
        }

        /**
         * A split of which the weights fill the whole.
         *
         * @param shares in order
         * @param assignment how contexts are put into buckets
         */
        public WeightedSplit(List<Weight> shares, Assignment assignment) {
            this(shares, sum(shares), assignment, Extra.NONE);
        }

        /**
         * The sum of the weights, which is the total unless another is given.
         *
         * @param shares the shares
         * @return the sum
         */
        public static long sum(List<Weight> shares) {
            return shares.stream().mapToLong(Weight::weight).sum();
        }

        /**
         * The same split of other units, for example of accounts.
         *
         * @param attribute the name of the attribute whose values are put into buckets
         * @return a new split
         */
        public WeightedSplit by(String attribute) {
            return withAssignment(Assignment.by(Attribute.of(attribute)));
        }

        /**
         * The same split of contexts that are put into buckets otherwise.
         *
         * @param other how contexts are put into buckets
         * @return a new split
         */
        public WeightedSplit withAssignment(Assignment other) {
            return new WeightedSplit(shares, total, other, extra);
        }

        /**
         * The same weights as parts of another total.
         *
         * @param other the total, at least the sum of the weights
         * @return a new split
         */
        public WeightedSplit withTotal(long other) {
            return new WeightedSplit(shares, other, assignment, extra);
        }

        @Override
        public Set<String> variants() {
            Set<String> names = new HashSet<>();
            shares.forEach(share -> names.add(share.variant()));
            return names;
        }
    }

    /**
     * A split by ranges of buckets: the first range that the bucket lies in.
     *
     * @param shares in order; a variant may repeat, gaps are allowed
     * @param assignment how contexts are put into buckets
     * @param extra unknown fields
     */
    record RangeSplit(List<Range> shares, Assignment assignment, Extra extra) implements Serve {
        /** Copies and checks the shares. */
        public RangeSplit {
            shares = List.copyOf(shares);
            List<Problem> problems = new ArrayList<>();
            Limit.SHARES.check("split", shares, problems);
            if (shares.isEmpty()) {
                problems.add(new Problem("split", "an empty list", "at least one share"));
            }
            Problem.refuse(problems);
        }

        @Override
        public Set<String> variants() {
            Set<String> names = new HashSet<>();
            shares.forEach(share -> names.add(share.variant()));
            return names;
        }
    }

    /** The largest weight. */
    long MOST_WEIGHT = 1_000_000_000;

    /**
     * A share by weight.
     *
     * @param variant the variant's name
     * @param weight 0 to 1,000,000,000
     * @param extra unknown fields
     */
    record Weight(String variant, long weight, Extra extra) {
        /** Checks the weight. */
        public Weight {
            List<Problem> problems = new ArrayList<>();
            DefinitionKey.checkName("variant", variant, problems);
            if (weight < 0 || weight > MOST_WEIGHT) {
                problems.add(Problem.at("weight", weight, "0 to " + MOST_WEIGHT));
            }
            Problem.refuse(problems);
        }

        /**
         * A share by weight.
         *
         * @param variant the variant's name
         * @param weight 0 to 1,000,000,000
         */
        public Weight(String variant, long weight) {
            this(variant, weight, Extra.NONE);
        }
    }

    /**
     * A share by range.
     *
     * @param variant the variant's name
     * @param from its first bucket, included
     * @param to its last bucket, excluded; not below {@code from}
     * @param extra unknown fields
     */
    record Range(String variant, Percent from, Percent to, Extra extra) {
        /** Checks the range. */
        public Range {
            List<Problem> problems = new ArrayList<>();
            DefinitionKey.checkName("variant", variant, problems);
            if (to.thousandths() < from.thousandths()) {
                problems.add(Problem.at("to", to.value(), "a percentage from " + from.value() + " (from) to 100"));
            }
            Problem.refuse(problems);
        }
    }

    /**
     * A split by targeting key, of which the weights fill the whole.
     *
     * @param shares in order
     * @return the split
     */
    static WeightedSplit split(Weight... shares) {
        return new WeightedSplit(List.of(shares), Assignment.BY_KEY);
    }

    /**
     * A share of a split.
     *
     * @param variant the variant's name
     * @param weight 0 to 1,000,000,000
     * @return the share
     */
    static Weight share(String variant, long weight) {
        return new Weight(variant, weight);
    }

    /**
     * One variant.
     *
     * @param variant its name
     * @return what serves it
     */
    static Serve variant(String variant) {
        return new Variant(variant);
    }
}
