package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;

/**
 * What an operation of JsonLogic that is either true or false, or null because it fails, answers.
 *
 * @param yes holds where it is true
 * @param no holds where it is false; where neither holds it is null, which counts as false in a condition
 */
record FlagdAnswer(Condition yes, Condition no) {

    /** Of an operation that always fails. */
    static final FlagdAnswer FAILS = new FlagdAnswer(Conditions.NEVER, Conditions.NEVER);

    /** Of an operation that never fails. */
    static FlagdAnswer of(Condition yes) {
        return new FlagdAnswer(yes, Conditions.unless(yes));
    }

    /** Whether it never fails. */
    boolean isTotal() {
        return no.equals(Conditions.unless(yes));
    }

    /** What the operation answers for a value that is known. */
    FlagdAnswer given(FlagValue value) {
        return new FlagdAnswer(constant(yes, value), constant(no, value));
    }

    private static Condition constant(Condition condition, FlagValue value) {
        return Conditions.holds(condition, value) ? Conditions.ALWAYS : Conditions.NEVER;
    }
}
