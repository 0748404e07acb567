package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of the log, and what they do not hold themselves. Thousands of followers read the same at the same moment, right after a
 * commit or when an outage is over, so each has little on its way at once: a page of entries, or a piece of a large one.
 */
final class LogPages {

    private static final int PAGE = 64;

    private final Redis redis;
    private final RedisKeys keys;
    private final LogEntry entries;

    LogPages(Redis redis, RedisKeys keys, LogEntry entries) {
        this.redis = redis;
        this.keys = keys;
        this.entries = entries;
    }

    /**
     * The commits after a number that there are, whether or not they follow it.
     *
     * @param withBefore whether they hold what definitions were before
     * @return the commits; null if the log was trimmed meanwhile
     */
    @Nullable
    List<CommittedChange> read(Link link, long after, int limit, boolean withBefore) {
        return decode(link, range(link, after, Math.min(limit, PAGE)), limit, withBefore);
    }

    /** The same, once there is one or the time is over. */
    @SuppressWarnings("unchecked") // Lettuce takes the streams as varargs of a generic type.
    @Nullable
    List<CommittedChange> await(Link link, long after, int limit, Duration block, boolean withBefore)
            throws InterruptedException {
        RedisFuture<List<StreamMessage<String, String>>> found = link.commands()
                .xread(
                        XReadArgs.Builder.block(block).count(Math.min(limit, PAGE)),
                        StreamOffset.from(keys.changes(), after + "-0"));
        return decode(link, redis.await(link, found, block.plus(redis.timeout())), limit, withBefore);
    }

    /** The revision before the next commit after a number; null if there is none. */
    @Nullable
    Revision beforeNext(Link link, long after) {
        List<StreamMessage<String, String>> next = range(link, after, 1);
        return next.isEmpty()
                ? null
                : LogEntry.before(number(next.get(0)), next.get(0).getBody());
    }

    private List<StreamMessage<String, String>> range(Link link, long after, int count) {
        Range.Boundary<String> from = after < 0 ? Range.Boundary.unbounded() : Range.Boundary.excluding(after + "-0");
        Range<String> range = Range.from(from, Range.Boundary.unbounded());
        return redis.await(link, link.commands().xrange(keys.changes(), range, Limit.from(count)));
    }

    private @Nullable List<CommittedChange> decode(
            Link link, List<StreamMessage<String, String>> first, int limit, boolean withBefore) {
        List<CommittedChange> changes = new ArrayList<>();
        List<StreamMessage<String, String>> page = first;
        while (!page.isEmpty()) {
            Map<Long, RedisFuture<List<KeyValue<String, String>>>> before = new HashMap<>();
            for (StreamMessage<String, String> message : page) {
                if (withBefore && message.getBody().containsKey("before")) {
                    long number = number(message);
                    before.put(number, ask(link, Long.toString(number)));
                }
            }
            for (StreamMessage<String, String> message : page) {
                RedisFuture<List<KeyValue<String, String>>> asked = before.get(number(message));
                String kept = asked == null ? "" : value(link, asked);
                String edits = edits(link, message);
                if (kept == null || edits == null) {
                    return null;
                }
                changes.add(entries.decode(number(message), message.getBody(), edits, withBefore ? kept : null));
            }
            long last = number(page.get(page.size() - 1));
            int more = Math.min(limit - changes.size(), PAGE);
            page = page.size() < PAGE || more == 0 ? List.of() : range(link, last, more);
        }
        return changes;
    }

    /** The edits of an entry; null if they are gone, since the entry was trimmed meanwhile. */
    private @Nullable String edits(Link link, StreamMessage<String, String> message) {
        String whole = message.getBody().get("edits");
        if (whole != null) {
            return whole;
        }
        int pieces = LogEntry.pieces(number(message), message.getBody());
        StringBuilder edits = new StringBuilder();
        for (int i = 1; i <= pieces; i++) {
            String piece = value(link, ask(link, number(message) + ":" + i));
            if (piece == null) {
                return null;
            }
            edits.append(piece);
        }
        return edits.toString();
    }

    /** By HMGET, which readers may. */
    private RedisFuture<List<KeyValue<String, String>>> ask(Link link, String field) {
        return link.commands().hmget(keys.bodies(), field);
    }

    private @Nullable String value(Link link, RedisFuture<List<KeyValue<String, String>>> asked) {
        KeyValue<String, String> found = redis.await(link, asked).get(0);
        return found.hasValue() ? found.getValue() : null;
    }

    private static long number(StreamMessage<String, String> message) {
        String id = message.getId();
        try {
            return Long.parseLong(id.substring(0, id.indexOf('-')));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new FlagStoreException("entry " + id + " of the change log was not written by Guidon", e);
        }
    }
}
