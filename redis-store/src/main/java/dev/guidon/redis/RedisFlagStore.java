package dev.guidon.redis;

import com.github.benmanes.caffeine.cache.Cache;
import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.StoreStatus;
import java.time.Clock;
import java.util.Map;

/**
 * Keeps the definitions of a namespace in Redis, 6.2 or later, or Valkey: one server, a master behind Sentinels, or a cluster.
 *
 * <pre>{@code
 * FlagStore store = RedisFlagStore.open("redis://localhost", "production");
 * FeatureFlags flags = FeatureFlags.of(store);
 * }</pre>
 *
 * <p>Opening does not connect: connections are made when they are needed, and made again when they are lost, so that an application starts
 * with whatever {@link dev.guidon.FeatureFlags} has when Redis is down. Every command has a time limit. What is stored and how is
 * described in {@code docs/redis-store.md}.
 *
 * <p>Safe for use by many threads. {@link #close()} ends all threads and connections that the store has opened.
 */
public final class RedisFlagStore implements FlagStore {

    private final RedisKeys keys;
    private final Redis redis;
    private final Loader loader;
    private final Commits commits;
    private final RedisChangeLog log;
    private final DefinitionCache definitions;
    private final CachedMembers members;
    private final LogGuard guard;
    private final Meta meta;

    private RedisFlagStore(Builder builder, Connector connector) {
        keys = new RedisKeys(builder.namespace);
        redis = new Redis(connector, builder.connection.timeout(), builder.clock);
        definitions = new DefinitionCache();
        members = new CachedMembers(redis, keys, builder.memberCaching);
        LogEntry entries = new LogEntry(definitions);
        meta = new Meta(redis, keys);
        guard = new LogGuard(builder.namespace, builder.logLimit, builder.beyondLogLimit, builder.clock);
        LogPages pages = new LogPages(redis, keys, entries);
        log = new RedisChangeLog(redis, keys, meta, pages, guard, members::distrust);
        loader = new Loader(redis, meta, pages, new Bodies(redis, keys, definitions));
        commits = new Commits(redis, keys, entries, guard, builder.logLength, builder.minReplicas);
    }

    /**
     * Opens a store with defaults for everything else.
     *
     * @param uri where Redis is, as of {@link Builder#uri(String)}
     * @param namespace the namespace, as of {@link #builder}
     * @return the store
     * @throws IllegalArgumentException if one of them cannot be understood
     */
    public static RedisFlagStore open(String uri, String namespace) {
        return builder(namespace).uri(uri).build();
    }

    /**
     * Sets up a store.
     *
     * @param namespace the namespace, usually the environment; 1 to 128 letters, digits, dots, hyphens and underscores
     * @return a builder
     */
    public static Builder builder(String namespace) {
        return new Builder(namespace);
    }

    @Override
    public String namespace() {
        return keys.namespace();
    }

    /** {@return {@code redis} and where it is, as configured: not the node that is connected to} */
    @Override
    public String origin() {
        return "redis " + redis.describe();
    }

    @Override
    public Definitions load() {
        return loader.load();
    }

    /** @throws UnderReplicatedException if the change set was committed, but not enough replicas have it in time */
    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        return commits.commit(changeSet, Commits.MemberChange.NONE);
    }

    @Override
    public ChangeLog changes() {
        return log;
    }

    @Override
    public SegmentMembers members() {
        return members;
    }

    /** {@return whether Redis answers; with a problem, although it does, while the log is kept for a consumer that is far behind or keys are lost} */
    @Override
    public StoreStatus status() {
        return meta.with(guard.with(redis.status()));
    }

    /** {@return the near caches, named {@code definitions} and {@code members}; both record statistics} */
    public Map<String, Cache<?, ?>> caches() {
        return Map.of("definitions", definitions.cache(), "members", members.cache());
    }

    @Override
    public void close() {
        redis.close();
    }

    /** {@return where the data is, without credentials} */
    @Override
    public String toString() {
        return "RedisFlagStore[" + keys.namespace() + " in " + redis.describe() + "]";
    }

    CommittedChange commit(ChangeSet changeSet, Commits.MemberChange memberChange) {
        return commits.commit(changeSet, memberChange);
    }

    Redis redis() {
        return redis;
    }

    LogGuard guard() {
        return guard;
    }

    RedisKeys keys() {
        return keys;
    }

    MemberSets memberSets() {
        return new MemberSets(redis, keys);
    }

    /** Sets up a {@link RedisFlagStore}. Not safe for use by several threads. */
    public static final class Builder extends ConnectionBuilder<Builder> {

        private final String namespace;
        private MemberCaching memberCaching = MemberCaching.DEFAULT;
        private Clock clock = Clock.systemUTC();
        private int logLength = 10_000;
        private int logLimit = 100_000;
        private LogLimit beyondLogLimit = LogLimit.KEEP;
        private int minReplicas;

        private Builder(String namespace) {
            this.namespace = namespace;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * How many commits the log keeps. It keeps more while a {@linkplain ChangeLog#retain retained} consumer needs them, see
         * {@link #logLimit}.
         *
         * @param commits at least 1; 10,000 unless set
         * @return this builder
         */
        public Builder logLength(int commits) {
            logLength = Connection.atLeast(1, commits, "logLength");
            return this;
        }

        /**
         * How many commits the log may have to keep for a {@linkplain ChangeLog#retain retained} consumer, and what happens beyond that. From
         * 80 % of it on, {@link #status()} tells the problem, although the store is available, and it is logged; see {@link LogLimit}.
         * Who commits decides, so give it to every store of a namespace alike.
         *
         * @param commits at least as many as {@link #logLength}; 100,000 unless set
         * @param policy what happens beyond; {@link LogLimit#KEEP} unless set
         * @return this builder
         */
        public Builder logLimit(int commits, LogLimit policy) {
            logLimit = Connection.atLeast(1, commits, "logLimit");
            beyondLogLimit = policy;
            return this;
        }

        /**
         * How many replicas must have a commit before it returns; it waits for half of the timeout.
         *
         * @param replicas 0 or more; 0 unless set: a commit that was acknowledged can be lost if the master fails right then
         * @return this builder
         */
        public Builder minReplicas(int replicas) {
            minReplicas = Connection.atLeast(0, replicas, "minReplicas");
            return this;
        }

        /**
         * How the members of external segments are cached.
         *
         * @param caching sizes and times; {@link MemberCaching#DEFAULT} unless set
         * @return this builder
         */
        public Builder memberCaching(MemberCaching caching) {
            memberCaching = caching;
            return this;
        }

        /**
         * What tells since when the store is available, and when to log again. Commits carry the time of Redis.
         *
         * @param newClock the clock; the system's clock unless set
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * Makes the store; does not connect.
         *
         * @return the store
         * @throws IllegalArgumentException if the namespace cannot be one, it was not said where Redis is, or the limit of the log is less
         *     than its length
         */
        public RedisFlagStore build() {
            Connection.atLeast(logLength, logLimit, "logLimit");
            return new RedisFlagStore(this, connection.connector(new RedisKeys(namespace).namespace()));
        }
    }
}
