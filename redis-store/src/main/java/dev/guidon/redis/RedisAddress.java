package dev.guidon.redis;

import io.lettuce.core.RedisURI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads URIs, more strictly than Lettuce. A password with a character that means something else in a URI would end early, and the rest would
 * become a host, which is looked up and shown. No message repeats a URI or a part of it.
 */
final class RedisAddress {

    private static final String ESCAPED = "%\\p{XDigit}{2}";
    private static final String WORD = "(?:[\\w.~!$&'()*+,;=-]|" + ESCAPED + ")";
    private static final String CREDENTIALS = "(?:" + WORD + "*:)?" + WORD + "*@";
    private static final String HOST = "(?:[\\w.-]+|\\[[\\p{XDigit}:.]+(?:%\\w+)?])";
    private static final String HOST_AND_PORT = HOST + "(?::\\d{1,5})?";
    private static final String QUERY =
            "(?:\\?(?:timeout|_?database|db|clientName|libraryName|libraryVersion|verifyPeer|sentinelMasterId)=[\\w.-]*"
                    + "(?:&(?:timeout|_?database|db|clientName|libraryName|libraryVersion|verifyPeer|sentinelMasterId)=[\\w.-]*)*)?";
    private static final String MASTER = "[\\w.-]+";

    private static final Pattern SERVER = Pattern.compile(
            "(?:rediss?|redis\\+ssl|redis\\+tls)://(?:" + CREDENTIALS + ")?" + HOST_AND_PORT + "/?\\d*" + QUERY);
    private static final Pattern SENTINELS = Pattern.compile("rediss?-sentinel://(?:" + CREDENTIALS + ")?"
            + HOST_AND_PORT + "(?:," + HOST_AND_PORT + ")*/?\\d*" + QUERY + "(?:#" + MASTER + ")?");
    private static final Pattern SOCKET = Pattern.compile(
            "redis(?:-socket|\\+socket)://(?:" + CREDENTIALS + ")?(?:/(?:[\\w.~-]|" + ESCAPED + ")+)+" + QUERY);

    private static final String ALLOWED = "allowed: for example redis://user:password@host:6379/0, rediss://host or"
            + " redis-sentinel://host1,host2/0#master-name; percent-encode all but letters, digits and - . _ ~ in user and password"
            + " (# is %23, % is %25, / is %2F, : is %3A, ? is %3F, @ is %40)";

    private RedisAddress() {}

    /** @throws IllegalArgumentException if it cannot be understood; neither message nor cause repeats it */
    static RedisURI parse(String uri) {
        if (!SERVER.matcher(uri).matches()
                && !SENTINELS.matcher(uri).matches()
                && !SOCKET.matcher(uri).matches()) {
            throw new IllegalArgumentException("uri: found a text that is none; " + ALLOWED);
        }
        try {
            return check(RedisURI.create(uri));
        } catch (IllegalArgumentException e) {
            // Neither the text nor the cause: both may hold a password.
            throw new IllegalArgumentException("uri: found a text that is none; " + ALLOWED);
        }
    }

    /**
     * Looks at what would be looked up or shown.
     *
     * @throws IllegalArgumentException if a host, the path of a socket or the name of a master cannot be one
     */
    static RedisURI check(RedisURI uri) {
        if (!uri.getSentinels().isEmpty()) {
            if (uri.getSentinelMasterId() == null) {
                throw new IllegalArgumentException(
                        "uri: found Sentinels without the name of a master; allowed: redis-sentinel://host1,host2#master-name");
            }
            require("the name of a master", uri.getSentinelMasterId(), MASTER);
            uri.getSentinels().forEach(RedisAddress::check);
        } else if (uri.getSocket() != null) {
            require("the path of a socket", uri.getSocket(), "(?U)/[^\\p{Cntrl}@#?]*");
        } else {
            require("a host", uri.getHost(), "(?U)" + HOST + "|[\\p{XDigit}:.]+(?:%\\w+)?");
        }
        return uri;
    }

    private static void require(String what, @Nullable String found, String allowed) {
        if (found == null || !Pattern.matches(allowed, found)) {
            throw new IllegalArgumentException("uri: found a text that cannot be " + what + "; " + ALLOWED);
        }
    }
}
