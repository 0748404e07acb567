package dev.guidon.migrate;

import static dev.guidon.definition.Conversion.INSTANT;
import static dev.guidon.definition.Conversion.NUMBER;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.InstantUnit;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Var;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of JsonLogic, of a value of the context with one that is written there. They hold where they are TRUE; where they are
 * FALSE or UNKNOWN, JsonLogic answers false.
 */
final class FlagdComparison {

    private static final FlagValue ZERO = FlagValue.of(0);
    private static final FlagValue BLANK = FlagValue.of("^\\s*$");

    private FlagdComparison() {}

    /** Guidon compares a list element by element, JsonLogic does not. */
    static Condition single(Var var, Condition condition) {
        boolean never = var.attribute().equals(Attribute.KEY) || condition.equals(Conditions.NEVER);
        return never ? condition : Conditions.all(condition, Conditions.unless(list(var)));
    }

    /** Every list has all of nothing, and anything else is UNKNOWN. */
    private static Condition list(Var var) {
        return var.compare(Operator.HAS_ALL, null);
    }

    static Condition missing(Var var) {
        return var.ifMissing() == null ? single(var, Conditions.exists(var.attribute(), false)) : Conditions.NEVER;
    }

    /** Whether a value of the context counts as true. An empty list does not exist. */
    static Condition truth(Var var) {
        if (var.isNow()) {
            return Conditions.ALWAYS;
        }
        Condition there = Conditions.exists(var.attribute(), true);
        Condition falsy = single(var, var.compare(Operator.IN, null, FlagValue.FALSE, ZERO, FlagValue.of("")));
        return Conditions.all(
                var.ifMissing() == null ? there : Conditions.any(there, Conditions.unless(list(var))),
                Conditions.unless(falsy));
    }

    /** Strict equality: of the same type. */
    static Condition same(Var var, FlagValue value) {
        if (value instanceof FlagValue.Null) {
            return missing(var);
        } else if (var.isNow()) {
            return value instanceof FlagValue.Number ? equal(var, value) : Conditions.NEVER;
        }
        return single(var, var.compare(Operator.EQUALS, null, value));
    }

    /** Loose equality: true is 1, false and blank text are 0, and text is a number if it reads as one. */
    static Condition equal(Var var, FlagValue value) {
        BigDecimal number = number(value);
        if (number == null) {
            return same(var, value);
        } else if (var.isNow()) {
            return Conditions.all(ordered(var, Operator.AT_LEAST, number), ordered(var, Operator.AT_MOST, number));
        }
        List<Condition> any = new ArrayList<>();
        FlagValue read = new FlagValue.Number(number);
        any.add(
                value instanceof FlagValue.Text
                        ? var.compare(Operator.IN, null, value, read)
                        : var.compare(Operator.EQUALS, NUMBER, read));
        boolean zero = number.signum() == 0;
        if (zero || number.compareTo(BigDecimal.ONE) == 0) {
            any.add(var.compare(Operator.EQUALS, null, FlagValue.of(!zero)));
        }
        if (zero && !(value instanceof FlagValue.Text)) {
            any.add(var.compare(Operator.MATCHES, null, BLANK));
        }
        return single(var, Conditions.any(any));
    }

    /** What a value is as a number; null if it is none. */
    static @Nullable BigDecimal number(FlagValue value) {
        if (value instanceof FlagValue.Number number) {
            return number.value();
        } else if (value instanceof FlagValue.Bool bool) {
            return bool.value() ? BigDecimal.ONE : BigDecimal.ZERO;
        } else if (!(value instanceof FlagValue.Text)) {
            return null;
        }
        String text = ((FlagValue.Text) value).value().trim();
        try {
            BigDecimal number = text.isEmpty() ? BigDecimal.ZERO : text.length() > 40 ? null : new BigDecimal(text);
            return number == null || Math.abs(number.scale()) > Limit.NUMBER_DIGITS.most() ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Order of numbers. A value that is missing counts as 0, and so does blank text. */
    static Condition ordered(Var var, Operator operator, BigDecimal number) {
        if (var.isNow()) {
            return seconds(operator, number);
        }
        List<Condition> any = new ArrayList<>();
        any.add(var.compare(operator, NUMBER, new FlagValue.Number(number)));
        boolean zero = holds(operator, 0, number);
        if (zero) {
            any.add(var.compare(Operator.MATCHES, null, BLANK));
        }
        for (boolean known : List.of(false, true)) {
            if (known ? holds(operator, 1, number) : zero) {
                any.add(var.compare(Operator.EQUALS, null, FlagValue.of(known)));
            }
        }
        Condition single = single(var, Conditions.any(any));
        return zero ? Conditions.any(single, missing(var)) : single;
    }

    /** Whether a number is so, for example at most another. */
    static boolean holds(Operator operator, int value, BigDecimal other) {
        int order = BigDecimal.valueOf(value).compareTo(other);
        return switch (operator) {
            case LESS_THAN -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER_THAN -> order > 0;
            default -> order >= 0;
        };
    }

    /** The timestamp is in whole seconds, so "after a second" begins with the next one. */
    private static Condition seconds(Operator operator, BigDecimal number) {
        boolean strict = operator == Operator.LESS_THAN || operator == Operator.AT_LEAST;
        BigDecimal second = strict
                ? number.setScale(0, RoundingMode.CEILING)
                : number.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
        boolean before = operator == Operator.LESS_THAN || operator == Operator.AT_MOST;
        return new Comparison(
                Attribute.NOW,
                before ? Operator.LESS_THAN : Operator.AT_LEAST,
                List.of(new FlagValue.Number(second)),
                INSTANT,
                InstantUnit.S,
                false,
                Leniency.STRICT,
                null,
                Extra.NONE);
    }

    /** Whether a value of the context is one of those written there. */
    static Condition oneOf(Var var, List<FlagValue> values) {
        List<FlagValue> known = values.stream()
                .filter(value -> !(value instanceof FlagValue.Null))
                .toList();
        Condition in = single(var, var.compare(Operator.IN, null, Leniency.STRICT, known));
        return known.size() == values.size() ? in : Conditions.any(in, missing(var));
    }

    /** Whether a value that is written there is an element of a list, or a part of a string. */
    static Condition contains(Var var, FlagValue value) {
        Condition element = var.compare(Operator.HAS_ANY, null, value);
        return value instanceof FlagValue.Text
                ? Conditions.any(element, single(var, var.compare(Operator.CONTAINS, null, value)))
                : element;
    }

    /** Operations on strings fail for everything else. */
    static FlagdAnswer string(Var var, Operator operator, FlagValue value) {
        if (var.isNow()) {
            return FlagdAnswer.FAILS;
        }
        Condition holds = var.compare(operator, null, value);
        return new FlagdAnswer(single(var, holds), single(var, new Condition.Not(holds, Extra.NONE)));
    }
}
