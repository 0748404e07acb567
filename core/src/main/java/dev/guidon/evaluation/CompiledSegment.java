package dev.guidon.evaluation;

import dev.guidon.definition.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A segment ready for evaluation. Like a flag, it is made empty and filled before anybody asks it. */
final class CompiledSegment {

    final String key;
    /** A segment of so few conditions takes next to no time. */
    private static final int FEW = 32;

    private long steps;
    private boolean broken;
    private List<Problem> problems = List.of();
    private Listed[] exclude = {};
    private Listed[] include = {};
    private @Nullable External external;
    private Rule[] rules = {};

    CompiledSegment(String key) {
        this.key = key;
    }

    /** Contexts listed by one attribute. */
    record Listed(Lookup by, ValueSet values) {
        /** UNKNOWN only if it would take too long. */
        Truth lists(EvaluationContext context) {
            Object value = by.in(context);
            if (value instanceof String text && text.length() <= Meter.SHORT) {
                return Truth.of(values.contains(text));
            } else if (value == null) {
                return Truth.FALSE;
            }
            Truth whole = contains(value);
            if (!(value instanceof List<?> list) || whole != Truth.FALSE) {
                return whole;
            }
            Truth result = Meter.allows(list, 20L * list.size()) ? Truth.FALSE : Truth.UNKNOWN;
            for (int i = 0; i < list.size() && result == Truth.FALSE; i++) {
                Object element = list.get(i);
                result = element == null ? Truth.FALSE : contains(element);
            }
            return result;
        }

        private Truth contains(Object value) {
            return Meter.allows(this, values.steps(value)) ? Truth.of(values.contains(value)) : Truth.UNKNOWN;
        }
    }

    /** Members that are asked for one by one. */
    record External(String segment, String generation, Lookup by, SegmentMembers members) {
        Truth contains(EvaluationContext context) {
            String member = Numbers.text(by.in(context));
            if (member == null) {
                return Truth.FALSE;
            }
            try {
                Truth answer = members.contains(segment, generation, member);
                return answer == null ? Truth.UNKNOWN : answer;
            } catch (Throwable unavailable) {
                return Truth.UNKNOWN;
            }
        }
    }

    /** A condition, perhaps for a share of the contexts only. */
    record Rule(Criterion when, @Nullable CompiledRollout rollout) {
        Truth test(EvaluationContext context) {
            Truth truth = when.test(context);
            if (truth != Truth.TRUE || rollout == null) {
                return truth;
            }
            return Truth.of(rollout.includes(rollout.bucketer().bucket(context)));
        }
    }

    /** With what is wrong with the segment itself, and not with those that it refers to. */
    void breakWith(List<Problem> own) {
        broken = true;
        problems = own;
    }

    List<Problem> problems() {
        return problems;
    }

    void fill(Listed[] newExclude, Listed[] newInclude, @Nullable External newExternal, Rule[] newRules) {
        exclude = newExclude;
        include = newInclude;
        external = newExternal;
        rules = newRules;
        long conditions = (long) newExclude.length + newInclude.length;
        for (Rule rule : newRules) {
            conditions += rule.when().size() + (rule.rollout() == null ? 0 : 1);
        }
        steps = conditions <= FEW ? 0 : 20 * conditions;
    }

    boolean broken() {
        return broken;
    }

    Listed[] exclude() {
        return exclude;
    }

    Listed[] include() {
        return include;
    }

    Rule[] rules() {
        return rules;
    }

    Truth contains(EvaluationContext context) {
        if (broken) {
            return Truth.UNKNOWN;
        }
        if (!Meter.allows(this, steps)) {
            return Truth.UNKNOWN;
        }
        for (Listed list : exclude) {
            Truth listed = list.lists(context);
            if (listed != Truth.FALSE) {
                return listed.negated();
            }
        }
        for (Listed list : include) {
            Truth listed = list.lists(context);
            if (listed != Truth.FALSE) {
                return listed;
            }
        }
        Truth result = external == null ? Truth.FALSE : external.contains(context);
        for (int i = 0; i < rules.length && result != Truth.TRUE; i++) {
            Truth truth = rules[i].test(context);
            result = truth == Truth.FALSE ? result : truth;
        }
        return result;
    }
}
