package dev.guidon.spring;

import dev.guidon.definition.Shown;

/**
 * Something was asked for whose {@link FeatureGate} is closed. In a web application a request is answered with its status; an {@code
 * @ExceptionHandler} of the application for this class comes first, if its advice is ordered before 0.
 */
public final class ClosedGateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String flagKey;
    private final int status;

    ClosedGateException(String flagKey, int status) {
        super("the gate of the flag '" + Shown.part(flagKey) + "' is closed");
        this.flagKey = flagKey;
        this.status = status;
    }

    /** {@return the flag that keeps the gate closed; the client does not learn it} */
    public String flagKey() {
        return flagKey;
    }

    /** {@return the status of the answer to a request, from 400 to 599} */
    public int status() {
        return status;
    }
}
