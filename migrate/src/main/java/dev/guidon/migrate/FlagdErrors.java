package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Where the evaluation of a targeting ends with an error, which flagd answers with PARSE_ERROR: at an operation that there is not, and at a
 * reference to no evaluator. JsonLogic finds out only when it gets there.
 */
final class FlagdErrors {

    /** Operations that flagd or one of its providers knows. */
    private static final Set<String> KNOWN = Set.of(
            ("$ref var missing missing_some if ?: == === != !== ! !! or and > >= < <= in cat substr + - * / % min max abs merge map"
                            + " filter reduce all none some log set in_sorted starts_with ends_with sem_ver fractional"
                            + " fractionalEvaluation rollout lower upper")
                    .split(" "));

    private final FlagdLogic logic;
    /** By the operation itself, since what stands above asks again and again. */
    private final IdentityHashMap<FlagValue, Condition> known = new IdentityHashMap<>();

    private final boolean possible;

    FlagdErrors(FlagdLogic logic, Node targeting) {
        this.logic = logic;
        this.possible = isIn(targeting);
    }

    /** Whether such an operation or reference stands somewhere. */
    private boolean isIn(Node node) {
        return logic.within(node, this::isWithin, false);
    }

    private boolean isWithin(Node node) {
        if (node.value() instanceof FlagValue.Array) {
            return node.list().stream().anyMatch(this::isIn);
        }
        String operation = logic.operation(node);
        if (operation == null) {
            return false;
        } else if (operation.equals("$ref")) {
            Node referred = logic.referred(node);
            return referred == null || isIn(referred);
        }
        return !KNOWN.contains(operation) || isIn(node.get(operation));
    }

    /** Holds for those for whom a node ends in an error. */
    Condition of(Node node) {
        if (!possible) {
            return Conditions.NEVER;
        }
        Condition found = known.get(node.value());
        if (found == null) {
            found = logic.within(node, this::ofWithin, Conditions.NEVER);
            if (node.value() instanceof FlagValue.Obj) {
                known.put(node.value(), found);
            }
        }
        return found;
    }

    boolean always(Node node) {
        return of(node).equals(Conditions.ALWAYS);
    }

    private Condition ofWithin(Node node) {
        if (node.value() instanceof FlagValue.Array) {
            return Conditions.any(node.list().stream().map(this::of).toList());
        }
        String operation = logic.operation(node);
        if (operation == null) {
            return Conditions.NEVER;
        }
        Node arguments = node.get(operation);
        return switch (operation) {
            case "$ref" -> {
                Node referred = logic.referred(node);
                yield referred == null ? error(arguments, "the name of one of $evaluators") : of(referred);
            }
            case "and" -> inOrder(FlagdLogic.arguments(node), true);
            case "or" -> inOrder(FlagdLogic.arguments(node), false);
            case "if", "?:" -> chosen(FlagdLogic.arguments(node));
            default -> KNOWN.contains(operation) ? of(arguments) : error(node, "an operation of JsonLogic or of flagd");
        };
    }

    private static Condition error(Node node, String allowed) {
        node.remark("found " + node.value() + ", at which evaluation ends with PARSE_ERROR, as before; allowed: "
                + allowed);
        return Conditions.ALWAYS;
    }

    /** {@code and} looks at what follows only after what is true, {@code or} after what is false. */
    private Condition inOrder(List<Node> arguments, boolean and) {
        List<Condition> any = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (Node argument : arguments) {
            any.add(after(before, of(argument)));
            Condition truth = logic.truth(argument);
            before.add(and ? truth : Conditions.unless(truth));
        }
        return Conditions.any(any);
    }

    private Condition chosen(List<Node> arguments) {
        List<Condition> any = new ArrayList<>();
        List<Condition> before = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            any.add(after(before, of(arguments.get(i))));
            if (i + 1 < arguments.size()) {
                Condition truth = logic.truth(arguments.get(i));
                any.add(Conditions.all(after(before, of(arguments.get(i + 1))), truth));
                before.add(Conditions.unless(truth));
            }
        }
        return Conditions.any(any);
    }

    private static Condition after(List<Condition> before, Condition condition) {
        List<Condition> all = new ArrayList<>(before);
        all.add(condition);
        return Conditions.all(all);
    }
}
