package dev.guidon.store;

import dev.guidon.definition.Shown;
import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked. */
public class FlagStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened, for people; what of it would leave the line is escaped
     */
    public FlagStoreException(String message) {
        super(Shown.message(message));
    }

    /**
     * A failure with a cause.
     *
     * @param message what happened, for people; what of it would leave the line is escaped
     * @param cause what caused it
     */
    public FlagStoreException(String message, @Nullable Throwable cause) {
        super(Shown.message(message), cause);
    }
}
