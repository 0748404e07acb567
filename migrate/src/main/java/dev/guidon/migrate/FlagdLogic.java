package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Expression;
import dev.guidon.migrate.FlagdOperand.Literal;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * JsonLogic as conditions. An operation of flagd's own that fails ends the whole evaluation with the default variant: it is UNKNOWN here,
 * and everything else is either TRUE or FALSE.
 */
final class FlagdLogic {

    private static final int MOST_OPERATIONS = 20_000;
    private static final int MOST_LEVELS = 200;
    /** UNKNOWN for everybody: a key is no number. */
    private static final Condition FAILS = Conditions.compare(Attribute.KEY, Operator.LESS_THAN, null, FlagValue.of(0));

    private final String flag;
    private final Node evaluators;
    private int operations;
    private int level;

    /**
     * Reads the targeting of one flag.
     *
     * @param flag the flag's name
     * @param evaluators what {@code $ref} refers to
     */
    FlagdLogic(String flag, Node evaluators) {
        this.flag = flag;
        this.evaluators = evaluators;
    }

    String flag() {
        return flag;
    }

    /** What the operation of a node is called; null if it is none or too many were looked at. */
    @Nullable
    String operation(Node node) {
        if (!(node.value() instanceof FlagValue.Obj object) || object.fields().size() != 1) {
            return null;
        }
        if (++operations > MOST_OPERATIONS) {
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
        String name = node.get("$ref").text();
        Node found = evaluators.with(node.notes()).get(name == null ? "" : name);
        if (found.missing()) {
            node.get("$ref").problem("the name of one of $evaluators");
            return null;
        }
        return found;
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

    /** Whether what stands here counts as true. */
    Condition truth(Node node) {
        return within(node, this::truthWithin, Conditions.NEVER);
    }

    private Condition truthWithin(Node node) {
        if (!(node.value() instanceof FlagValue.Obj)) {
            return constant(FlagdComparison.truthy(node.value()));
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
            case "and" -> Conditions.all(arguments.stream().map(this::truth).toList());
            case "or" -> Conditions.any(arguments.stream().map(this::truth).toList());
            case "!" -> not(truth(only(arguments, node)));
            case "!!" -> truth(only(arguments, node));
            case "==" -> equality(arguments, node, true);
            case "===" -> equality(arguments, node, false);
            case "!=" -> not(equality(arguments, node, true));
            case "!==" -> not(equality(arguments, node, false));
            case "<" -> ordered(arguments, node, Operator.LESS_THAN, Operator.GREATER_THAN);
            case "<=" -> ordered(arguments, node, Operator.AT_MOST, Operator.AT_LEAST);
            case ">" -> ordered(arguments, node, Operator.GREATER_THAN, Operator.LESS_THAN);
            case ">=" -> ordered(arguments, node, Operator.AT_LEAST, Operator.AT_MOST);
            case "in" -> in(arguments, node);
            case "missing" -> missing(arguments, node);
            case "if", "?:" -> chosen(arguments);
            case "starts_with" -> strings(arguments, node, Operator.STARTS_WITH);
            case "ends_with" -> strings(arguments, node, Operator.ENDS_WITH);
            case "sem_ver" -> version(arguments, node);
            case "fractional" -> FlagdFractional.of(arguments, node, this).truth(node);
            default -> {
                node.problem("an operation of JsonLogic that compares (no arithmetic, no lists worked out)");
                yield Conditions.NEVER;
            }
        };
    }

    private static Condition constant(boolean truth) {
        return truth ? Conditions.ALWAYS : Conditions.NEVER;
    }

    /** Negation that leaves a failure a failure. */
    static Condition not(Condition condition) {
        if (condition.equals(Conditions.ALWAYS) || condition.equals(Conditions.NEVER)) {
            return constant(condition.equals(Conditions.NEVER));
        }
        return condition instanceof Condition.Not not ? not.of() : new Condition.Not(condition, Extra.NONE);
    }

    private static Node only(List<Node> arguments, Node node) {
        if (arguments.size() != 1) {
            node.problem("one argument");
        }
        return arguments.isEmpty() ? node : arguments.get(0);
    }

    private Condition truth(FlagdOperand operand) {
        if (operand instanceof Literal literal) {
            return constant(FlagdComparison.truthy(literal.value()));
        }
        return FlagdComparison.truth((Var) operand);
    }

    private Condition equality(List<Node> arguments, Node node, boolean loose) {
        if (arguments.size() != 2) {
            node.problem("two arguments");
            return Conditions.NEVER;
        }
        FlagdOperand one = operand(arguments.get(0));
        FlagdOperand other = operand(arguments.get(1));
        if (one instanceof Literal literal) {
            return equality(other, literal.value(), node, loose);
        } else if (other instanceof Literal literal) {
            return equality(one, literal.value(), node, loose);
        }
        node.problem("a value of the context and one that is written there");
        return Conditions.NEVER;
    }

    private Condition equality(FlagdOperand operand, FlagValue value, Node node, boolean loose) {
        if (operand instanceof Literal literal) {
            return constant(literal.value().equals(value));
        } else if (operand instanceof Expression expression) {
            if (value instanceof FlagValue.Bool bool) {
                Condition truth = truth(expression.node());
                return bool.value() ? truth : not(truth);
            }
            node.problem("a value of the context to compare with " + value);
            return Conditions.NEVER;
        }
        return FlagdComparison.equality((Var) operand, value, node, loose);
    }

    private Condition ordered(List<Node> arguments, Node node, Operator operator, Operator mirrored) {
        if (arguments.size() == 3) {
            return Conditions.all(
                    ordered(arguments.subList(0, 2), node, operator, mirrored),
                    ordered(arguments.subList(1, 3), node, operator, mirrored));
        } else if (arguments.size() == 2) {
            FlagdOperand one = operand(arguments.get(0));
            FlagdOperand other = operand(arguments.get(1));
            if (one instanceof Var var
                    && other instanceof Literal literal
                    && FlagdComparison.number(literal.value()) != null) {
                return FlagdComparison.ordered(var, operator, FlagdComparison.number(literal.value()));
            } else if (one instanceof Literal literal
                    && other instanceof Var var
                    && FlagdComparison.number(literal.value()) != null) {
                return FlagdComparison.ordered(var, mirrored, FlagdComparison.number(literal.value()));
            }
        }
        node.problem("a value of the context and a number (strings have no order)");
        return Conditions.NEVER;
    }

    private Condition in(List<Node> arguments, Node node) {
        if (arguments.size() == 2) {
            FlagdOperand needle = operand(arguments.get(0));
            FlagdOperand hay = operand(arguments.get(1));
            if (needle instanceof Var var
                    && hay instanceof Literal list
                    && list.value() instanceof FlagValue.Array all) {
                List<FlagValue> values = all.values().stream()
                        .filter(value -> !(value instanceof FlagValue.Null))
                        .toList();
                return FlagdComparison.decided(var.compare(Operator.IN, null, values));
            } else if (needle instanceof Literal literal && hay instanceof Var var) {
                return FlagdComparison.contains(var, literal.value(), node);
            } else if (needle instanceof Literal literal && hay instanceof Literal list) {
                return constant(FlagdComparison.contains(list.value(), literal.value()));
            }
        }
        node.problem("a value of the context in a list, or a value in one of the context");
        return Conditions.NEVER;
    }

    private static Condition missing(List<Node> arguments, Node node) {
        List<Condition> any = new ArrayList<>();
        for (Node argument : arguments) {
            String name = argument.text();
            FlagValue var = name == null ? FlagValue.NULL : new FlagValue.Obj(Map.of("var", FlagValue.of(name)));
            if (FlagdOperand.of(new Node(var, argument.path(), node.notes()), "") instanceof Var found) {
                any.add(Conditions.exists(found.attribute(), false));
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
            if (i + 1 < arguments.size()) {
                Condition condition = truth(arguments.get(i));
                all.add(condition);
                all.add(truth(arguments.get(i + 1)));
                before.add(not(condition));
            } else {
                all.add(truth(arguments.get(i)));
            }
            any.add(Conditions.all(all));
        }
        return Conditions.any(any);
    }

    private Condition strings(List<Node> arguments, Node node, Operator operator) {
        if (arguments.size() == 2
                && operand(arguments.get(0)) instanceof Var var
                && operand(arguments.get(1)) instanceof Literal literal
                && literal.value() instanceof FlagValue.Text) {
            return var.compare(operator, null, List.of(literal.value()));
        }
        return fails(node, "a value of the context and a string");
    }

    private Condition version(List<Node> arguments, Node node) {
        if (arguments.size() == 3
                && operand(arguments.get(0)) instanceof Var var
                && arguments.get(1).value() instanceof FlagValue.Text sign
                && arguments.get(2).value() instanceof FlagValue.Text version) {
            Condition condition = FlagdVersion.condition(var, sign.value(), version.value());
            if (condition != null && Conditions.isValid(condition)) {
                return condition;
            }
        }
        return fails(node, "a value of the context, one of = != < <= > >= ~ ^, and a version");
    }

    static Condition fails(Node node, String allowed) {
        node.remark("always fails, and the default variant is served: found " + node.value() + "; allowed: " + allowed);
        return FAILS;
    }
}
