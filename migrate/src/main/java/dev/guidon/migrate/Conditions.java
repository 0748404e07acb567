package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts conditions together, as simple as they can be. */
final class Conditions {

    /** Never holds. */
    static final Condition NEVER = new Condition.Any(List.of(), Extra.NONE);
    /** Always holds. */
    static final Condition ALWAYS = new Condition.All(List.of(), Extra.NONE);

    /** Where a value stands that is asked about before there is a context. */
    static final String VALUE = "value";

    private Conditions() {}

    static Condition all(List<Condition> conditions) {
        if (conditions.contains(NEVER)) {
            return NEVER;
        }
        List<Condition> needed = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.All all) {
                needed.addAll(all.of());
            } else {
                needed.add(condition);
            }
        }
        return needed.size() == 1 ? needed.get(0) : new Condition.All(needed, Extra.NONE);
    }

    static Condition all(Condition... conditions) {
        return all(List.of(conditions));
    }

    static Condition any(List<Condition> conditions) {
        if (conditions.contains(ALWAYS)) {
            return ALWAYS;
        }
        List<Condition> needed = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Any any) {
                needed.addAll(any.of());
            } else {
                needed.add(condition);
            }
        }
        return needed.size() == 1 ? needed.get(0) : new Condition.Any(needed, Extra.NONE);
    }

    static Condition any(Condition... conditions) {
        return any(List.of(conditions));
    }

    /** Holds if the condition does not: also if it is UNKNOWN. */
    static Condition unless(Condition condition) {
        if (condition.equals(NEVER)) {
            return ALWAYS;
        } else if (condition.equals(ALWAYS)) {
            return NEVER;
        } else if (condition instanceof Condition.Not not && not.of() instanceof Condition.IsTrue isTrue) {
            return isTrue.of();
        } else if (condition instanceof Condition.IsTrue) {
            return new Condition.Not(condition, Extra.NONE);
        } else if (condition instanceof Comparison exists && exists.operator() == Operator.EXISTS) {
            return exists(exists.attribute(), exists.values().get(0).equals(FlagValue.FALSE));
        }
        return new Condition.Not(new Condition.IsTrue(condition, Extra.NONE), Extra.NONE);
    }

    static Condition exists(Attribute attribute, boolean there) {
        return compare(attribute, Operator.EXISTS, null, FlagValue.of(there));
    }

    static Condition compare(Attribute attribute, Operator operator, @Nullable Conversion as, FlagValue value) {
        return compare(attribute, operator, as, List.of(value));
    }

    static Condition compare(Attribute attribute, Operator operator, @Nullable Conversion as, List<FlagValue> values) {
        return compare(attribute, operator, as, false, values);
    }

    static Condition compare(
            Attribute attribute,
            Operator operator,
            @Nullable Conversion as,
            boolean ignoreCase,
            List<FlagValue> values) {
        return new Comparison(attribute, operator, values, as, null, ignoreCase, Leniency.STRICT, null, Extra.NONE);
    }

    /** Whether the operands of a condition are what its operators take: a pattern, a version, a network, an instant. */
    static boolean isValid(Condition condition) {
        return Snapshot.of(Definitions.of(Segment.of("probe", condition)))
                .problems()
                .isEmpty();
    }

    /** Whether a condition on the attribute {@link #VALUE} holds for a value that is known; null is missing. */
    static boolean holds(Condition condition, FlagValue value) {
        Flag probe = Flag.bool("probe", true)
                .withRules(new Rule("holds", condition, Flag.ON))
                .withFallthrough(Serve.variant(Flag.OFF));
        EvaluationContext.Builder context = EvaluationContext.builder(null);
        if (!(value instanceof FlagValue.Null)) {
            context.set(VALUE, value);
        }
        return Snapshot.of(Definitions.of(probe)).getBooleanValue("probe", false, context.build());
    }

    /** The condition; if its operands are not valid, one that never holds, with a remark. */
    static Condition ifValid(Condition condition, Node node) {
        return isValid(condition) ? condition : never(node);
    }

    /** A condition that never holds, with a remark. */
    static Condition never(Node node) {
        node.remark("found " + node.value() + ", which never holds");
        return NEVER;
    }

    /** The top-level attribute of exactly this name. */
    static Attribute attribute(String name) {
        return name.indexOf('.') < 0 && !name.startsWith("$") ? Attribute.of(name) : new Attribute.Path(List.of(name));
    }
}
