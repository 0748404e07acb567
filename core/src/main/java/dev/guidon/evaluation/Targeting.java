package dev.guidon.evaluation;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The prerequisites, rules and fallthrough of a flag, and what it comes to where the fallthrough has nothing. */
final class Targeting extends CompiledServe {

    private final Prerequisite[] prerequisites;
    private final CompiledRule[] rules;
    private final @Nullable CompiledServe fallthrough;
    private final Outcome defaulted;

    Targeting(
            List<Prerequisite> prerequisites,
            List<CompiledRule> rules,
            @Nullable CompiledServe fallthrough,
            Outcome defaulted) {
        this.prerequisites = prerequisites.toArray(new Prerequisite[0]);
        this.rules = rules.toArray(new CompiledRule[0]);
        this.fallthrough = fallthrough;
        this.defaulted = defaulted;
    }

    /** Another flag that must serve one of the variants; without it, this flag ends with {@code failed}. */
    record Prerequisite(@Nullable CompiledFlag flag, Set<String> variants, Outcome failed) {
        boolean met(EvaluationContext context) {
            return flag != null && flag.isOn() && flag.serves(variants, context) == Truth.TRUE;
        }
    }

    /** How many conditions it consists of. */
    int size() {
        int size = prerequisites.length;
        for (CompiledRule rule : rules) {
            size += rule.when().size() + (rule.rollout() == null ? 0 : 1);
        }
        return size;
    }

    Prerequisite[] prerequisites() {
        return prerequisites;
    }

    CompiledRule[] rules() {
        return rules;
    }

    @Nullable
    CompiledServe fallthrough() {
        return fallthrough;
    }

    /** The same in its simplest form. */
    CompiledServe simplified() {
        CompiledServe otherwise = fallthrough == null ? defaulted : fallthrough;
        if (prerequisites.length > 0 || rules.length > 1 || !otherwise.isComplete()) {
            return this;
        }
        return rules.length == 0 ? otherwise : new OneRule(rules[0], otherwise);
    }

    @Override
    Outcome serve(EvaluationContext context) {
        for (Prerequisite prerequisite : prerequisites) {
            if (!prerequisite.met(context)) {
                return prerequisite.failed();
            }
        }
        for (CompiledRule rule : rules) {
            Outcome outcome = rule.serve(context);
            if (outcome != null) {
                return outcome;
            }
        }
        Outcome outcome = fallthrough == null ? null : fallthrough.serve(context);
        return outcome == null ? defaulted : outcome;
    }

    @Override
    boolean isComplete() {
        return true;
    }
}
