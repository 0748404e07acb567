package dev.guidon.testkit;

import dev.guidon.definition.Shown;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers which flags a test read. Safe for use by many threads. */
final class Reads {

    /** Causes can form a circle. */
    private static final int MOST_CAUSES = 100;

    private final Set<String> all = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<String, Undeclared> undeclared = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile String test = "the test";
    private volatile boolean failing;

    /** Calls the test by its name. */
    void of(String name) {
        test = name;
    }

    void failOnUndeclared() {
        failing = true;
    }

    void add(String key, boolean declared) {
        all.add(key);
        if (!declared && (failing || !undeclared.containsKey(key))) {
            Undeclared error = new Undeclared(test, key);
            undeclared.putIfAbsent(key, error);
            if (failing) {
                throw error;
            }
        }
    }

    Set<String> all() {
        synchronized (all) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(all));
        }
    }

    /** The flags that were read undeclared, each with an error made at its first read. */
    Map<String, Undeclared> undeclared() {
        synchronized (undeclared) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(undeclared));
        }
    }

    /** Throws for what was read undeclared although that fails a test, unless the test failed for it already. */
    void check(@Nullable Throwable failure) {
        Iterator<Undeclared> errors = undeclared().values().iterator();
        if (failing && errors.hasNext() && !isUndeclared(failure)) {
            Undeclared error = errors.next();
            errors.forEachRemaining(error::addSuppressed);
            throw error;
        }
    }

    private static boolean isUndeclared(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof Undeclared) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A flag was read that is neither set nor defined. */
    static final class Undeclared extends AssertionError {

        private static final long serialVersionUID = 1L;

        private Undeclared(String test, String key) {
            super(test + " reads the flag '" + Shown.part(key)
                    + "', which it does not set and which is not defined underneath");
        }
    }
}
