package dev.guidon.spring.web;

import dev.guidon.definition.Shown;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import java.util.Set;

/**
 * One gate.
 *
 * @param flagKey the flag
 * @param variants those that open it; empty if the flag must be true
 * @param status the answer's while it is closed
 */
record Gate(String flagKey, Set<String> variants, int status) {

    Gate {
        if (flagKey.isBlank()) {
            throw new IllegalArgumentException("a @FeatureGate names no flag");
        }
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the gate of the flag '" + Shown.part(flagKey) + "' has the status "
                    + status + "; allowed: from 400 to 599");
        }
    }

    static Gate of(FeatureGate annotation, int usualStatus) {
        int status = annotation.status();
        return new Gate(annotation.value(), Set.of(annotation.variants()), status == 0 ? usualStatus : status);
    }

    boolean isOpen(CurrentFlags flags) {
        if (variants.isEmpty()) {
            return flags.isEnabled(flagKey);
        }
        String variant = flags.evaluate(flagKey).variant();
        return variant != null && variants.contains(variant);
    }

    ClosedGateException closed() {
        return new ClosedGateException(flagKey, status);
    }
}
