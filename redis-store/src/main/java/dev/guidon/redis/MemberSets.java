package dev.guidon.redis;

import io.lettuce.core.RedisFuture;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The sets that hold members of external segments. Each also holds {@link #MARK}, so that a set without members exists. A hash lists
 * them, so that what a process has left behind is found without scanning.
 */
final class MemberSets {

    /** A member that nobody can be. */
    static final String MARK = "\u0000";

    private static final int CHUNK = 1_000;
    private static final int CHUNKS_UNDER_WAY = 16;

    private final Redis redis;
    private final RedisKeys keys;

    MemberSets(Redis redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Fills a new set in chunks and tells how many members were sent, after each chunk. If anything fails, the set is dropped, or listed as
     * being loaded if that fails too.
     *
     * @return how many members it has
     */
    long fill(String segment, String set, Iterator<String> members, LongConsumer progress) {
        String key = keys.members(segment, set);
        register(segment, set, "loading " + System.currentTimeMillis());
        return redis.borrowed(link -> {
            try {
                return fill(link, key, members, progress);
            } catch (Throwable failure) {
                drop(link, segment, set, failure);
                throw failure;
            }
        });
    }

    private long fill(Link link, String key, Iterator<String> members, LongConsumer progress) {
        Deque<RedisFuture<Long>> underWay = new ArrayDeque<>();
        underWay.add(link.commands().sadd(key, MARK));
        long sent = 0;
        while (members.hasNext()) {
            List<String> chunk = new ArrayList<>(CHUNK);
            while (members.hasNext() && chunk.size() < CHUNK) {
                chunk.add(members.next());
            }
            underWay.add(link.commands().sadd(key, chunk.toArray(String[]::new)));
            sent += chunk.size();
            while (underWay.size() > CHUNKS_UNDER_WAY) {
                redis.await(link, underWay.remove());
            }
            progress.accept(sent);
        }
        while (!underWay.isEmpty()) {
            redis.await(link, underWay.remove());
        }
        return redis.await(link, link.commands().scard(key)) - 1;
    }

    /** On the connection that filled it, so that it comes after what is still under way. */
    private void drop(Link link, String segment, String set, Throwable failure) {
        try {
            redis.await(link, link.commands().unlink(keys.members(segment, set)));
            redis.await(link, link.commands().hdel(keys.generations(), segment + ":" + set));
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    String key(String segment, String set) {
        return keys.members(segment, set);
    }

    void register(String segment, String set, String state) {
        redis.ask(link -> link.commands().hset(keys.generations(), segment + ":" + set, state));
    }

    void drop(String segment, String set) {
        redis.ask(link -> link.commands().unlink(keys.members(segment, set)));
        redis.ask(link -> link.commands().hdel(keys.generations(), segment + ":" + set));
    }

    /** The sets of a segment, each with its state: {@code live}, or {@code loading} and since when. */
    Map<String, String> of(String segment) {
        Map<String, String> sets = new TreeMap<>();
        redis.ask(link -> link.commands().hgetall(keys.generations())).forEach((field, state) -> {
            if (field.startsWith(segment + ":")) {
                sets.put(field.substring(segment.length() + 1), state);
            }
        });
        return sets;
    }

    long size(String segment, String set) {
        return Math.max(0, redis.ask(link -> link.commands().scard(keys.members(segment, set))) - 1);
    }
}
