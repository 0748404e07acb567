package dev.guidon.spring.autoconfigure;

import dev.guidon.StartMode;
import dev.guidon.definition.Shown;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What applies to every store.
 *
 * @param namespace Namespace of the flags, usually the environment: 1 to 128 letters, digits, dots, hyphens and underscores.
 * @param store Where the flags are. By default Redis if it is there, else the file if one is named, else the memory of the process.
 * @param defaults YAML or JSON document of flags that serve while the store has never been reached, for example
 *     classpath:flags.yaml. The store in memory begins with them.
 * @param lastKnownGood File that keeps the newest flags for a start without the store. One for each namespace.
 * @param logChanges Whether each change of flags is a line in the log: who changed what, and why.
 * @param start How the application starts while the store cannot be reached.
 * @param file The store in a file.
 */
@ConfigurationProperties("guidon")
record GuidonProperties(
        @DefaultValue("default") String namespace,
        @Nullable StoreType store,
        @Nullable Resource defaults,
        @Nullable String lastKnownGood,
        @DefaultValue("true") boolean logChanges,
        @DefaultValue Start start,
        @DefaultValue File file) {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    GuidonProperties {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new MisconfiguredException(
                    "guidon.namespace",
                    Shown.part(namespace),
                    "1 to 128 letters, digits, '.', '_' and '-', starting with a letter, a digit or '_'");
        }
    }

    /** What to do at the start while the store does not answer. */
    enum Mode {
        /** One attempt to load; if it fails, the application starts without the store. */
        ONE_ATTEMPT,
        /** The store is loaded in the background. */
        BACKGROUND,
        /** The store is waited for up to the limit, then the application starts without it. */
        WAIT,
        /** The store is waited for up to the limit, then the application fails to start. */
        FAIL
    }

    /**
     * How the application starts.
     *
     * @param mode What to do while the store cannot be reached.
     * @param limit How long to wait for the store in the modes wait and fail.
     */
    record Start(
            @DefaultValue("one-attempt") Mode mode,
            @DefaultValue("10s") Duration limit) {

        Start {
            if (limit.isZero() || limit.isNegative()) {
                throw new MisconfiguredException("guidon.start.limit", Shown.duration(limit), "more than zero");
            }
        }

        StartMode toStartMode() {
            return switch (mode) {
                case ONE_ATTEMPT -> StartMode.oneAttempt();
                case BACKGROUND -> StartMode.background();
                case WAIT -> StartMode.waitUpTo(limit);
                case FAIL -> StartMode.failAfter(limit);
            };
        }
    }

    /**
     * The store in a file.
     *
     * @param path File that ends with .yaml, .yml or .json, or a directory of such files, which can only be read. Relative to the
     *     working directory.
     * @param pollInterval How often to look for edits: 1 ms to 1 day.
     * @param createIfMissing Whether to make the file if there is none.
     * @param readOnly Whether to leave the disk untouched: no log, no lock, no commits.
     */
    record File(
            @Nullable String path,
            @DefaultValue("200ms") Duration pollInterval,
            @DefaultValue("false") boolean createIfMissing,
            @DefaultValue("false") boolean readOnly) {}
}
