package dev.guidon.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells what is wrong with flag sets. */
final class FlagSetFailureAnalyzer extends AbstractFailureAnalyzer<InvalidFlagSetException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidFlagSetException cause) {
        return new FailureAnalysis(
                "Flag sets have problems:\n\n    - " + String.join("\n    - ", cause.problems()),
                "Mend the interface, or make the flag. If only the flags differ, guidon.flag-sets.check=warn lets the application "
                        + "start, and the methods' own defaults answer.",
                cause);
    }
}
