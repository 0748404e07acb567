package dev.guidon.spring.autoconfigure;

import dev.guidon.redis.LogLimit;
import dev.guidon.redis.MemberCaching;
import dev.guidon.redis.RedisFlagStore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What applies to the store in Redis.
 *
 * @param uri Where Redis is, for example redis://user:password@host:6379/0, rediss://host or
 *     redis-sentinel://host1,host2/0#master-name. By default the application's own connection details, spring.data.redis.*.
 * @param timeout How long to wait for a connection, and for an answer to a command: at least 10 ms.
 * @param logLength How many commits the log of changes keeps.
 * @param logLimit How many commits the log may have to keep for an audit that is behind.
 * @param beyondLogLimit What happens to the log beyond that limit.
 * @param minReplicas How many replicas must have a commit before it returns.
 * @param memberCaching How the members of external segments are cached.
 */
@ConfigurationProperties("guidon.redis")
record GuidonRedisProperties(
        @Nullable String uri,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("10000") int logLength,
        @DefaultValue("100000") int logLimit,
        @DefaultValue("keep") LogLimit beyondLogLimit,
        @DefaultValue("0") int minReplicas,
        @DefaultValue Members memberCaching) {

    /**
     * How the members of external segments are cached.
     *
     * @param size How many answers are kept at most.
     * @param refresh The age from which on an answer is refreshed in the background.
     * @param expiry The age from which on an evaluation waits for a new answer.
     * @param limit How long an evaluation waits for an answer. Past it the last known one serves.
     */
    record Members(
            @DefaultValue("100000") long size,
            @DefaultValue("30s") Duration refresh,
            @DefaultValue("10m") Duration expiry,
            @DefaultValue("20ms") Duration limit) {}

    /** {@return nothing of the URI, which may hold a password} */
    @Override
    public String toString() {
        return "guidon.redis";
    }

    /** A builder that knows all but where Redis is. */
    RedisFlagStore.Builder builder(String namespace) {
        return RedisFlagStore.builder(namespace)
                .timeout(timeout)
                .logLength(logLength)
                .logLimit(logLimit, beyondLogLimit)
                .minReplicas(minReplicas)
                .memberCaching(new MemberCaching(
                        memberCaching.size(), memberCaching.refresh(), memberCaching.expiry(), memberCaching.limit()));
    }
}
