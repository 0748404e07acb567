package dev.guidon.redis;

import dev.guidon.definition.Shown;
import java.util.regex.Pattern;

/**
 * The keys of a namespace. All share a hash tag, so that they live in one slot of a cluster.
 *
 * @param namespace the namespace
 */
record RedisKeys(String namespace) {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    RedisKeys {
        if (!NAMESPACE.matcher(namespace).matches()) {
            // A URI with a password may stand in its place.
            boolean mayBeUri = namespace.contains("@") || namespace.contains("://");
            throw new IllegalArgumentException("namespace: found "
                    + (mayBeUri ? "something else" : Shown.quoted(namespace))
                    + "; allowed: 1 to 128 letters, digits, '.', '_' and '-', starting with a letter, a digit or '_'");
        }
    }

    String flags() {
        return key("flags");
    }

    String segments() {
        return key("segments");
    }

    String versions() {
        return key("versions");
    }

    String meta() {
        return key("meta");
    }

    String changes() {
        return key("changes");
    }

    String commits() {
        return key("commits");
    }

    /** What log entries do not hold themselves. */
    String bodies() {
        return key("bodies");
    }

    String consumers() {
        return key("consumers");
    }

    /** The sets of members that exist or are being loaded. */
    String generations() {
        return key("generations");
    }

    String members(String segment, String set) {
        return key("members:" + segment + ":" + set);
    }

    private String key(String name) {
        return "guidon:{" + namespace + "}:" + name;
    }
}
