package dev.guidon.migrate;

import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes rules of a flag's targeting. Whoever no rule serves gets the default variant, as do those for whom the targeting, or the branch
 * that they get to, is null.
 */
final class FlagdTargeting {

    /** Served where the targeting names a variant that is none. */
    static final String NO_VARIANT = "(no such variant)";

    /** Served where evaluation ends at an operation or an evaluator that there is not. */
    static final String NO_OPERATION = "(no such operation)";

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
        } else if (logic.errors().always(node)) {
            serve(NO_OPERATION, guards);
            return true;
        }
        String operation = logic.operation(node);
        if (operation == null) {
            node.problem("one operation of JsonLogic");
            return false;
        }
        List<Node> arguments = FlagdLogic.arguments(node);
        return switch (operation) {
            case "$ref" -> {
                Node referred = logic.referred(node);
                yield referred != null && result(referred, guards);
            }
            case "if", "?:" -> choice(arguments, guards);
            case "var" -> variable(logic.operand(node), node, guards);
            case "missing" -> {
                serve(NO_VARIANT, guards);
                yield true;
            }
            case "fractional" -> {
                error(node, guards);
                yield fractional(node, arguments, guards);
            }
            default -> {
                FlagdAnswer answer = logic.answer(node);
                yield answer == null
                        ? inOrder(arguments, operation.equals("and"), guards)
                        : answer(node, answer, guards);
            }
        };
    }

    private boolean answer(Node node, FlagdAnswer answer, List<Condition> guards) {
        error(node, guards);
        serve("true", with(guards, answer.yes()));
        serve("false", answer.isTotal() ? guards : with(guards, answer.no()));
        return answer.isTotal();
    }

    private void error(Node node, List<Condition> guards) {
        serve(NO_OPERATION, with(guards, logic.errors().of(node)));
    }

    private boolean literal(Node node, List<Condition> guards) {
        if (node.value() instanceof FlagValue.Array) {
            node.problem("the name of a variant");
        }
        serve(name(node.value()), guards);
        return true;
    }

    private static String name(FlagValue value) {
        String text = value instanceof FlagValue.Text found
                ? found.value()
                : value instanceof FlagValue.Number number
                        ? number.value().stripTrailingZeros().toPlainString()
                        : value.toString();
        return text.isEmpty() ? NO_VARIANT : text;
    }

    /** A chain: each condition counts only where those before do not hold. That is said again only where somebody could come through. */
    private boolean choice(List<Node> arguments, List<Condition> guards) {
        List<Condition> rest = new ArrayList<>(guards);
        boolean all = true;
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            error(arguments.get(i), rest);
            all &= branch(logic.truth(arguments.get(i)), arguments.get(i + 1), rest);
        }
        boolean hasElse = arguments.size() % 2 == 1;
        return hasElse && result(arguments.get(arguments.size() - 1), rest) && all;
    }

    /** {@code or} is its first argument that counts as true, {@code and} its first that does not; else it is the last. */
    private boolean inOrder(List<Node> arguments, boolean and, List<Condition> guards) {
        List<Condition> rest = new ArrayList<>(guards);
        boolean all = true;
        int last = arguments.size() - 1;
        for (Node argument : arguments.subList(0, Math.max(0, last))) {
            error(argument, rest);
            Condition truth = logic.truth(argument);
            all &= branch(and ? Conditions.unless(truth) : truth, argument, rest);
        }
        return last >= 0 && result(arguments.get(last), rest) && all;
    }

    private boolean branch(Condition condition, Node node, List<Condition> rest) {
        boolean served = result(node, with(rest, condition));
        if (!served || condition.equals(Conditions.ALWAYS)) {
            rest.add(Conditions.unless(condition));
        }
        return served;
    }

    private boolean variable(FlagdOperand operand, Node node, List<Condition> guards) {
        if (!(operand instanceof Var var)) {
            serve(logic.flag(), guards);
            return true;
        } else if (var.isNow()) {
            node.problem("a value that is the name of a variant");
        }
        List<FlagValue> names = new ArrayList<>();
        for (String name : variants) {
            FlagValue value = FlagValue.of(name);
            names.add(value);
            serve(name, with(guards, named(var, Operator.EQUALS, List.of(value))));
        }
        List<Condition> rest = with(guards, Conditions.unless(named(var, Operator.IN, names)));
        serve(NO_VARIANT, with(rest, Conditions.unless(FlagdComparison.missing(var))));
        return var.ifMissing() != null;
    }

    private static Condition named(Var var, Operator operator, List<FlagValue> names) {
        return FlagdComparison.single(var, var.compare(operator, Conversion.STRING, Leniency.STRICT, names));
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
        List<Serve.Weight> weights = fractional.shares().stream()
                .map(share -> new Serve.Weight(name(share.result().value()), share.weight()))
                .toList();
        for (FlagdFractional.Way way : fractional.ways()) {
            List<Condition> those = with(guards, way.those());
            if (way.by().isEmpty()) {
                serve(weights.get(fractional.share(way)).variant(), those);
            } else {
                rule(new Serve.WeightedSplit(weights, way.assignment(fractional.total(), WhenMissing.SKIP)), those);
            }
        }
        return false;
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
        Condition when = Conditions.all(guards);
        if (!when.equals(Conditions.NEVER)) {
            rules.add(new Rule(null, null, when.equals(Conditions.ALWAYS) ? null : when, null, serve, Extra.NONE));
        }
    }
}
