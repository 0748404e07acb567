package dev.guidon.spring;

/** A {@link FeatureGate} is declared where it cannot work. */
final class InvalidGateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidGateException(String problem) {
        super(problem);
    }

    InvalidGateException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
