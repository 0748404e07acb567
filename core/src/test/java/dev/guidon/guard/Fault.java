package dev.guidon.guard;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** What can go wrong in any call, also of code that is not ours. */
public enum Fault {
    OUT_OF_MEMORY,
    STACK_OVERFLOW,
    NO_CLASS,
    ASSERTION,
    BUG,
    UNDECLARED,
    UNDECLARED_TIMEOUT,
    UNDECLARED_INTERRUPT,
    UNSPEAKABLE,
    /** A stranger interrupts the thread. */
    INTERRUPT,
    /** The call gives null. */
    NULL;

    /**
     * Makes it happen here.
     *
     * @param result what the call gives if nothing is thrown
     */
    public <T> T happen(T result) {
        switch (this) {
            case INTERRUPT -> Thread.currentThread().interrupt();
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("injected");
            case STACK_OVERFLOW -> throw new StackOverflowError("injected");
            case NO_CLASS -> throw new NoClassDefFoundError("injected");
            case ASSERTION -> throw new AssertionError("injected");
            case BUG -> throw new IllegalStateException("injected");
            case UNSPEAKABLE -> throw new UnspeakableException();
            case UNDECLARED -> throwUndeclared(new IOException("injected"));
            case UNDECLARED_TIMEOUT -> throwUndeclared(new TimeoutException("injected"));
            case UNDECLARED_INTERRUPT -> throwUndeclared(new InterruptedException("injected"));
            case NULL -> {
                return null;
            }
        }
        return result;
    }

    @SuppressWarnings("unchecked") // The compiler believes it, as it does of other languages' code.
    private static <E extends Throwable> void throwUndeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static final class UnspeakableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }
    }
}
