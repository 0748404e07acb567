package dev.guidon.json;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.InstantUnit;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads comparisons of an attribute. */
final class ComparisonReader {

    private static final List<String> OPERATORS =
            Arrays.stream(Operator.values()).map(Operator::toString).toList();
    /** The operators that are always given a list, even of one value. */
    static final Set<Operator> TAKE_ANY_VALUES = Set.of(Operator.IN, Operator.HAS_ANY, Operator.HAS_ALL);

    private ComparisonReader() {}

    static Condition read(Node node, Fields fields) {
        List<String> operators = fields.present(OPERATORS);
        Attribute attribute = AttributeReader.read(fields.at("attribute"));
        var as = fields.at("as").choice(Conversion.values());
        var unit = fields.at("unit").choice(InstantUnit.values());
        boolean ignoreCase = fields.at("ignoreCase").bool(false);
        Leniency lenient = lenient(fields.at("lenient"));
        FlagValue ifMissing = fields.at("ifMissing").any();
        if (operators.size() != 1) {
            boolean none = operators.isEmpty() && !fields.empty(OPERATORS).isEmpty();
            fields.refuse("exactly one of " + String.join(", ", OPERATORS)
                    + (none ? ", with a value (for null use exists)" : ""));
            return ConditionReader.PLACEHOLDER;
        }
        String name = operators.get(0);
        Operator operator = operator(name);
        List<FlagValue> values = values(operator, fields.at(name));
        Extra extra = fields.extra();
        boolean asFailed = fields.failed("as");
        boolean unitFailed = fields.failed("unit");
        return node.build(
                ConditionReader.PLACEHOLDER,
                () -> new Comparison(attribute, operator, values, as, unit, ignoreCase, lenient, ifMissing, extra),
                path -> follows(path, name, asFailed, unitFailed) ? null : path);
    }

    private static Leniency lenient(Node node) {
        if (!node.isText()) {
            return node.bool(false) ? Leniency.FULL : Leniency.STRICT;
        }
        if (!Leniency.PARTIAL.toString().equals(node.text())) {
            node.refuse("true, false or partial");
        }
        return Leniency.PARTIAL;
    }

    /** Whether a problem may be there only because a conversion or a unit could not be read. */
    private static boolean follows(String path, String operator, boolean asFailed, boolean unitFailed) {
        return (path.startsWith(operator) && (asFailed || unitFailed))
                || (asFailed && (path.equals("unit") || path.equals("lenient")));
    }

    private static Operator operator(String name) {
        for (Operator operator : Operator.values()) {
            if (operator.toString().equals(name)) {
                return operator;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static List<FlagValue> values(Operator operator, Node operand) {
        if (TAKE_ANY_VALUES.contains(operator)) {
            return operand.list("a list of values", node -> node.any("a value"));
        }
        if (operator.takesList()) {
            List<String> texts =
                    operand.isList() ? operand.texts() : List.of(operand.text("a string, or a list of them"));
            return texts.stream().map(FlagValue::of).toList();
        }
        return List.of(operand.any("a value"));
    }
}
