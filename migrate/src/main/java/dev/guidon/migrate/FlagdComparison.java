package dev.guidon.migrate;

import static dev.guidon.definition.Condition.Conversion.INSTANT;
import static dev.guidon.definition.Condition.Conversion.NUMBER;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Condition.InstantUnit;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Var;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons of JsonLogic, of a value of the context with one that is written there. They are TRUE or FALSE, never UNKNOWN. */
final class FlagdComparison {

    private FlagdComparison() {}

    static boolean truthy(FlagValue value) {
        if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        } else if (value instanceof FlagValue.Number number) {
            return number.value().signum() != 0;
        } else if (value instanceof FlagValue.Text text) {
            return !text.value().isEmpty();
        }
        return value instanceof FlagValue.Array array && !array.values().isEmpty();
    }

    /** What is not TRUE is FALSE: operations other than flagd's own never fail. */
    static Condition decided(Condition condition) {
        boolean never = condition.equals(Conditions.NEVER) || condition.equals(Conditions.ALWAYS);
        return never ? condition : new Condition.IsTrue(condition, Extra.NONE);
    }

    /** Whether a value of the context counts as true. */
    static Condition truth(Var var) {
        List<FlagValue> falsy = List.of(FlagValue.FALSE, FlagValue.of(0), FlagValue.of(""));
        Condition there = var.ifMissing() == null ? Conditions.exists(var.attribute(), true) : Conditions.ALWAYS;
        return Conditions.all(there, FlagdLogic.not(decided(var.compare(Operator.IN, null, falsy))));
    }

    static Condition equality(Var var, FlagValue value, Node node, boolean loose) {
        if (value instanceof FlagValue.Null) {
            return var.ifMissing() == null ? Conditions.exists(var.attribute(), false) : Conditions.NEVER;
        } else if (value instanceof FlagValue.Array || value instanceof FlagValue.Obj) {
            node.problem("a string, a number, a boolean or null to compare with");
            return Conditions.NEVER;
        }
        List<FlagValue> values = List.of(value);
        BigDecimal number = loose ? number(value) : null;
        if (number == null || value instanceof FlagValue.Bool) {
            return decided(var.compare(Operator.EQUALS, null, values));
        } else if (value instanceof FlagValue.Number) {
            return decided(var.compare(Operator.EQUALS, NUMBER, values));
        }
        // A string that reads as a number also equals that number.
        List<FlagValue> read = List.of(new FlagValue.Number(number));
        return decided(Conditions.any(
                var.compare(Operator.EQUALS, null, values),
                Conditions.all(var.compare(Operator.AT_LEAST, null, read), var.compare(Operator.AT_MOST, null, read))));
    }

    /** A number, or text that reads as one; null for everything else. */
    static @Nullable BigDecimal number(FlagValue value) {
        if (value instanceof FlagValue.Number number) {
            return number.value();
        }
        try {
            String text = value instanceof FlagValue.Text found ? found.value().trim() : "";
            BigDecimal number = text.isEmpty() || text.length() > 40 ? null : new BigDecimal(text);
            return number == null || Math.abs(number.scale()) > Limit.NUMBER_DIGITS.most() ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static Condition ordered(Var var, Operator operator, @Nullable BigDecimal number) {
        if (number == null) {
            return Conditions.NEVER;
        }
        if (!var.attribute().equals(Attribute.NOW)) {
            return decided(var.compare(operator, NUMBER, List.of(new FlagValue.Number(number))));
        }
        // The timestamp is in whole seconds, so "after a second" begins with the next one.
        boolean strict = operator == Operator.LESS_THAN || operator == Operator.AT_LEAST;
        BigDecimal second = strict
                ? number.setScale(0, RoundingMode.CEILING)
                : number.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
        boolean before = operator == Operator.LESS_THAN || operator == Operator.AT_MOST;
        return new Condition.Comparison(
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

    /** An element of a list, or a part of a string: {@code hasAll} of nothing tells a list. */
    static Condition contains(Var var, FlagValue value, Node node) {
        if (value instanceof FlagValue.Null) {
            node.problem("a value");
            return Conditions.NEVER;
        }
        Condition element = var.compare(Operator.HAS_ANY, null, List.of(value));
        if (!(value instanceof FlagValue.Text)) {
            return decided(element);
        }
        Condition list = var.compare(Operator.HAS_ALL, null, List.of());
        return decided(Conditions.any(
                element,
                Conditions.all(var.compare(Operator.CONTAINS, null, List.of(value)), Conditions.unless(list))));
    }

    static boolean contains(FlagValue hay, FlagValue needle) {
        return hay instanceof FlagValue.Array array
                ? array.values().contains(needle)
                : hay instanceof FlagValue.Text text
                        && needle instanceof FlagValue.Text part
                        && text.value().contains(part.value());
    }
}
