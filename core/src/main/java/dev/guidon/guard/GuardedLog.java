package dev.guidon.guard;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes log lines, and lets nothing out that a logging back end throws: a full disk under the log must not end a thread, hide a status,
 * or reach a caller who evaluates or commits. Safe for use by many threads.
 */
public final class GuardedLog {

    private final Logger logger;

    private GuardedLog(Logger logger) {
        this.logger = logger;
    }

    /**
     * {@return the log of a class}
     *
     * @param owner the class
     */
    public static GuardedLog of(Class<?> owner) {
        return new GuardedLog(LoggerFactory.getLogger(owner));
    }

    /**
     * Writes a line at the level DEBUG.
     *
     * @param format the text, with {@code {}} for each argument
     * @param arguments the arguments; a throwable at the end is logged with its stack
     */
    public void debug(String format, @Nullable Object... arguments) {
        guarded(() -> logger.debug(format, arguments));
    }

    /**
     * Writes a line at the level INFO.
     *
     * @param format the text, with {@code {}} for each argument
     * @param arguments the arguments; a throwable at the end is logged with its stack
     */
    public void info(String format, @Nullable Object... arguments) {
        guarded(() -> logger.info(format, arguments));
    }

    /**
     * Writes a line at the level WARN.
     *
     * @param format the text, with {@code {}} for each argument
     * @param arguments the arguments; a throwable at the end is logged with its stack
     */
    public void warn(String format, @Nullable Object... arguments) {
        guarded(() -> logger.warn(format, arguments));
    }

    /**
     * Writes a line at the level ERROR.
     *
     * @param format the text, with {@code {}} for each argument
     * @param arguments the arguments; a throwable at the end is logged with its stack
     */
    public void error(String format, @Nullable Object... arguments) {
        guarded(() -> logger.error(format, arguments));
    }

    private static void guarded(Runnable line) {
        try {
            line.run();
        } catch (Throwable failure) {
            // There is no place left to say it.
        }
    }
}
