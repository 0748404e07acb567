package dev.guidon.redis;

import dev.guidon.store.FlagStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What goes wrong with Redis, in words that help. */
final class RedisErrors {

    private static final Set<String> OUTAGES = Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOAUTH", "WRONGPASS");
    private static final Set<String> PASSING = Set.of("TRYAGAIN", "ASK", "MOVED", "CLUSTERDOWN");
    private static final Pattern CODE =
            Pattern.compile("(?:ERR Error running script .*@user_script: ?\\d+: -?)?([A-Z]+)\\b");

    private RedisErrors() {}

    /** What really happened. */
    static Throwable root(Throwable failure) {
        Throwable root = failure;
        while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
            root = root.getCause();
        }
        for (Throwable cause = root; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return cause;
            }
        }
        return root;
    }

    static FlagStoreException unreachable(String where, Throwable failure) {
        if (failure instanceof RedisCommandExecutionException refusal) {
            return refused(where, refusal);
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String why = deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
        return new FlagStoreException("cannot reach " + where + ": " + why, failure);
    }

    static FlagStoreException refused(String where, RedisCommandExecutionException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return new FlagStoreException(where + " refused a command: " + message + hint(message), refusal);
    }

    /** Whether the server says that it cannot answer at all, not just that it does not do this one command. */
    static boolean isOutage(RedisCommandExecutionException refusal) {
        return OUTAGES.contains(code(refusal));
    }

    /** Whether the server is a replica, which may be asked but not written to. */
    static boolean isOfReplica(FlagStoreException failure) {
        return code(failure).equals("READONLY");
    }

    /** Whether a cluster has refused it only while it is being arranged anew. */
    static boolean isPassing(FlagStoreException failure) {
        return PASSING.contains(code(failure));
    }

    private static String code(FlagStoreException failure) {
        return failure.getCause() instanceof RedisCommandExecutionException refusal ? code(refusal) : "";
    }

    /** The error's code. Redis 6.2 puts what a script ran into behind a place in the script. */
    private static String code(RedisCommandExecutionException refusal) {
        Matcher matcher = CODE.matcher(String.valueOf(refusal.getMessage()));
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    /** In other words where a script ran into it. */
    private static boolean isOfAcl(String message) {
        return message.contains("NOPERM")
                || message.contains("The user executing the script")
                || message.contains("ACL failure in script");
    }

    private static String hint(String message) {
        if (message.contains("WRONGPASS") || message.contains("NOAUTH")) {
            return " (check user and password)";
        } else if (isOfAcl(message)) {
            return " (the user's ACL does not allow it)";
        } else if (message.contains("OOM ")) {
            return " (maxmemory is reached; nothing was committed)";
        } else if (message.contains("NOREPLICAS ")) {
            return " (fewer replicas than min-replicas-to-write are in sync; nothing was written)";
        } else if (message.contains("MISCONF ")) {
            return " (Redis cannot write to its disk; nothing was written)";
        } else if (message.contains("WRONGTYPE")) {
            return " (a key of the namespace holds something that is not Guidon's)";
        }
        return "";
    }
}
