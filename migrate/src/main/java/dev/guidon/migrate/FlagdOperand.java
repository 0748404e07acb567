package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands on one side of an operation of JsonLogic. */
sealed interface FlagdOperand {

    /** A value that is written there. */
    record Literal(FlagValue value) implements FlagdOperand {}

    /**
     * A value of the context.
     *
     * @param attribute which one; {@link Attribute#NOW} stands for flagd's timestamp in seconds
     * @param ifMissing stands in for a missing one; null for none
     */
    record Var(Attribute attribute, @Nullable FlagValue ifMissing) implements FlagdOperand {

        Condition compare(Operator operator, @Nullable Conversion as, FlagValue... values) {
            return compare(operator, as, Leniency.STRICT, List.of(values));
        }

        Condition compare(Operator operator, @Nullable Conversion as, Leniency leniency, List<FlagValue> values) {
            return new Comparison(attribute, operator, values, as, null, false, leniency, ifMissing, Extra.NONE);
        }

        boolean isNow() {
            return attribute.equals(Attribute.NOW);
        }
    }

    /** Something that is worked out. */
    record Expression(Node node) implements FlagdOperand {}

    /** A value that is known, as one of the context. */
    Var KNOWN = new Var(Attribute.of(Conditions.VALUE), null);

    Pattern INDEX = Pattern.compile("[0-9]+");

    /** Reads an operand; a variable that cannot be reached is noted. */
    static FlagdOperand of(Node node, String flag) {
        if (!(node.value() instanceof FlagValue.Obj object)) {
            return isWorkedOut(node.value()) ? new Expression(node) : new Literal(node.value());
        }
        if (!object.fields().keySet().equals(Set.of("var"))) {
            return new Expression(node);
        }
        Node var = node.get("var");
        List<Node> arguments = var.value() instanceof FlagValue.Array ? var.list() : List.of(var);
        String name = arguments.isEmpty() ? null : arguments.get(0).text();
        FlagValue ifMissing = arguments.size() > 1 ? arguments.get(1).value() : FlagValue.NULL;
        if (ifMissing instanceof FlagValue.Array || ifMissing instanceof FlagValue.Obj || arguments.size() > 2) {
            var.problem("a name, and perhaps a string, a number or a boolean as its default");
            return new Literal(FlagValue.NULL);
        }
        if (name == null || name.isEmpty()) {
            var.problem("the name of one value of the context");
            return new Literal(FlagValue.NULL);
        }
        if (name.equals("$flagd.flagKey")) {
            return new Literal(FlagValue.of(flag));
        }
        return new Var(attribute(name, var), ifMissing instanceof FlagValue.Null ? null : ifMissing);
    }

    private static boolean isWorkedOut(FlagValue value) {
        return value instanceof FlagValue.Obj
                || (value instanceof FlagValue.Array array
                        && array.values().stream().anyMatch(FlagdOperand::isWorkedOut));
    }

    private static Attribute attribute(String name, Node node) {
        if (name.equals("targetingKey")) {
            return Attribute.KEY;
        } else if (name.equals("$flagd.timestamp")) {
            return Attribute.NOW;
        } else if (name.startsWith("$flagd")) {
            node.problem("$flagd.flagKey, $flagd.timestamp, or a value of the context");
        }
        if (name.indexOf('.') < 0) {
            return Conditions.attribute(name);
        }
        List<String> path = Arrays.asList(name.split("\\.", -1));
        if (path.stream().anyMatch(part -> part.isEmpty() || INDEX.matcher(part).matches())) {
            node.problem("names with a dot between two, none of them empty or the index of a list");
        }
        return new Attribute.Path(path);
    }
}
