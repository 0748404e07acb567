package dev.guidon.migrate;

import static dev.guidon.definition.Conversion.NUMBER;
import static dev.guidon.definition.Conversion.SEMVER;
import static dev.guidon.definition.Conversion.STRING;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Conditions of a universal flag configuration. */
final class UfcCondition {

    private static final Attribute ID = Attribute.of("id");

    private UfcCondition() {}

    /** Any of the rules of an allocation holds; none at all hold. */
    static Condition anyRule(Node rules) {
        List<Condition> any = new ArrayList<>();
        for (Node rule : rules.list()) {
            rule.only(Set.of("conditions"));
            List<Node> conditions = rule.get("conditions").list();
            if (conditions.isEmpty()) {
                rule.get("conditions").problem("at least one condition (Eppo and Datadog disagree on none)");
            }
            any.add(Conditions.all(conditions.stream().map(UfcCondition::of).toList()));
        }
        return any.isEmpty() ? Conditions.ALWAYS : Conditions.any(any);
    }

    private static Condition of(Node node) {
        node.only(Set.of("attribute", "operator", "value"));
        String attribute = node.get("attribute").text();
        if (attribute == null) {
            node.get("attribute").problem("the name of an attribute");
            return Conditions.NEVER;
        }
        if (!attribute.equals("id")) {
            return of(Conditions.attribute(attribute), node);
        }
        // The key is also the attribute id, unless there is one.
        Condition there = Conditions.exists(ID, true);
        if (node.get("operator").value().equals(FlagValue.of("IS_NULL"))) {
            Condition any = Conditions.any(there, Conditions.exists(Attribute.KEY, true));
            return node.get("value").bool(true) ? Conditions.unless(any) : any;
        }
        return Conditions.any(of(ID, node), Conditions.all(Conditions.unless(there), of(Attribute.KEY, node)));
    }

    private static Condition of(Attribute attribute, Node node) {
        String operator = node.get("operator").text();
        Node value = node.get("value");
        return switch (operator == null ? "" : operator) {
            case "IS_NULL" -> Conditions.exists(attribute, !value.bool(true));
            case "ONE_OF" -> Conditions.compare(attribute, Operator.IN, STRING, texts(value));
            case "NOT_ONE_OF" -> not(Conditions.compare(attribute, Operator.IN, STRING, texts(value)));
            case "MATCHES" -> matches(attribute, value);
            case "NOT_MATCHES" -> not(matches(attribute, value));
            case "LT" -> ordered(attribute, Operator.LESS_THAN, value);
            case "LTE" -> ordered(attribute, Operator.AT_MOST, value);
            case "GT" -> ordered(attribute, Operator.GREATER_THAN, value);
            case "GTE" -> ordered(attribute, Operator.AT_LEAST, value);
            case "SEMVER_EQ" -> version(attribute, Operator.EQUALS, value);
            case "SEMVER_NEQ" -> not(version(attribute, Operator.EQUALS, value));
            case "SEMVER_LT" -> version(attribute, Operator.LESS_THAN, value);
            case "SEMVER_LTE" -> version(attribute, Operator.AT_MOST, value);
            case "SEMVER_GT" -> version(attribute, Operator.GREATER_THAN, value);
            case "SEMVER_GTE" -> version(attribute, Operator.AT_LEAST, value);
            default -> {
                node.get("operator").problem("an operator of the universal flag configuration");
                yield Conditions.NEVER;
            }
        };
    }

    /** A missing attribute is neither equal nor different. */
    private static Condition not(Condition condition) {
        return new Condition.Not(condition, Extra.NONE);
    }

    private static Condition matches(Attribute attribute, Node value) {
        String pattern = value.text();
        if (pattern == null) {
            value.problem("a pattern");
        }
        // RE2 knows Unicode without being told.
        String known = pattern == null ? "" : pattern.replace("(?u)", "");
        return Conditions.compare(attribute, Operator.MATCHES, STRING, FlagValue.of(known));
    }

    private static Condition version(Attribute attribute, Operator operator, Node value) {
        return compared(attribute, operator, SEMVER, value);
    }

    /** With a version as versions, else as numbers. */
    private static Condition ordered(Attribute attribute, Operator operator, Node value) {
        Function<Conversion, Condition> as =
                conversion -> Conditions.compare(attribute, operator, conversion, value.value());
        boolean version = value.value() instanceof FlagValue.Text && Conditions.isValid(as.apply(SEMVER));
        return compared(attribute, operator, version ? SEMVER : NUMBER, value);
    }

    private static Condition compared(Attribute attribute, Operator operator, Conversion as, Node value) {
        boolean text = value.value() instanceof FlagValue.Text;
        if (!text && (as == SEMVER || !(value.value() instanceof FlagValue.Number))) {
            value.problem(as == SEMVER ? "a version" : "a number or a version");
            return Conditions.NEVER;
        }
        return Conditions.ifValid(Conditions.compare(attribute, operator, as, value.value()), value);
    }

    private static List<FlagValue> texts(Node list) {
        List<FlagValue> texts = new ArrayList<>();
        for (Node node : list.list()) {
            FlagValue value = node.value();
            if (value instanceof FlagValue.Text
                    || value instanceof FlagValue.Number
                    || value instanceof FlagValue.Bool) {
                texts.add(value);
            } else {
                node.problem("a string, a number or a boolean");
            }
        }
        return texts;
    }
}
