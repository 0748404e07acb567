package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.guard.GuardedLog;
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

    private static final GuardedLog LOG = GuardedLog.of(RedisFlagStore.class);
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
     * What there is after a number: commits, whether or not they follow it, and what others have put there.
     *
     * @param limit how many commits at most
     * @param withBefore whether they hold what definitions were before
     * @return the entries, up to the first that stands in place of a commit and is none; null if the log was trimmed meanwhile
     */
    @Nullable
    LogPage read(Link link, long after, int limit, boolean withBefore) {
        return decode(link, range(link, from(after), Math.min(limit, PAGE)), limit, withBefore);
    }

    /** The same, once there is one or the time is over. */
    @SuppressWarnings("unchecked") // Lettuce takes the streams as varargs of a generic type.
    @Nullable
    LogPage await(Link link, long after, int limit, Duration block, boolean withBefore) throws InterruptedException {
        RedisFuture<List<StreamMessage<String, String>>> found = link.commands()
                .xread(
                        XReadArgs.Builder.block(block).count(Math.min(limit, PAGE)),
                        StreamOffset.from(keys.changes(), after + "-0"));
        return decode(link, redis.await(link, found, block.plus(redis.timeout())), limit, withBefore);
    }

    /** The revision before the next commit after a number; null if there is none. */
    @Nullable
    Revision beforeNext(Link link, long after) {
        Range.Boundary<String> from = from(after);
        List<StreamMessage<String, String>> page;
        do {
            page = range(link, from, PAGE);
            for (StreamMessage<String, String> message : page) {
                try {
                    if (isCommits(message.getId())) {
                        return LogEntry.before(number(message), message.getBody());
                    }
                } catch (LogEntry.ForeignEntryException foreign) {
                    LOG.debug("Passed over", foreign);
                }
                from = Range.Boundary.excluding(message.getId());
            }
        } while (page.size() == PAGE);
        return null;
    }

    private static Range.Boundary<String> from(long after) {
        return after < 0 ? Range.Boundary.unbounded() : Range.Boundary.excluding(after + "-0");
    }

    /** Whether an id is one that commits have. */
    static boolean isCommits(String id) {
        return id.endsWith("-0");
    }

    private List<StreamMessage<String, String>> range(Link link, Range.Boundary<String> from, int count) {
        Range<String> range = Range.from(from, Range.Boundary.unbounded());
        return redis.await(link, link.commands().xrange(keys.changes(), range, Limit.from(count)));
    }

    private @Nullable LogPage decode(
            Link link, List<StreamMessage<String, String>> first, int limit, boolean withBefore) {
        List<LogPage.Entry> found = new ArrayList<>();
        List<StreamMessage<String, String>> page = first;
        int commits = 0;
        while (!page.isEmpty()) {
            Map<String, RedisFuture<List<KeyValue<String, String>>>> before = new HashMap<>();
            for (StreamMessage<String, String> message : page) {
                String id = message.getId();
                if (withBefore && isCommits(id) && message.getBody().containsKey("before")) {
                    before.put(id, ask(link, id.substring(0, id.indexOf('-'))));
                }
            }
            for (StreamMessage<String, String> message : page) {
                String id = message.getId();
                if (!isCommits(id)) {
                    found.add(new LogPage.Entry(id, null));
                    continue;
                }
                RedisFuture<List<KeyValue<String, String>>> asked = before.get(id);
                String kept = asked == null ? "" : value(link, asked);
                try {
                    String edits = edits(link, message);
                    if (kept == null || edits == null) {
                        if (withBefore) {
                            refuseLoss(link, message);
                        }
                        return null;
                    }
                    String replaced = withBefore ? kept : null;
                    found.add(
                            new LogPage.Entry(id, entries.decode(number(message), message.getBody(), edits, replaced)));
                    commits++;
                } catch (LogEntry.ForeignEntryException foreign) {
                    LOG.debug("In place of a commit", foreign);
                    found.add(new LogPage.Entry(id, null));
                    return new LogPage(found);
                }
            }
            String last = page.get(page.size() - 1).getId();
            int more = Math.min(limit - commits, PAGE);
            boolean end = page.size() < Math.min(limit, PAGE) || more == 0;
            page = end ? List.of() : range(link, Range.Boundary.excluding(last), more);
        }
        return new LogPage(found);
    }

    /** A follower can load instead; a consumer that needs all of a commit cannot. */
    private void refuseLoss(Link link, StreamMessage<String, String> message) {
        Range<String> itself = Range.create(message.getId(), message.getId());
        if (!redis.await(link, link.commands().xrange(keys.changes(), itself)).isEmpty()) {
            throw new FlagStoreException(keys.bodies() + " has lost what commit " + number(message)
                    + " changed, deleted by hand or evicted; the runbook says how consumers go on");
        }
    }

    /** The edits of an entry; null if they are gone: lost, or the entry was trimmed meanwhile. */
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
            throw new LogEntry.ForeignEntryException("entry " + id + " of the change log was not written by Guidon", e);
        }
    }
}
