package dev.guidon.evaluation;

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
    private boolean broken;
    private boolean disabled;

    CompiledFlag(String key) {
        this.key = key;
    }

    void breakWith(String message) {
        broken = true;
        set(Outcome.error(key, ErrorCode.PARSE_ERROR, message));
    }

    void disableWith(Outcome off) {
        disabled = true;
        set(off);
    }

    void fill(Targeting filled) {
        targeting = filled;
        set(filled.simplified());
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
        String variant = evaluate(context).variant;
        return Truth.of(variant != null && variants.contains(variant));
    }

    private void set(CompiledServe next) {
        serve = next;
        plain = next instanceof Outcome outcome ? outcome.plain : Outcome.NEITHER;
    }
}
