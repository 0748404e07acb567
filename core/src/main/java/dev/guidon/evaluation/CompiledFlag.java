package dev.guidon.evaluation;

import dev.guidon.definition.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flag ready for evaluation. It is made empty, so that others can refer to it, and filled before anybody evaluates it. */
final class CompiledFlag {

    private static final Outcome EMPTY = Outcome.error("", ErrorCode.GENERAL, "the flag was not compiled");

    final String key;
    /** As of {@link Outcome#plain}, if everybody gets the same. */
    private byte plain;

    private CompiledServe serve = EMPTY;
    private @Nullable Targeting targeting;
    /** A flag of so few conditions takes next to no time. */
    private static final int FEW = 32;

    private long steps;
    private List<Problem> problems = List.of();
    private boolean broken;
    private boolean disabled;

    /** Keys in programs are constants, which are interned: finding a flag then compares references. */
    CompiledFlag(String key) {
        this.key = key.intern();
    }

    /** With what is wrong with the flag itself, and not with those that it refers to. */
    void breakWith(String message, List<Problem> own) {
        broken = true;
        problems = own;
        set(Outcome.error(key, ErrorCode.PARSE_ERROR, message));
    }

    void disableWith(Outcome off) {
        disabled = true;
        set(off);
    }

    void fill(Targeting filled) {
        targeting = filled;
        int conditions = filled.size();
        steps = conditions <= FEW ? 0 : 20L * conditions;
        set(filled.simplified());
    }

    /** From now on this flag is evaluated with a meter. Whoever sees this late meets what needs one once more. */
    CompiledServe meter(Notices notices) {
        CompiledServe now = serve;
        CompiledServe metered = now instanceof Meter ? now : new Meter(now, key, notices);
        serve = metered;
        return metered;
    }

    /** Whether an evaluation, which may look at so many definitions, is long even if each part of it is short. */
    boolean isLong(long definitions) {
        return isOn() && !(serve instanceof Outcome) && (steps > 0 || definitions > FEW);
    }

    boolean broken() {
        return broken;
    }

    boolean isOn() {
        return !broken && !disabled;
    }

    /** What was filled in, in the order of the definition; null if the flag is broken or off. */
    @Nullable
    Targeting targeting() {
        return isOn() ? targeting : null;
    }

    /** What was filled in, whatever the flag serves; null if nothing was. */
    @Nullable
    Targeting filled() {
        return targeting;
    }

    List<Problem> problems() {
        return problems;
    }

    byte plain() {
        return plain;
    }

    /** Complete. */
    CompiledServe serve() {
        return serve;
    }

    Outcome evaluate(EvaluationContext context) {
        return Objects.requireNonNull(serve.serve(context));
    }

    /** Whether one of the variants is served, whatever the reason; UNKNOWN if this flag is broken. */
    Truth serves(Set<String> variants, EvaluationContext context) {
        if (broken) {
            return Truth.UNKNOWN;
        }
        if (!Meter.allows(this, steps)) {
            return Truth.UNKNOWN;
        }
        String variant = evaluate(context).variant;
        return Truth.of(variant != null && variants.contains(variant));
    }

    private void set(CompiledServe next) {
        serve = next;
        plain = next instanceof Outcome outcome ? outcome.plain : Outcome.NEITHER;
    }
}
