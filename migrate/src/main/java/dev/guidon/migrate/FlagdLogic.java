package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;
import dev.guidon.migrate.FlagdOperand.Expression;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JsonLogic as conditions. Null, which a missing value is, and which an operation of flagd's own answers when it fails, counts as false.
 */
final class FlagdLogic {

    private static final int MOST_OPERATIONS = 20_000;
    private static final int MOST_LEVELS = 200;

    private final String flag;
    private final Node evaluators;
    private final FlagdErrors errors;
    private final FlagdOperations operations;
    private int read;
    private int level;

    /**
     * Reads the targeting of one flag.
     *
     * @param flag the flag's name
     * @param targeting its targeting
     * @param evaluators what {@code $ref} refers to
     */
    FlagdLogic(String flag, Node targeting, Node evaluators) {
        this.flag = flag;
        this.evaluators = evaluators;
        this.operations = new FlagdOperations(this);
        this.errors = new FlagdErrors(this, targeting);
    }

    String flag() {
        return flag;
    }

    FlagdErrors errors() {
        return errors;
    }

    /** What the operation of a node is called; null if it is none or too many were looked at. */
    @Nullable
    String operation(Node node) {
        if (!(node.value() instanceof FlagValue.Obj object) || object.fields().size() != 1) {
            return null;
        }
        if (++read > MOST_OPERATIONS) {
            node.problem("at most " + MOST_OPERATIONS + " operations, with every $ref written out");
            return null;
        }
        return object.fields().keySet().iterator().next();
    }

    /** The arguments of a node's only operation. */
    static List<Node> arguments(Node node) {
        Node all = node.fields().values().iterator().next();
        return all.value() instanceof FlagValue.Array ? all.list() : List.of(all);
    }

    /** What a reference stands for; null if there is no such evaluator. */
    @Nullable
    Node referred(Node node) {
        String name = node.get("$ref").value() instanceof FlagValue.Text text ? text.value() : "";
        Node found = evaluators.with(node.notes()).get(name);
        return found.missing() ? null : found;
    }

    FlagdOperand operand(Node node) {
        return FlagdOperand.of(node, flag);
    }

    /** Reads something within another; what is nested too deeply is noted, and read as something else. */
    <T> T within(Node node, Function<Node, T> reading, T otherwise) {
        if (level == MOST_LEVELS) {
            node.problem("at most " + MOST_LEVELS + " levels, with every $ref written out");
            return otherwise;
        }
        level++;
        T read = reading.apply(node);
        level--;
        return read;
    }

    /** Holds where what stands here counts as true. */
    Condition truth(Node node) {
        return within(node, this::truthWithin, Conditions.NEVER);
    }

    private Condition truthWithin(Node node) {
        if (errors.always(node)) {
            return Conditions.NEVER;
        } else if (!(node.value() instanceof FlagValue.Obj)) {
            return truth(operand(node));
        }
        String operation = operation(node);
        if (operation == null) {
            node.problem("one operation of JsonLogic");
            return Conditions.NEVER;
        }
        List<Node> arguments = arguments(node);
        return switch (operation) {
            case "$ref" -> {
                Node referred = referred(node);
                yield referred == null ? Conditions.NEVER : truth(referred);
            }
            case "var" -> truth(operand(node));
            case "and" -> Conditions.all(truths(arguments, node));
            case "or" -> Conditions.any(truths(arguments, node));
            case "missing" -> missing(arguments);
            case "if", "?:" -> chosen(arguments);
            case "fractional" -> FlagdFractional.of(arguments, node, this).truth();
            default -> operations.answer(operation, arguments, node).yes();
        };
    }

    /** The answer of a node that is true, false or null, and nothing else; null if it may be something else. */
    @Nullable
    FlagdAnswer answer(Node node) {
        return within(node, at -> Optional.ofNullable(answerWithin(at)), Optional.<FlagdAnswer>empty())
                .orElse(null);
    }

    private @Nullable FlagdAnswer answerWithin(Node node) {
        if (node.value() instanceof FlagValue.Bool bool) {
            return FlagdAnswer.of(bool.value() ? Conditions.ALWAYS : Conditions.NEVER);
        }
        String operation = operation(node);
        if (operation == null) {
            return null;
        }
        return switch (operation) {
            case "$ref" -> {
                Node referred = referred(node);
                yield referred == null ? null : answer(referred);
            }
            case "and", "or" -> {
                boolean total =
                        arguments(node).stream().map(this::answer).allMatch(one -> one != null && one.isTotal());
                yield total ? FlagdAnswer.of(truth(node)) : null;
            }
            case "var", "missing", "if", "?:", "fractional" -> null;
            default -> operations.answer(operation, arguments(node), node);
        };
    }

    private List<Condition> truths(List<Node> arguments, Node node) {
        if (arguments.isEmpty()) {
            node.problem("at least one argument");
        }
        return arguments.stream().map(this::truth).toList();
    }

    private Condition truth(FlagdOperand operand) {
        if (operand instanceof Expression expression) {
            expression.node().problem("values, none of them worked out");
            return Conditions.NEVER;
        }
        return FlagdOperations.ask(operand, FlagdComparison::truth);
    }

    private static Condition missing(List<Node> arguments) {
        List<Condition> any = new ArrayList<>();
        for (Node argument : arguments) {
            String name = argument.text();
            FlagValue var = name == null ? FlagValue.NULL : new FlagValue.Obj(Map.of("var", FlagValue.of(name)));
            if (FlagdOperand.of(new Node(var, argument.path(), argument.notes()), "") instanceof Var found) {
                any.add(FlagdComparison.missing(found));
            } else {
                argument.problem("the name of a value of the context");
            }
        }
        return Conditions.any(any);
    }

    /** A chain of conditions and what they lead to, as a condition. */
    private Condition chosen(List<Node> arguments) {
        List<Condition> any = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            List<Condition> all = new ArrayList<>(before);
            Condition condition = truth(arguments.get(i));
            all.add(condition);
            if (i + 1 < arguments.size()) {
                all.add(truth(arguments.get(i + 1)));
                before.add(Conditions.unless(condition));
            }
            any.add(Conditions.all(all));
        }
        return Conditions.any(any);
    }
}
