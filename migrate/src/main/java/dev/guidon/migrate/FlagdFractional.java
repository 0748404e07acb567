package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.migrate.FlagdOperand.Literal;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operation {@code fractional}: {@code (murmur3_x86_32(utf8(value), seed 0) as unsigned × total weight) >>> 32}, and the first share whose
 * cumulative weight is above.
 *
 * @param shares what is shared out; none if it always fails
 * @param ways how a context is put into a bucket, the first that has a value
 * @see <a href="https://flagd.dev/reference/custom-operations/fractional-operation/">Fractional operation</a>
 */
record FlagdFractional(List<Share> shares, List<Way> ways) {

    /** A share: what it leads to, and its weight. */
    record Share(Node result, long weight) {}

    /** Values that are put into the template. */
    record Way(List<Attribute> by, String template) {

        Assignment assignment(long total, @Nullable WhenMissing whenMissing) {
            Bucketing formula = new Bucketing(
                    Bucketing.Hash.MURMUR3_32,
                    1,
                    Bucketing.GUIDON.take(),
                    0,
                    new Reduction.MultiplyShift(total),
                    0,
                    Bucketing.Comparison.BELOW,
                    template,
                    Extra.NONE);
            // A condition must have a salt, also where the template does not use it.
            String salt = whenMissing == null ? Assignments.NO_SALT : null;
            return new Assignment(by, List.of(), whenMissing, salt, formula);
        }

        /** The condition that it has all its values. */
        Condition applies() {
            return Conditions.all(by.stream()
                    .map(attribute -> Conditions.exists(attribute, true))
                    .toList());
        }
    }

    static FlagdFractional of(List<Node> arguments, Node node, FlagdLogic logic) {
        boolean by = !arguments.isEmpty() && !(arguments.get(0).value() instanceof FlagValue.Array);
        // A list of one share is written without the outer list by some.
        boolean single = by && arguments.size() <= 2 && arguments.get(0).value() instanceof FlagValue.Text;
        List<Share> shares = new ArrayList<>();
        if (single) {
            shares.add(new Share(arguments.get(0), arguments.size() < 2 ? 1 : weight(arguments.get(1))));
        } else {
            for (Node share : by ? arguments.subList(1, arguments.size()) : arguments) {
                List<Node> parts = share.list();
                if (parts.isEmpty() || parts.size() > 2) {
                    share.problem("a list of a variant and, if it is not 1, a weight");
                } else {
                    shares.add(new Share(parts.get(0), parts.size() < 2 ? 1 : weight(parts.get(1))));
                }
            }
        }
        List<Way> ways = new ArrayList<>();
        if (by && !single) {
            Way way = way(arguments.get(0), logic);
            if (way != null) {
                ways.add(way);
            }
        }
        ways.add(new Way(List.of(Attribute.KEY), Assignments.literal(logic.flag()) + "{0}"));
        return new FlagdFractional(shares, ways);
    }

    private static @Nullable Way way(Node node, FlagdLogic logic) {
        List<Node> parts = "cat".equals(logic.operation(node)) ? FlagdLogic.arguments(node) : List.of(node);
        List<Attribute> by = new ArrayList<>();
        StringBuilder template = new StringBuilder();
        for (Node part : parts) {
            FlagdOperand operand = logic.operand(part);
            if (operand instanceof Literal literal && literal.value() instanceof FlagValue.Text text) {
                template.append(Assignments.literal(text.value()));
            } else if (operand instanceof Var var
                    && var.ifMissing() == null
                    && !var.attribute().equals(Attribute.NOW)) {
                template.append('{').append(by.size()).append('}');
                by.add(var.attribute());
            } else if (!part.missing()) {
                part.problem("values of the context, and strings, perhaps in cat");
            }
        }
        if (by.isEmpty() && template.length() > 0) {
            node.problem("at least one value of the context");
        }
        return by.isEmpty() ? null : new Way(by, template.toString());
    }

    /** A weight below 0 is 0. */
    private static long weight(Node node) {
        try {
            if (node.value() instanceof FlagValue.Number number) {
                return Math.max(0, number.value().longValueExact());
            }
        } catch (ArithmeticException e) {
            // told below
        }
        node.problem("a whole number");
        return 0;
    }

    long total() {
        return shares.stream().mapToLong(Share::weight).sum();
    }

    /** Whether all that is shared out is written there, and nothing has to be worked out. */
    boolean isPlain() {
        return shares.stream().noneMatch(share -> share.result().value() instanceof FlagValue.Obj);
    }

    /** Holds for those who lie in a share; fails for those without a value. */
    Condition lies(int index) {
        long before = shares.stream().limit(index).mapToLong(Share::weight).sum();
        return lies(
                before, before + shares.get(index).weight(), shares.get(index).result());
    }

    private Condition lies(long from, long to, Node node) {
        List<Condition> any = new ArrayList<>();
        Condition earlier = Conditions.ALWAYS;
        for (Way way : ways) {
            Condition range = new Condition.InBucket(
                    Assignments.below(from, total(), node),
                    Assignments.below(to, total(), node),
                    way.assignment(total(), null),
                    Extra.NONE);
            boolean last = way.equals(ways.get(ways.size() - 1));
            any.add(last ? Conditions.all(earlier, range) : Conditions.all(earlier, way.applies(), range));
            earlier = Conditions.all(earlier, Conditions.unless(way.applies()));
        }
        return Conditions.any(any);
    }

    /** Holds for those whose share is true. */
    Condition truth(Node node) {
        if (total() == 0) {
            return FlagdLogic.fails(node, "a weight above 0");
        }
        List<Condition> any = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            if (share.result().value() instanceof FlagValue.Obj) {
                share.result().problem("a value, where a condition is wanted");
            } else if (FlagdComparison.truthy(share.result().value()) && share.weight() > 0) {
                any.add(lies(i));
            }
        }
        // FALSE for everybody, but for those without a value, for whom it fails.
        return any.isEmpty() ? FlagdLogic.not(lies(0, total(), node)) : Conditions.any(any);
    }
}
