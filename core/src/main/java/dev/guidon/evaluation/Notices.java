package dev.guidon.evaluation;

import dev.guidon.definition.Limit;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Tells the log, once for each cause, and the listener, for each evaluation, what happened. Never throws. */
final class Notices {

    private static final GuardedLog LOG = GuardedLog.of(Snapshot.class);
    private static final int MOST_CAUSES = 1_000;

    private final @Nullable EvaluationListener listener;
    private final Set<Object> logged = ConcurrentHashMap.newKeySet();
    /** Keys come from outside: however many there are, errors are still logged. */
    private final Set<Object> unknown = ConcurrentHashMap.newKeySet();

    /** Mostly there is one, which is asked for again and again. Not written for others, or threads would fight over it. */
    private @Nullable String lastUnknown;

    private final LongAdder listenerFailures = new LongAdder();

    Notices(@Nullable EvaluationListener listener) {
        this.listener = listener;
    }

    long listenerFailures() {
        return listenerFailures.sum();
    }

    boolean hasListener() {
        return listener != null;
    }

    void evaluated(Evaluation<?> evaluation, EvaluationContext context) {
        if (listener == null) {
            return;
        }
        try {
            listener.evaluated(evaluation, context);
        } catch (Throwable failure) {
            listenerFailures.increment();
            if (first(listener.getClass())) {
                LOG.warn(
                        "The evaluation listener {} failed; further failures are not logged",
                        listener.getClass(),
                        failure);
            }
        }
    }

    /** Whether an outcome has to be told to anybody. */
    boolean heeds(Outcome outcome) {
        return listener != null || outcome.errorCode != null;
    }

    /** Logs what is wrong with an outcome, once. What was logged already costs no allocation. */
    void log(Outcome outcome, String key, Outcome.@Nullable ValueType asked) {
        if (outcome.errorCode == ErrorCode.FLAG_NOT_FOUND) {
            notFound(key);
            return;
        }
        if (asked != null && outcome.mismatches(asked)) {
            if (first(outcome.mismatch(asked))) {
                LOG.warn("{}: the caller's default is used", outcome.mismatch(asked));
            }
            return;
        }
        String cause = outcome.cause();
        if (cause != null && outcome.errorCode != ErrorCode.GENERAL && first(cause)) {
            LOG.warn("{}: {}", outcome.errorCode, outcome.errorMessage());
        }
    }

    /** Whether it is the unknown key that was logged last. */
    @SuppressWarnings("ReferenceEquality") // Equal keys that are not the same go the long way.
    boolean loggedLast(@Nullable String flagKey) {
        return flagKey == lastUnknown && flagKey != null;
    }

    private void notFound(@Nullable String flagKey) {
        Object cause =
                flagKey == null || flagKey.length() > Limit.KEY_LENGTH.most() ? ErrorCode.FLAG_NOT_FOUND : flagKey;
        if (!unknown.contains(cause) && first(unknown, cause)) {
            LOG.warn("Unknown flag '{}': the caller's default is used", Shown.part(String.valueOf(flagKey)));
            lastUnknown = flagKey;
        }
    }

    void tooMuch(String flagKey) {
        if (first("too much " + flagKey)) {
            LOG.warn(
                    "Evaluating the flag '{}' would take too long for these attributes: comparisons that it had no time for are UNKNOWN",
                    Shown.part(flagKey));
        }
    }

    void threw(String flagKey, Throwable failure) {
        if (first(ErrorCode.GENERAL + " " + flagKey)) {
            LOG.error("Evaluating the flag '{}' failed: the caller's default is used", Shown.part(flagKey), failure);
        }
    }

    void reported(String flagKey) {
        if (logged.size() < MOST_CAUSES) {
            logged.add(ErrorCode.PARSE_ERROR + " " + flagKey);
        }
    }

    private boolean first(Object cause) {
        return first(logged, cause);
    }

    private static boolean first(Set<Object> logged, Object cause) {
        if (logged.size() >= MOST_CAUSES || !logged.add(cause)) {
            return false;
        }
        if (logged.size() == MOST_CAUSES) {
            LOG.warn("{} different flags or causes were reported; further ones are not logged", MOST_CAUSES);
        }
        return true;
    }
}
