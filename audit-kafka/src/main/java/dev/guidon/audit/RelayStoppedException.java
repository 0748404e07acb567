package dev.guidon.audit;

/** A relay must not go on by itself. */
final class RelayStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RelayStoppedException(String message) {
        super(message);
    }
}
