package dev.guidon.store;

import dev.guidon.definition.Shown;
import java.io.IOException;

/** A flag file cannot be read as one; the message says where and why. */
final class BrokenFileException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenFileException(String message) {
        super(Shown.message(message));
    }
}
