package dev.guidon.redis;

import dev.guidon.fixtures.RedisServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of the ACL that the documentation gives, after the name of the user. They hold for Redis 6.2 and later. */
final class Acl {

    /** For instances that evaluate and follow. */
    static final String READER = "on >secret ~guidon:{production}:* +hmget +hgetall +xread +xrange +sismember +exists";

    /** For who commits and changes members, besides. */
    static final String EDITOR = READER
            + " +evalsha +eval +type +hget +hset +hdel +xinfo|stream +xadd +xdel +time +sadd +srem +scard +unlink";

    /** For who commits with {@code minReplicas}, besides. */
    static final String WAITING = " +wait";

    /** In a cluster, besides. */
    static final String IN_CLUSTER = " +cluster|nodes";

    /** In a database other than 0, besides. */
    static final String IN_DATABASE = " +select";

    private Acl() {}

    /** Makes a user. */
    static void set(RedisServer server, String name, String rules) {
        server.command(Stream.concat(Stream.of("ACL", "SETUSER", name), Stream.of(rules.split(" ")))
                .toArray(String[]::new));
    }

    /** The commands that rules allow. */
    static List<String> commands(String rules) {
        return Stream.of(rules.split(" ")).filter(rule -> rule.startsWith("+")).toList();
    }

    /** Rules without one. */
    static String without(String command, String rules) {
        return Stream.of(rules.split(" ")).filter(rule -> !rule.equals(command)).collect(Collectors.joining(" "));
    }

    /** The URI of a server for a user. */
    static String uri(String user, RedisServer server) {
        return server.uri().replace("redis://", "redis://" + user + ":secret@");
    }
}
