package dev.guidon.evaluation;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs once for each attribute and type that a value cannot be read; never the value. */
final class MissingValues {

    private static final GuardedLog LOG = GuardedLog.of(EvaluationContext.class);
    private static final int MOST = 1_000;
    private static final Set<Hint> LOGGED = ConcurrentHashMap.newKeySet();

    private MissingValues() {}

    private record Hint(String attribute, String type) {}

    /**
     * Logs it, unless that was done before.
     *
     * @param attribute the attribute that has the value, or has it somewhere inside
     * @param value the value
     * @param why what is wrong with it
     */
    static void log(String attribute, Object value, String why) {
        String type = value.getClass().getName();
        if (LOGGED.size() >= MOST || !LOGGED.add(new Hint(attribute, type))) {
            return;
        }
        LOG.warn(
                "The attribute {} has a value that counts as missing, a {}: {}. The guide has a table of what attributes may be",
                Shown.quoted(attribute),
                Shown.part(type),
                why);
        if (LOGGED.size() == MOST) {
            LOG.warn("{} values that count as missing were reported; further ones are not logged", MOST);
        }
    }
}
