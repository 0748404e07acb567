package dev.guidon.redis;

import dev.guidon.store.FlagStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What goes wrong with Redis, in words that help. */
final class RedisErrors {

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

    /** Errors of a server that is not, or no longer, the one to write to. */
    static boolean isOfWrongNode(RedisCommandExecutionException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.contains("READONLY") || message.contains("MASTERDOWN") || message.contains("CLUSTERDOWN");
    }

    /** Errors that say nothing about whether the store can be read. */
    static boolean isOfOneCommand(RedisCommandExecutionException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return isOfAcl(message)
                || message.contains("OOM ")
                || message.contains("READONLY")
                || message.contains("NOSCRIPT");
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
        } else if (message.contains("WRONGTYPE")) {
            return " (a key of the namespace holds something that is not Guidon's)";
        }
        return "";
    }
}
