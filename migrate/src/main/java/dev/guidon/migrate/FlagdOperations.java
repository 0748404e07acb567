package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Expression;
import dev.guidon.migrate.FlagdOperand.Literal;
import dev.guidon.migrate.FlagdOperand.Var;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** Operations of JsonLogic and of flagd whose answer is true, false or null. */
final class FlagdOperations {

    private final FlagdLogic logic;

    FlagdOperations(FlagdLogic logic) {
        this.logic = logic;
    }

    FlagdAnswer answer(String operation, List<Node> arguments, Node node) {
        return switch (operation) {
            case "!" -> FlagdAnswer.of(Conditions.unless(logic.truth(only(arguments, node))));
            case "!!" -> FlagdAnswer.of(logic.truth(only(arguments, node)));
            case "==" -> FlagdAnswer.of(equality(arguments, node, FlagdComparison::equal));
            case "===" -> FlagdAnswer.of(equality(arguments, node, FlagdComparison::same));
            case "!=" -> FlagdAnswer.of(Conditions.unless(equality(arguments, node, FlagdComparison::equal)));
            case "!==" -> FlagdAnswer.of(Conditions.unless(equality(arguments, node, FlagdComparison::same)));
            case "<" -> FlagdAnswer.of(ordered(arguments, node, Operator.LESS_THAN, Operator.GREATER_THAN));
            case "<=" -> FlagdAnswer.of(ordered(arguments, node, Operator.AT_MOST, Operator.AT_LEAST));
            case ">" -> FlagdAnswer.of(ordered(arguments, node, Operator.GREATER_THAN, Operator.LESS_THAN));
            case ">=" -> FlagdAnswer.of(ordered(arguments, node, Operator.AT_LEAST, Operator.AT_MOST));
            case "in" -> FlagdAnswer.of(in(arguments, node));
            case "starts_with" -> strings(arguments, node, Operator.STARTS_WITH);
            case "ends_with" -> strings(arguments, node, Operator.ENDS_WITH);
            case "sem_ver" -> version(arguments, node);
            default -> {
                node.problem("an operation of JsonLogic that compares (no arithmetic, no lists or texts worked out)");
                yield FlagdAnswer.FAILS;
            }
        };
    }

    private static Node only(List<Node> arguments, Node node) {
        if (arguments.size() != 1) {
            node.problem("one argument");
        }
        return arguments.isEmpty() ? node.get("") : arguments.get(0);
    }

    /** What is written there is asked at once. */
    static Condition ask(FlagdOperand operand, Function<Var, Condition> question) {
        if (operand instanceof Literal literal) {
            boolean holds = Conditions.holds(question.apply(FlagdOperand.KNOWN), literal.value());
            return holds ? Conditions.ALWAYS : Conditions.NEVER;
        }
        return question.apply((Var) operand);
    }

    /** A way to compare for equality. */
    private interface Equality {
        Condition of(Var var, FlagValue value);
    }

    private Condition equality(List<Node> arguments, Node node, Equality equality) {
        if (arguments.size() == 2) {
            FlagdOperand one = logic.operand(arguments.get(0));
            FlagdOperand other = logic.operand(arguments.get(1));
            if (other instanceof Literal literal) {
                return equality(one, literal.value(), node, equality);
            } else if (one instanceof Literal literal) {
                return equality(other, literal.value(), node, equality);
            }
        }
        node.problem("a value of the context and one that is written there");
        return Conditions.NEVER;
    }

    private Condition equality(FlagdOperand operand, FlagValue value, Node node, Equality equality) {
        if (operand instanceof Expression expression) {
            FlagdAnswer answer = value instanceof FlagValue.Bool ? logic.answer(expression.node()) : null;
            if (answer != null) {
                return value.equals(FlagValue.TRUE) ? answer.yes() : answer.no();
            }
            node.problem("a value of the context to compare with " + value);
            return Conditions.NEVER;
        } else if (value instanceof FlagValue.Array || value instanceof FlagValue.Obj) {
            node.problem("a string, a number, a boolean or null to compare with");
            return Conditions.NEVER;
        }
        return ask(operand, var -> equality.of(var, value));
    }

    private Condition ordered(List<Node> arguments, Node node, Operator operator, Operator mirrored) {
        boolean rising = operator == Operator.LESS_THAN || operator == Operator.AT_MOST;
        if (arguments.size() == 3 && rising) {
            return Conditions.all(
                    ordered(arguments.subList(0, 2), node, operator, mirrored),
                    ordered(arguments.subList(1, 3), node, operator, mirrored));
        } else if (arguments.size() == 2) {
            FlagdOperand one = logic.operand(arguments.get(0));
            FlagdOperand other = logic.operand(arguments.get(1));
            if (isNumber(other) && !(one instanceof Expression)) {
                return ordered(one, operator, (Literal) other, node);
            } else if (isNumber(one) && !(other instanceof Expression)) {
                return ordered(other, mirrored, (Literal) one, node);
            }
        }
        node.problem("a value of the context and a number (strings have no order)");
        return Conditions.NEVER;
    }

    private static boolean isNumber(FlagdOperand operand) {
        return operand instanceof Literal literal && literal.value() instanceof FlagValue.Number;
    }

    private static Condition ordered(FlagdOperand operand, Operator operator, Literal literal, Node node) {
        BigDecimal number = ((FlagValue.Number) literal.value()).value();
        if (operand instanceof Var var
                && var.ifMissing() == null
                && !var.isNow()
                && FlagdComparison.holds(operator, 0, number)) {
            node.loss(
                    "a missing value counts as 0, as in JsonLogic and flagd; flagd's provider for Java never holds it for true");
        }
        return ask(operand, var -> FlagdComparison.ordered(var, operator, number));
    }

    private Condition in(List<Node> arguments, Node node) {
        if (arguments.size() == 2) {
            FlagdOperand needle = logic.operand(arguments.get(0));
            FlagdOperand hay = logic.operand(arguments.get(1));
            boolean now = needle instanceof Var var && var.isNow();
            if (!(needle instanceof Expression)
                    && !now
                    && hay instanceof Literal list
                    && list.value() instanceof FlagValue.Array all
                    && all.values().stream().noneMatch(FlagValue.Array.class::isInstance)) {
                return ask(needle, var -> FlagdComparison.oneOf(var, all.values()));
            } else if (needle instanceof Literal literal
                    && !(literal.value() instanceof FlagValue.Null)
                    && !(hay instanceof Expression)) {
                if (!(literal.value() instanceof FlagValue.Text) && hay instanceof Var) {
                    node.loss("is looked for in lists alone, for flagd and its providers disagree on " + literal.value()
                            + " in a string");
                }
                return ask(hay, var -> FlagdComparison.contains(var, literal.value()));
            }
        }
        node.problem("a value of the context in a list without lists, or a value in one of the context");
        return Conditions.NEVER;
    }

    private FlagdAnswer strings(List<Node> arguments, Node node, Operator operator) {
        if (arguments.size() != 2) {
            return fails(node, "two strings");
        }
        FlagdOperand text = logic.operand(arguments.get(0));
        FlagdOperand part = logic.operand(arguments.get(1));
        if (text instanceof Expression || !(part instanceof Literal literal)) {
            node.problem("a value of the context, and a string that is written there");
            return FlagdAnswer.FAILS;
        } else if (!(literal.value() instanceof FlagValue.Text)) {
            return fails(node, "two strings");
        }
        FlagdAnswer answer = FlagdComparison.string(known(text), operator, literal.value());
        return text instanceof Literal value ? answer.given(value.value()) : answer;
    }

    private static Var known(FlagdOperand operand) {
        return operand instanceof Var var ? var : FlagdOperand.KNOWN;
    }

    private FlagdAnswer version(List<Node> arguments, Node node) {
        String allowed = "a version, one of = != < <= > >= ~ ^, and a version";
        if (arguments.size() != 3) {
            return fails(node, allowed);
        }
        FlagdOperand one = logic.operand(arguments.get(0));
        if (one instanceof Expression
                || known(one).isNow()
                || !(logic.operand(arguments.get(1)) instanceof Literal sign)
                || !(logic.operand(arguments.get(2)) instanceof Literal other)) {
            node.problem("a value of the context, and an operator and a version that are written there");
            return FlagdAnswer.FAILS;
        }
        String version = other.value() instanceof FlagValue.Number number
                ? number.value().stripTrailingZeros().toPlainString()
                : other.value() instanceof FlagValue.Text text ? text.value() : "";
        FlagdAnswer answer = sign.value() instanceof FlagValue.Text text
                ? FlagdVersion.answer(known(one), text.value(), version)
                : null;
        if (answer == null) {
            return fails(node, allowed);
        }
        return one instanceof Literal value ? answer.given(value.value()) : answer;
    }

    private static FlagdAnswer fails(Node node, String allowed) {
        node.remark("always fails, which counts as false: found " + node.value() + "; allowed: " + allowed);
        return FlagdAnswer.FAILS;
    }
}
