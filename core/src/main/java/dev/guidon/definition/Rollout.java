package dev.guidon.definition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Limits a rule to a share of the contexts that match it. Raising the percentage only ever adds contexts. */
public sealed interface Rollout {

    /** {@return how contexts are put into buckets} */
    Assignment assignment();

    /** {@return unknown fields} */
    Extra extra();

    /**
     * The same share of other units, for example of accounts.
     *
     * @param attribute the name of the attribute whose values are put into buckets
     * @return a new rollout
     */
    default Rollout by(String attribute) {
        return withAssignment(Assignment.by(Attribute.of(attribute)));
    }

    /**
     * The same share, of contexts that are put into buckets otherwise.
     *
     * @param assignment how contexts are put into buckets
     * @return a new rollout
     */
    Rollout withAssignment(Assignment assignment);

    /**
     * A constant share.
     *
     * @param percent the share
     * @param assignment how contexts are put into buckets
     * @param extra unknown fields
     */
    record Fixed(Percent percent, Assignment assignment, Extra extra) implements Rollout {
        @Override
        public Rollout withAssignment(Assignment other) {
            return new Fixed(percent, other, extra);
        }
    }

    /**
     * A share that changes at given instants by the clock, stepwise and the same in every process: 0 % before the first step,
     * then the percentage of the last step that is reached.
     *
     * @param steps at least one, in strictly ascending order of time
     * @param assignment how contexts are put into buckets
     * @param extra unknown fields
     */
    record Ramp(List<Step> steps, Assignment assignment, Extra extra) implements Rollout {
        /** Copies and checks the steps. */
        public Ramp {
            steps = List.copyOf(steps);
            List<Problem> problems = new ArrayList<>();
            if (steps.isEmpty()) {
                problems.add(new Problem("ramp", "an empty list", "at least one step"));
            }
            Limit.RAMP_STEPS.check("ramp", steps, problems);
            for (int i = 1; i < steps.size(); i++) {
                if (!steps.get(i).at().isAfter(steps.get(i - 1).at())) {
                    problems.add(Problem.at(
                            "ramp[" + i + "].at",
                            steps.get(i).at(),
                            "an instant after " + steps.get(i - 1).at()));
                }
            }
            Problem.refuse(problems);
        }

        @Override
        public Rollout withAssignment(Assignment other) {
            return new Ramp(steps, other, extra);
        }
    }

    /**
     * One step of a ramp.
     *
     * @param at when it begins
     * @param percent the share from then on
     * @param extra unknown fields
     */
    record Step(Instant at, Percent percent, Extra extra) {
        private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

        /**
         * A step.
         *
         * @param at when it begins
         * @param percent the share from then on, at most three decimals
         */
        public Step(Instant at, double percent) {
            this(at, Percent.of(percent), Extra.NONE);
        }

        /** Checks that the instant can be written in RFC 3339. */
        public Step {
            if (at.isBefore(FIRST) || at.isAfter(LAST)) {
                Problem.refuse(List.of(Problem.at("at", at, "an instant from " + FIRST + " to " + LAST)));
            }
        }
    }

    /**
     * A share by targeting key that changes at given instants.
     *
     * @param steps in strictly ascending order of time; nobody is included before the first
     * @return the rollout
     */
    static Rollout ramp(Step... steps) {
        return new Ramp(List.of(steps), Assignment.BY_KEY, Extra.NONE);
    }

    /**
     * A constant share by targeting key.
     *
     * @param percent 0 to 100, at most three decimals
     * @return the rollout
     */
    static Rollout of(double percent) {
        return new Fixed(Percent.of(percent), Assignment.BY_KEY, Extra.NONE);
    }
}
