package dev.guidon.migrate;

import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Condition.Conversion;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.migrate.FlagdOperand.Literal;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes rules of a flag's targeting. Whoever no rule serves gets the default variant, and so does whoever an operation fails for. */
final class FlagdTargeting {

    /** Served where the targeting names a variant that is none. */
    static final String NO_VARIANT = "(no such variant)";

    private static final Set<String> CHOICES = Set.of("if", "?:");

    private final FlagdLogic logic;
    private final Set<String> variants;
    private final List<Rule> rules = new ArrayList<>();

    FlagdTargeting(FlagdLogic logic, Set<String> variants) {
        this.logic = logic;
        this.variants = variants;
    }

    List<Rule> rules() {
        return rules;
    }

    /**
     * Makes rules for what stands in a node.
     *
     * @param guards what must hold to get here
     * @return whether everybody who gets here is served
     */
    boolean result(Node node, List<Condition> guards) {
        return logic.within(node, within -> resultWithin(within, guards), false);
    }

    private boolean resultWithin(Node node, List<Condition> guards) {
        if (node.missing()) {
            return false;
        } else if (!(node.value() instanceof FlagValue.Obj)) {
            return literal(node, guards);
        }
        String operation = logic.operation(node);
        if (operation == null) {
            node.problem("one operation of JsonLogic");
            return false;
        }
        if (operation.equals("$ref")) {
            Node referred = logic.referred(node);
            return referred != null && result(referred, guards);
        } else if (CHOICES.contains(operation)) {
            return choice(FlagdLogic.arguments(node), guards);
        } else if (operation.equals("fractional")) {
            return fractional(node, FlagdLogic.arguments(node), guards);
        } else if (operation.equals("var")) {
            return variable(logic.operand(node), guards);
        }
        Condition truth = logic.truth(node);
        serve("true", with(guards, truth));
        serve("false", with(guards, FlagdLogic.not(truth)));
        return false;
    }

    private boolean literal(Node node, List<Condition> guards) {
        FlagValue value = node.value();
        String text = value instanceof FlagValue.Text found
                ? found.value()
                : value instanceof FlagValue.Number number ? number.value().toPlainString() : value.toString();
        if (value instanceof FlagValue.Array) {
            node.problem("the name of a variant");
        }
        serve(text, guards);
        return true;
    }

    /** A chain: each condition counts only if those before are FALSE. That is said again only where somebody could come through. */
    private boolean choice(List<Node> arguments, List<Condition> guards) {
        List<Condition> rest = new ArrayList<>(guards);
        boolean all = true;
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            Condition condition = logic.truth(arguments.get(i));
            boolean served = result(arguments.get(i + 1), with(rest, condition));
            if (!served || canFail(condition)) {
                rest.add(FlagdLogic.not(condition));
            }
            all &= served && !canFail(condition);
        }
        boolean hasElse = arguments.size() % 2 == 1;
        boolean served = hasElse && result(arguments.get(arguments.size() - 1), rest);
        return all && served;
    }

    /** Whether a condition is UNKNOWN for somebody. */
    static boolean canFail(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.of().stream().anyMatch(FlagdTargeting::canFail);
        } else if (condition instanceof Condition.Any any) {
            return any.of().stream().anyMatch(FlagdTargeting::canFail);
        } else if (condition instanceof Condition.Not not) {
            return canFail(not.of());
        }
        return !(condition instanceof Condition.IsTrue)
                && !(condition instanceof Condition.Comparison comparison
                        && (comparison.operator() == Operator.EXISTS
                                || comparison.attribute().equals(Attribute.NOW)));
    }

    private boolean variable(FlagdOperand operand, List<Condition> guards) {
        if (operand instanceof Literal literal) {
            if (literal.value() instanceof FlagValue.Text text) {
                serve(text.value(), guards);
            }
            return literal.value() instanceof FlagValue.Text;
        }
        Var var = (Var) operand;
        List<FlagValue> names = new ArrayList<>();
        for (String name : variants) {
            FlagValue value = FlagValue.of(name);
            names.add(value);
            serve(name, with(guards, var.compare(Operator.EQUALS, Conversion.STRING, List.of(value))));
        }
        Condition known = var.compare(Operator.IN, Conversion.STRING, names);
        serve(
                NO_VARIANT,
                with(
                        guards,
                        Conditions.all(
                                var.ifMissing() == null ? Conditions.exists(var.attribute(), true) : Conditions.ALWAYS,
                                Conditions.unless(known))));
        return false;
    }

    private boolean fractional(Node node, List<Node> arguments, List<Condition> guards) {
        for (Node argument : arguments) {
            if (argument.value() instanceof FlagValue.Array array
                    && array.values().size() == 2
                    && array.values().get(1) instanceof FlagValue.Obj) {
                return choice(chosenByWeight(node, arguments, argument), guards);
            }
        }
        FlagdFractional fractional = FlagdFractional.of(arguments, node, logic);
        if (fractional.total() == 0) {
            node.remark("has no weight above 0, so the default variant is served");
            return false;
        } else if (!fractional.isPlain()
                || fractional.shares().stream().anyMatch(share -> share.result().missing())) {
            for (int i = 0; i < fractional.shares().size(); i++) {
                if (fractional.shares().get(i).weight() > 0) {
                    result(fractional.shares().get(i).result(), with(guards, fractional.lies(i)));
                }
            }
            return false;
        }
        List<Condition> rest = new ArrayList<>(guards);
        for (FlagdFractional.Way way : fractional.ways()) {
            List<Serve.Weight> weights = fractional.shares().stream()
                    .map(share -> new Serve.Weight(name(share.result()), share.weight()))
                    .toList();
            Serve serve = new Serve.WeightedSplit(weights, way.assignment(fractional.total(), WhenMissing.SKIP));
            rule(serve, rest);
            rest.add(Conditions.unless(way.applies()));
        }
        return false;
    }

    private static String name(Node node) {
        return node.value() instanceof FlagValue.Text text
                ? text.value()
                : node.value().toString();
    }

    /** A weight that is chosen by a condition: the same condition between two whole operations. */
    private List<Node> chosenByWeight(Node node, List<Node> arguments, Node share) {
        Node weight = share.list().get(1);
        List<Node> chain = new ArrayList<>();
        if (!CHOICES.contains(String.valueOf(logic.operation(weight)))) {
            weight.problem("a whole number, perhaps chosen by if");
            return chain;
        }
        List<Node> choices = FlagdLogic.arguments(weight);
        for (int i = 0; i < choices.size(); i++) {
            boolean condition = i % 2 == 0 && i + 1 < choices.size();
            chain.add(condition ? choices.get(i) : withWeight(node, arguments, share, choices.get(i)));
        }
        return chain;
    }

    private static Node withWeight(Node node, List<Node> arguments, Node share, Node weight) {
        List<FlagValue> values = new ArrayList<>();
        for (Node argument : arguments) {
            values.add(
                    argument.path().equals(share.path())
                            ? new FlagValue.Array(List.of(share.list().get(0).value(), weight.value()))
                            : argument.value());
        }
        Map<String, FlagValue> operation = new LinkedHashMap<>();
        operation.put("fractional", new FlagValue.Array(values));
        return new Node(new FlagValue.Obj(operation), node.path(), node.notes());
    }

    private static List<Condition> with(List<Condition> guards, Condition condition) {
        List<Condition> all = new ArrayList<>(guards);
        all.add(condition);
        return all;
    }

    private void serve(String variant, List<Condition> guards) {
        rule(Serve.variant(variant), guards);
    }

    private void rule(Serve serve, List<Condition> guards) {
        Condition when = decided(Conditions.all(guards));
        if (!when.equals(Conditions.NEVER)) {
            rules.add(new Rule(null, null, when.equals(Conditions.ALWAYS) ? null : when, null, serve, Extra.NONE));
        }
    }

    /** A rule only asks whether its condition is TRUE. */
    private static Condition decided(Condition condition) {
        if (condition instanceof Condition.All all) {
            return Conditions.all(all.of().stream().map(FlagdTargeting::decided).toList());
        }
        return condition instanceof Condition.IsTrue isTrue ? decided(isTrue.of()) : condition;
    }
}
