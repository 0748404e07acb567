package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.migrate.FlagdOperand.Literal;
import dev.guidon.migrate.FlagdOperand.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operation {@code fractional}: {@code (murmur3_x86_32(utf8(value), seed 0) as unsigned × total weight) >>> 32}, and the first share whose
 * cumulative weight is above.
 *
 * @param shares what is shared out; none if it always fails
 * @param ways how contexts are put into a bucket; it fails for whom there is no way
 * @see <a href="https://flagd.dev/reference/custom-operations/fractional-operation/">Fractional operation</a>
 */
record FlagdFractional(List<Share> shares, List<Way> ways) {

    /** Each doubles the ways. */
    private static final int MOST_VALUES = 3;

    /** A share: what it leads to, and its weight. */
    record Share(Node result, long weight) {}

    /**
     * How some contexts are put into a bucket.
     *
     * @param by values that are put into the template; none if it is the same text for all
     * @param template what is hashed
     * @param those holds for these contexts, and for none of another way
     */
    record Way(List<Attribute> by, String template, Condition those) {

        Assignment assignment(long total, @Nullable WhenMissing whenMissing) {
            Bucketing formula = new Bucketing(
                    Bucketing.Hash.MURMUR3_32,
                    1,
                    Bucketing.GUIDON.take(),
                    0,
                    new Reduction.MultiplyShift(total),
                    0,
                    Bucketing.Comparison.BELOW,
                    by.isEmpty() ? "{0}" : template,
                    Extra.NONE);
            // A condition must have a salt, also where the template does not use it.
            String salt = whenMissing == null ? Assignments.NO_SALT : null;
            return new Assignment(by.isEmpty() ? List.of(Attribute.KEY) : by, List.of(), whenMissing, salt, formula);
        }

        Way with(String text) {
            return new Way(by, template + Assignments.literal(text), those);
        }

        Way with(Attribute attribute) {
            List<Attribute> all = new ArrayList<>(by);
            all.add(attribute);
            return new Way(
                    all, template + "{" + by.size() + "}", Conditions.all(those, Conditions.exists(attribute, true)));
        }

        Way without(Attribute attribute) {
            return new Way(by, template, Conditions.all(those, Conditions.exists(attribute, false)));
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
        List<Way> ways = by && !single ? ways(arguments.get(0), logic) : List.of(byKey(logic, Conditions.ALWAYS));
        return new FlagdFractional(shares, ways);
    }

    /** By the flag's key and the targeting key. */
    private static Way byKey(FlagdLogic logic, Condition those) {
        Condition known = Conditions.all(those, Conditions.exists(Attribute.KEY, true));
        return new Way(List.of(Attribute.KEY), Assignments.literal(logic.flag()) + "{0}", known);
    }

    private static List<Way> ways(Node node, FlagdLogic logic) {
        if ("cat".equals(logic.operation(node))) {
            return joined(FlagdLogic.arguments(node), logic);
        } else if (node.missing()) {
            return List.of(byKey(logic, Conditions.ALWAYS));
        } else if (!(logic.operand(node) instanceof Var var) || var.ifMissing() != null || var.isNow()) {
            node.problem("a value of the context, perhaps with others in cat");
            return List.of();
        } else if (var.attribute().equals(Attribute.KEY)) {
            return List.of(new Way(List.of(Attribute.KEY), "{0}", Conditions.exists(Attribute.KEY, true)));
        } else {
            // It fails for what is neither text nor missing.
            Condition text = FlagdComparison.single(var, var.compare(Operator.STARTS_WITH, null, FlagValue.of("")));
            return List.of(new Way(List.of(var.attribute()), "{0}", text), byKey(logic, FlagdComparison.missing(var)));
        }
    }

    /** Texts that are joined. One that is missing is empty, so there is a way for those who lack it. */
    private static List<Way> joined(List<Node> parts, FlagdLogic logic) {
        List<Way> ways = new ArrayList<>(List.of(new Way(List.of(), "", Conditions.ALWAYS)));
        int values = 0;
        for (Node part : parts) {
            FlagdOperand operand = logic.operand(part);
            if (operand instanceof Literal literal && literal.value() instanceof FlagValue.Text text) {
                ways.replaceAll(way -> way.with(text.value()));
            } else if (operand instanceof Var var
                    && var.ifMissing() == null
                    && !var.isNow()
                    && ++values <= MOST_VALUES) {
                ways = ways.stream()
                        .flatMap(way -> Stream.of(way.with(var.attribute()), way.without(var.attribute())))
                        .toList();
                ways = new ArrayList<>(ways);
            } else if (!part.missing()) {
                part.problem("at most " + MOST_VALUES + " values of the context, and strings");
            }
        }
        return ways;
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

    /** Holds for those who lie in a share. */
    Condition lies(int index) {
        long from = shares.stream().limit(index).mapToLong(Share::weight).sum();
        long to = from + shares.get(index).weight();
        Node node = shares.get(index).result();
        List<Condition> any = new ArrayList<>();
        for (Way way : ways) {
            Condition range = new Condition.InBucket(
                    Assignments.below(from, total(), node),
                    Assignments.below(to, total(), node),
                    way.assignment(total(), null),
                    Extra.NONE);
            if (!way.by().isEmpty()) {
                any.add(Conditions.all(way.those(), range));
            } else if (share(way) == index) {
                any.add(way.those());
            }
        }
        return Conditions.any(any);
    }

    /** Holds for those whose share counts as true. */
    Condition truth() {
        List<Condition> any = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            FlagValue value = share.result().value();
            if (value instanceof FlagValue.Obj) {
                share.result().problem("a value, where a condition is wanted");
            } else if (share.weight() > 0 && Conditions.holds(FlagdComparison.truth(FlagdOperand.KNOWN), value)) {
                any.add(lies(i));
            }
        }
        return Conditions.any(any);
    }

    /** The share of a way whose text is the same for all: Guidon tells it at once. */
    int share(Way way) {
        List<Serve.Weight> weights = new ArrayList<>();
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        for (Share share : shares) {
            String name = Integer.toString(weights.size());
            variants.put(name, FlagValue.of(name));
            weights.add(new Serve.Weight(name, share.weight()));
        }
        Serve split = new Serve.WeightedSplit(weights, way.assignment(total(), WhenMissing.SKIP));
        Flag probe = Flag.of("probe", FlagType.STRING, variants, null)
                .withEnabled(true)
                .withFallthrough(split);
        String text = way.template().replace("{{", "{").replace("}}", "}");
        return Integer.parseInt(
                Snapshot.of(Definitions.of(probe)).getStringValue("probe", "0", EvaluationContext.of(text)));
    }
}
