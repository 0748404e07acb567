package dev.guidon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which gate cannot work, and why. */
final class GateFailureAnalyzer extends AbstractFailureAnalyzer<InvalidGateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidGateException cause) {
        return new FailureAnalysis(
                "A @FeatureGate cannot work:\n\n    "
                        + String.valueOf(cause.getMessage()).replace("\n", "\n    "),
                "Change the method or its class as it says, or move the gate to a public method of a bean.",
                cause);
    }
}
