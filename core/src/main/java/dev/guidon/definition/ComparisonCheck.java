package dev.guidon.definition;

import dev.guidon.definition.Condition.Conversion;
import dev.guidon.definition.Condition.InstantUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which options and values an operator allows. */
final class ComparisonCheck {

    private ComparisonCheck() {}

    static List<Problem> problems(
            Operator operator,
            List<FlagValue> values,
            @Nullable Conversion as,
            @Nullable InstantUnit unit,
            boolean ignoreCase,
            boolean lenient,
            @Nullable FlagValue ifMissing) {
        List<Problem> problems = new ArrayList<>();
        Limit.VALUES.check(operator.toString(), values, problems);
        boolean instants = as == Conversion.INSTANT || operator == Operator.BEFORE || operator == Operator.AFTER;
        boolean versions = as == Conversion.SEMVER || operator == Operator.SEMVER_RANGE;
        option("as", as, as == null || operator.conversions().contains(as), conversions(operator), problems);
        option("unit", unit, unit == null || instants, "only with before, after or as: instant", problems);
        option("lenient", lenient, !lenient || versions, "only with semver or as: semver", problems);
        option(
                "ignoreCase",
                ignoreCase,
                !ignoreCase || operator.ignoresCase(),
                "only with equals, in, contains, startsWith, endsWith, hasAny, hasAll",
                problems);
        if (ifMissing instanceof FlagValue.Null) {
            problems.add(Problem.at("ifMissing", ifMissing, "a value"));
        }
        if (!operator.takesList() && values.size() != 1) {
            problems.add(new Problem(operator.toString(), values.size() + " values", "one value"));
        }
        for (int i = 0; i < values.size(); i++) {
            String allowed = refusal(operator, values.get(i), as, unit);
            if (allowed != null) {
                String at = operator.takesList() ? operator + "[" + i + "]" : operator.toString();
                problems.add(Problem.at(at, values.get(i), allowed));
            }
        }
        return problems;
    }

    private static void option(
            String name, @Nullable Object found, boolean allowed, String text, List<Problem> problems) {
        if (!allowed) {
            problems.add(Problem.at(name, found, text));
        }
    }

    private static String conversions(Operator operator) {
        if (operator.operands() == Operator.Operands.ORDERED
                && operator.conversions().size() > 1) {
            return "number, instant or semver (strings have no order)";
        }
        return operator.conversions().isEmpty()
                ? "no conversion with " + operator
                : "one of " + operator.conversions().stream().sorted().toList() + " with " + operator;
    }

    private static @Nullable String refusal(
            Operator operator, FlagValue value, @Nullable Conversion as, @Nullable InstantUnit unit) {
        boolean text = value instanceof FlagValue.Text;
        boolean number = value instanceof FlagValue.Number;
        return switch (operator.operands()) {
            case FLAG -> value instanceof FlagValue.Bool ? null : "true or false";
            case ONE, MANY -> value instanceof FlagValue.Null ? "a value (for null use exists)" : null;
            case STRINGS -> text ? null : "a string";
            case ORDERED -> {
                if (operator == Operator.BEFORE || operator == Operator.AFTER || as == Conversion.INSTANT) {
                    boolean instant = text || (number && unit != null);
                    yield instant ? null : "an RFC 3339 instant, or with unit: s or ms a number";
                }
                if (as == Conversion.SEMVER) {
                    yield text ? null : "a version as a string";
                }
                boolean ordered = number || (text && as == Conversion.NUMBER);
                yield ordered ? null : "a number (strings have no order; as: number, instant or semver converts)";
            }
        };
    }
}
