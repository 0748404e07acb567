package dev.guidon.store;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked. */
public class FlagStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened, for people
     */
    public FlagStoreException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message what happened, for people
     * @param cause what caused it
     */
    public FlagStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
