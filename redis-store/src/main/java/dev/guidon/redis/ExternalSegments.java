package dev.guidon.redis;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.redis.Commits.MemberChange;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads and changes the members of external segments, of which there may be millions, in somebody's name.
 *
 * <pre>{@code
 * ExternalSegments segments = ExternalSegments.of(store, "ada@example.com");
 * segments.replace("premium", ids.iterator(), loaded -> System.out.println(loaded));
 * segments.add("premium", List.of("u-17"));
 * }</pre>
 *
 * <p>Each call ends with a commit, so that instances hear of it; the log tells how many members came and went, not who. Members are texts:
 * targeting keys, or what the attribute of the segment holds.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class ExternalSegments {

    /** How many members can be added or removed at once. */
    public static final int MOST_EDITED = 10_000;

    private static final int MOST_ATTEMPTS = 100;
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final String LIVE = "live";

    private final RedisFlagStore store;
    private final String actor;
    private final @Nullable String reason;
    private final Duration grace;

    private ExternalSegments(RedisFlagStore store, String actor, @Nullable String reason, Duration grace) {
        this.store = store;
        this.actor = actor;
        this.reason = reason;
        this.grace = grace;
    }

    /**
     * Changes members in somebody's name.
     *
     * @param store where the segments are
     * @param actor who makes the changes; not blank, at most 128 characters
     * @return the segments
     */
    public static ExternalSegments of(RedisFlagStore store, String actor) {
        return new ExternalSegments(store, actor, null, Duration.ofSeconds(5));
    }

    /**
     * The same with a reason.
     *
     * @param why the reason; at most about 4,000 characters
     * @return new segments
     */
    public ExternalSegments because(String why) {
        return new ExternalSegments(store, actor, why, grace);
    }

    /**
     * The same with another time for which the old members are kept after {@link #replace} has switched to the new ones, for instances that
     * have not heard of it yet.
     *
     * @param howLong zero or more; 5 seconds unless set
     * @return new segments
     */
    public ExternalSegments keepingOld(Duration howLong) {
        return new ExternalSegments(store, actor, reason, howLong);
    }

    /**
     * Gives a segment new members, all at once: they are loaded in chunks into a set of their own, then one commit switches to it. Returns
     * when the old members are gone, which takes as long as they are kept. If anything fails, the segment is as before.
     *
     * @param segment the segment's key; it is created if there is none, looked up by the targeting key
     * @param members the members; those that appear twice count once
     * @param progress hears how many were sent, after every thousand
     * @return what was committed
     * @throws FlagStoreException if Redis cannot be reached
     */
    public CommittedChange replace(String segment, Iterator<String> members, LongConsumer progress) {
        MemberSets sets = store.memberSets();
        String fresh = UUID.randomUUID().toString();
        long count = sets.fill(segment, fresh, members, progress);
        CommittedChange committed;
        try {
            committed = commit(
                    segment,
                    true,
                    (old, id) -> Generation.of(fresh),
                    MemberChange.NONE,
                    "loaded " + count + " members");
        } catch (VersionConflictException | IllegalArgumentException refused) {
            sets.drop(segment, fresh);
            throw refused;
        }
        // After any other failure the commit may have happened: the set stays, listed as being loaded.
        sets.register(segment, fresh, LIVE);
        dropOld(sets, segment);
        return committed;
    }

    /**
     * Adds members.
     *
     * @param segment the segment's key
     * @param members 1 to 10,000 members
     * @return what was committed
     * @throws IllegalArgumentException if they are too few or too many, or there is no external segment with this key
     * @throws FlagStoreException if Redis cannot be reached
     */
    public CommittedChange add(String segment, Collection<String> members) {
        return edit(segment, members, List.of(), "added " + members.size() + " members");
    }

    /**
     * Removes members.
     *
     * @param segment the segment's key
     * @param members 1 to 10,000 members
     * @return what was committed
     * @throws IllegalArgumentException if they are too few or too many, or there is no external segment with this key
     * @throws FlagStoreException if Redis cannot be reached
     */
    public CommittedChange remove(String segment, Collection<String> members) {
        return edit(segment, List.of(), members, "removed " + members.size() + " members");
    }

    /**
     * Counts the members.
     *
     * @param segment the segment's key
     * @return how many there are; 0 if there is no such external segment
     * @throws FlagStoreException if Redis cannot be reached
     */
    public long size(String segment) {
        return store.memberSets().size(segment, set(segment));
    }

    /** The set that is in force; empty if there is none. */
    private String set(String segment) {
        Segment found = store.load().segment(segment).orElse(null);
        Segment.External external = found == null ? null : found.external();
        return external == null ? "" : Generation.parse(external.generation()).set();
    }

    private CommittedChange edit(String segment, Collection<String> added, Collection<String> removed, String what) {
        int count = added.size() + removed.size();
        if (count < 1 || count > MOST_EDITED || added.contains(MemberSets.MARK) || removed.contains(MemberSets.MARK)) {
            throw new IllegalArgumentException("members of " + Shown.part(segment) + ": found " + count
                    + "; allowed: 1 to " + MOST_EDITED + " texts");
        }
        return commit(segment, false, Generation::edited, new MemberChange(segment, added, removed), what);
    }

    /** Commits the segment with another generation, again if somebody else was faster. */
    private CommittedChange commit(
            String key, boolean creating, NextGeneration next, MemberChange members, String what) {
        String why = reason == null ? what : reason + " (" + what + ")";
        String id = UUID.randomUUID().toString();
        for (int attempt = 1; ; attempt++) {
            Definitions now = store.load();
            Versioned versioned = now.get(DefinitionKey.segment(key));
            Segment found = now.segment(key).orElse(null);
            Segment.External external = found == null ? null : found.external();
            if (!creating && external == null) {
                throw new IllegalArgumentException(DefinitionKey.segment(key)
                        + ": found no external members; allowed: a segment whose members were loaded");
            }
            Generation old = external == null ? Generation.of("") : Generation.parse(external.generation());
            Segment base = found == null ? Segment.of(key) : found;
            Attribute by = external == null ? Attribute.of("$key") : external.by();
            Segment changed = base.withExternal(
                    new Segment.External(by, next.after(old, id).toString()));
            MemberChange concrete = members.isEmpty()
                    ? members
                    : new MemberChange(store.memberSets().key(key, old.set()), members.added(), members.removed());
            Version version = versioned == null ? Version.NONE : versioned.version();
            ChangeSet changeSet = new ChangeSet(id, actor, why, List.of(new Change.Put(changed, version)));
            try {
                return store.commit(changeSet, concrete);
            } catch (VersionConflictException moved) {
                if (attempt == MOST_ATTEMPTS) {
                    throw moved;
                }
            }
        }
    }

    /** Drops sets that were in force before, and those that nobody has finished. */
    private void dropOld(MemberSets sets, String segment) {
        Map<String, String> old = sets.of(segment);
        old.values().removeIf(ExternalSegments::isBeingLoaded);
        if (old.size() > 1) {
            try {
                TimeUnit.NANOSECONDS.sleep(grace.toNanos());
            } catch (InterruptedException e) {
                // Instances may still need the old members; the next load drops them.
                Thread.currentThread().interrupt();
                return;
            }
            // Asked after the list was made: what is in force now, perhaps by somebody else's load, stays.
            String inForce = set(segment);
            old.keySet().stream().filter(set -> !set.equals(inForce)).forEach(set -> sets.drop(segment, set));
        }
    }

    private static boolean isBeingLoaded(String state) {
        if (state.equals(LIVE)) {
            return false;
        }
        long since = Long.parseLong(state.substring(state.indexOf(' ') + 1));
        return System.currentTimeMillis() - since < ABANDONED.toMillis();
    }

    @FunctionalInterface
    private interface NextGeneration {
        Generation after(Generation old, String changeSet);
    }
}
