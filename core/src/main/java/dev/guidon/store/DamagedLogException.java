package dev.guidon.store;

import dev.guidon.definition.Shown;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log file holds something that no store has written. */
final class DamagedLogException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedLogException(String message) {
        super(Shown.message(message));
    }

    DamagedLogException(String message, @Nullable Throwable cause) {
        super(Shown.message(message), cause);
    }
}
