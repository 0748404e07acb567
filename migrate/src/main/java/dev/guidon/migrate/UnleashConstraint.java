package dev.guidon.migrate;

import static dev.guidon.definition.Conversion.INSTANT;
import static dev.guidon.definition.Conversion.NUMBER;
import static dev.guidon.definition.Conversion.STRING;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A constraint of Unleash as a condition. */
final class UnleashConstraint {

    private static final Set<String> FIELDS =
            Set.of("contextName", "operator", "values", "value", "inverted", "caseInsensitive");
    private static final String CURRENT_TIME = "currentTime";

    private final Node node;
    private final String name;
    private final Attribute attribute;

    private UnleashConstraint(Node node, String name) {
        this.node = node;
        this.name = name;
        this.attribute = attribute(name);
    }

    /** All constraints of a list hold. */
    static Condition all(Node list) {
        return Conditions.all(list.list().stream().map(UnleashConstraint::of).toList());
    }

    private static Condition of(Node node) {
        node.only(FIELDS);
        String name = node.get("contextName").text();
        String operator = node.get("operator").text();
        if (name == null || operator == null) {
            node.problem("a constraint with contextName and operator");
            return Conditions.NEVER;
        }
        Condition holds = new UnleashConstraint(node, name).of(operator);
        boolean inverted = node.get("inverted").bool(false);
        // What is not valid in itself holds for nobody, inverted or not.
        return inverted && !holds.equals(Conditions.NEVER) ? Conditions.unless(holds) : holds;
    }

    /** The attribute for a field of Unleash's context. */
    static Attribute attribute(String contextName) {
        return contextName.equals("userId") ? Attribute.KEY : Conditions.attribute(contextName);
    }

    /** The attribute is one of the texts, as which everything in Unleash's context is compared. */
    static Condition in(Attribute attribute, List<FlagValue> texts) {
        return Conditions.compare(attribute, Operator.IN, text(attribute), texts);
    }

    private Condition of(String operator) {
        return switch (operator) {
            case "IN" -> in();
            case "NOT_IN" -> Conditions.unless(in());
            case "STR_CONTAINS" -> strings(Operator.CONTAINS);
            case "STR_STARTS_WITH" -> strings(Operator.STARTS_WITH);
            case "STR_ENDS_WITH" -> strings(Operator.ENDS_WITH);
            case "REGEX" -> regex();
            case "IN_CIDR" -> networks(attribute, texts(), node);
            case "NUM_EQ" -> number(Operator.EQUALS);
            case "NUM_GT" -> number(Operator.GREATER_THAN);
            case "NUM_GTE" -> number(Operator.AT_LEAST);
            case "NUM_LT" -> number(Operator.LESS_THAN);
            case "NUM_LTE" -> number(Operator.AT_MOST);
            case "DATE_AFTER" -> instant(Operator.AFTER);
            case "DATE_BEFORE" -> instant(Operator.BEFORE);
            case "SEMVER_EQ" -> version("=");
            case "SEMVER_GT" -> version(">");
            case "SEMVER_GTE" -> version(">=");
            case "SEMVER_LT" -> version("<");
            case "SEMVER_LTE" -> version("<=");
            default -> {
                node.get("operator").remark("found \"" + operator + "\", which is no operator and never holds");
                yield Conditions.NEVER;
            }
        };
    }

    private Condition in() {
        if (node.get("caseInsensitive").bool(false)) {
            node.get("caseInsensitive").loss("does not count for IN and NOT_IN here; in some SDKs it does");
        }
        return in(attribute, values());
    }

    private Condition strings(Operator operator) {
        boolean ignoreCase = node.get("caseInsensitive").bool(false);
        if (texts().stream().anyMatch(text -> !text.strip().equals(text) || text.isEmpty())) {
            node.get("values").loss("are compared with their blanks; some SDKs leave out blanks and empty values");
        }
        return Conditions.compare(attribute, operator, text(attribute), ignoreCase, values());
    }

    private Condition regex() {
        String flags = node.get("caseInsensitive").bool(false) ? "(?i)" : "";
        FlagValue pattern = FlagValue.of(flags + value());
        return Conditions.ifValid(Conditions.compare(attribute, Operator.MATCHES, text(attribute), pattern), node);
    }

    private Condition number(Operator operator) {
        return Conditions.ifValid(Conditions.compare(attribute, operator, NUMBER, FlagValue.of(value())), node);
    }

    private Condition version(String sign) {
        String version = value();
        if (version.isEmpty() || !Character.isDigit(version.charAt(0))) {
            // A sign in the value would be read as that of a range.
            return Conditions.never(node);
        }
        return Conditions.ifValid(
                Conditions.compare(attribute, Operator.SEMVER_RANGE, null, FlagValue.of(sign + version)), node);
    }

    /** Unless the context says what time it is, the clock does. */
    private Condition instant(Operator operator) {
        FlagValue instant = FlagValue.of(value());
        Condition given = Conditions.ifValid(Conditions.compare(attribute, operator, INSTANT, instant), node);
        if (!name.equals(CURRENT_TIME) || given.equals(Conditions.NEVER)) {
            return given;
        }
        return Conditions.any(
                given,
                Conditions.all(
                        Conditions.exists(attribute, false),
                        Conditions.compare(Attribute.NOW, operator, null, instant)));
    }

    /** The address is in one of the networks; what is none is left out. */
    static Condition networks(Attribute attribute, List<String> networks, Node node) {
        List<FlagValue> valid = new ArrayList<>();
        for (String network : networks) {
            FlagValue value = FlagValue.of(network);
            if (Conditions.isValid(Conditions.compare(attribute, Operator.CIDR, null, value))) {
                valid.add(value);
            } else {
                node.remark("left out \"" + network + "\", which is no address or network");
            }
        }
        if (valid.isEmpty()) {
            node.remark("has no network, so it never holds");
        }
        return valid.isEmpty() ? Conditions.NEVER : Conditions.compare(attribute, Operator.CIDR, null, valid);
    }

    private static @Nullable Conversion text(Attribute attribute) {
        return attribute.equals(Attribute.KEY) ? null : STRING;
    }

    private List<FlagValue> values() {
        return texts().stream().map(FlagValue::of).toList();
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Node value : node.get("values").list()) {
            String text = value.text();
            if (text == null) {
                value.problem("a string");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    private String value() {
        String value = node.get("value").text();
        if (value == null) {
            node.get("value").problem("a string");
        }
        return value == null ? "" : value;
    }
}
