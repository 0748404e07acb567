package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stream of changes. A reader that waits has a connection of its own. */
final class RedisChangeLog implements ChangeLog {

    /** For so long the server blocks at most, so that a connection that has died unseen is found. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    private static final Duration SHORTEST_BLOCK = Duration.ofMillis(1);

    /** How often a reader that hears nothing compares where it is with where the store is. */
    private static final Duration TRUST = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final Redis redis;
    private final RedisKeys keys;
    private final Meta meta;
    private final LogPages pages;
    private final LogGuard guard;
    private final Runnable diverged;

    /** @param diverged called when the log does not continue from where a reader is, before the reader knows */
    RedisChangeLog(Redis redis, RedisKeys keys, Meta meta, LogPages pages, LogGuard guard, Runnable diverged) {
        this.redis = redis;
        this.keys = keys;
        this.meta = meta;
        this.pages = pages;
        this.guard = guard;
        this.diverged = diverged;
    }

    @Override
    public Revision head() {
        return redis.call(meta::read);
    }

    @Override
    public Revision base() {
        return redis.call(link -> {
            // Asked first: if there is nothing in the log afterwards, nothing has followed this.
            Revision head = meta.read(link);
            Revision base = pages.beforeNext(link, -1);
            return base == null ? head : base;
        });
    }

    @Override
    public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
        return read(after, limit, wait, true);
    }

    @Override
    public Read follow(Revision after, int limit, Duration wait) throws InterruptedException {
        return read(after, limit, wait, false);
    }

    private Read read(Revision after, int limit, Duration wait, boolean withBefore) throws InterruptedException {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: found " + limit + "; allowed: at least 1");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before reading the change log");
        }
        long start = System.nanoTime();
        long nanos = (wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).toNanos();
        try {
            return read(after, limit, start, nanos, withBefore);
        } catch (Redis.LostLinkException lost) {
            return read(after, limit, start, nanos, withBefore);
        }
    }

    private Read read(Revision after, int limit, long start, long nanos, boolean withBefore)
            throws InterruptedException {
        Link link = redis.borrow();
        try {
            // Who waits at all blocks at least once, however long it took to connect: that is how it learns whether it
            // can.
            for (long least = Math.min(nanos, SHORTEST_BLOCK.toNanos()); ; least = 0) {
                long left = Math.max(least, nanos - (System.nanoTime() - start));
                Duration block = Duration.ofNanos(Math.min(left, LONGEST_BLOCK.toNanos()));
                Read read = attempt(link, after, limit, block, withBefore);
                if (read instanceof Read.Gap) {
                    diverged.run();
                }
                if (read != null) {
                    return read;
                }
            }
        } finally {
            redis.giveBack(link);
        }
    }

    /** What the log gives; null if nothing has come yet and the reader still waits. */
    private @Nullable Read attempt(Link link, Revision after, int limit, Duration block, boolean withBefore)
            throws InterruptedException {
        boolean behind = false;
        if (!link.knows(after, TRUST)) {
            Revision head = meta.read(link);
            meta.lookAgain(link);
            check(link, head);
            Cause cause = compare(after, head);
            if (cause != null) {
                return new Read.Gap(cause, head);
            }
            behind = after.number() < head.number();
            link.learn(after);
        }
        boolean waiting = !behind && block.toMillis() > 0;
        LogPage page = waiting
                ? pages.await(link, after.number(), limit, block, withBefore)
                : pages.read(link, after.number(), limit, withBefore);
        if (page == null) {
            link.forget();
            return new Read.Gap(Cause.TRIMMED, meta.read(link));
        }
        List<CommittedChange> changes = page.following(after);
        if (!changes.isEmpty()) {
            link.advance(changes.get(changes.size() - 1).revision());
            return new Read.Changes(changes);
        }
        if (!page.isEmpty()) {
            return gap(link, after, page);
        }
        return behind ? new Read.Gap(Cause.TRIMMED, meta.read(link)) : waiting ? null : new Read.Changes(changes);
    }

    /**
     * What the log has in place of the next commit.
     *
     * @throws FlagStoreException if there is no next commit, so that loading everything would not help either
     */
    private Read gap(Link link, Revision after, LogPage page) {
        link.forget();
        Revision head = meta.read(link);
        Cause cause = compare(after, head);
        if (cause != null) {
            return new Read.Gap(cause, head);
        }
        if (after.equals(head)) {
            throw new FlagStoreException("the change log goes on with entry " + page.strangeId(after)
                    + ", which was not written by Guidon; nothing can be committed until it is removed from "
                    + keys.changes() + " (XDEL), and " + head.number() + "-0 is its last id again (XSETID)");
        }
        CommittedChange first = page.first();
        Cause ofFirst = first == null ? null : cause(after, LogEntry.before(first));
        return new Read.Gap(ofFirst == null ? Cause.TRIMMED : ofFirst, head);
    }

    /** Why a revision is not of the store's history, as far as its head tells; an older one is told by the entry after it. */
    private static @Nullable Cause compare(Revision after, Revision head) {
        if (!after.epoch().equals(head.epoch())) {
            return Cause.OTHER_EPOCH;
        }
        boolean lost = after.number() > head.number() || (after.number() == head.number() && !after.equals(head));
        return lost ? Cause.DIVERGED : null;
    }

    /** Why the log does not continue from a position; null if the next commit follows it. */
    private static @Nullable Cause cause(Revision position, Revision beforeNext) {
        if (!beforeNext.epoch().equals(position.epoch())) {
            return Cause.OTHER_EPOCH;
        }
        if (beforeNext.number() > position.number()) {
            return Cause.TRIMMED;
        }
        return beforeNext.equals(position) ? null : Cause.DIVERGED;
    }

    @Override
    public void retain(String consumer, Revision reached) {
        if (consumer.isBlank()) {
            throw new IllegalArgumentException(
                    "consumer: found " + Shown.quoted(consumer) + "; allowed: a name that is not blank");
        }
        redis.call(link -> {
            Cause cause = compare(reached, meta.read(link));
            Revision beforeNext = cause == null ? pages.beforeNext(link, reached.number()) : null;
            if (beforeNext != null) {
                cause = cause(reached, beforeNext);
            }
            if (cause != null && cause != Cause.TRIMMED) {
                throw new FlagStoreException("cannot retain the log for " + Shown.quoted(consumer) + ": " + reached
                        + " is not in the history of " + keys.namespace() + " (" + cause + ")");
            }
            redis.await(link, link.commands().hset(keys.consumers(), consumer, Long.toString(reached.number())));
            check(link, null);
            return consumer;
        });
    }

    @Override
    public void release(String consumer) {
        redis.call(link -> {
            redis.await(link, link.commands().hdel(keys.consumers(), consumer));
            check(link, null);
            return consumer;
        });
    }

    /** Looks whether a consumer that was far behind still is. */
    private void check(Link link, @Nullable Revision known) {
        if (guard.isLoud()) {
            Revision head = known == null ? meta.read(link) : known;
            guard.found(head.number(), retained(link));
        }
    }

    @Override
    public Map<String, Long> retained() {
        return redis.call(this::retained);
    }

    private Map<String, Long> retained(Link link) {
        Map<String, Long> consumers = new HashMap<>();
        redis.await(link, link.commands().hgetall(keys.consumers()))
                .forEach((consumer, reached) -> consumers.put(consumer, reached(reached)));
        return consumers;
    }

    /** What was not written by Guidon keeps the whole log, as the commit script has it. */
    private static long reached(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
