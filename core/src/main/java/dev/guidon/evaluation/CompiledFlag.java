package dev.guidon.evaluation;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flag ready for evaluation. It is made empty, so that others can refer to it, and filled before anybody evaluates it. */
final class CompiledFlag {

    private static final Prerequisite[] NO_PREREQUISITES = {};
    private static final CompiledRule[] NO_RULES = {};

    final String key;
    private @Nullable Outcome fixed;
    private boolean broken;
    private boolean disabled;
    private Prerequisite[] prerequisites = NO_PREREQUISITES;
    private CompiledRule[] rules = NO_RULES;
    private @Nullable CompiledServe fallthrough;
    private @Nullable Outcome defaulted;

    CompiledFlag(String key) {
        this.key = key;
    }

    /** Another flag that must serve one of the variants; without it, this flag ends with {@code failed}. */
    record Prerequisite(@Nullable CompiledFlag flag, Set<String> variants, Outcome failed) {
        boolean met(EvaluationContext context) {
            return flag != null && !flag.broken && !flag.disabled && flag.serves(variants, context) == Truth.TRUE;
        }
    }

    void breakWith(String message) {
        broken = true;
        fixed = Outcome.error(key, ErrorCode.PARSE_ERROR, message);
    }

    void disableWith(Outcome off) {
        disabled = true;
        fixed = off;
    }

    void fill(
            Prerequisite[] newPrerequisites,
            CompiledRule[] newRules,
            @Nullable CompiledServe newFallthrough,
            Outcome newDefaulted) {
        prerequisites = newPrerequisites;
        rules = newRules;
        fallthrough = newFallthrough;
        defaulted = newDefaulted;
        if (prerequisites.length == 0 && rules.length == 0) {
            fixed = newFallthrough instanceof CompiledServe.One one
                    ? one.outcome()
                    : newFallthrough == null ? newDefaulted : null;
        }
    }

    boolean broken() {
        return broken;
    }

    Prerequisite[] prerequisites() {
        return prerequisites;
    }

    @Nullable
    CompiledServe fallthrough() {
        return fallthrough;
    }

    CompiledRule[] rules() {
        return rules;
    }

    Outcome evaluate(EvaluationContext context) {
        if (fixed != null) {
            return fixed;
        }
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
        return outcome == null ? Objects.requireNonNull(defaulted) : outcome;
    }

    /** Whether one of the variants is served, whatever the reason; UNKNOWN if this flag is broken. */
    Truth serves(Set<String> variants, EvaluationContext context) {
        if (broken) {
            return Truth.UNKNOWN;
        }
        String variant = evaluate(context).variant;
        return Truth.of(variant != null && variants.contains(variant));
    }
}
