package dev.guidon.redis;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

/**
 * The meters of a {@link RedisFlagStore}: connections, failures, how far consumers of the log are behind, and the near caches. They need
 * Micrometer on the class path, which nothing else here does. Their names and tags are described in {@code docs/metrics.md}.
 *
 * <pre>{@code
 * new RedisFlagStoreMetrics(store).bindTo(registry);
 * }</pre>
 */
public final class RedisFlagStoreMetrics implements MeterBinder {

    private final RedisFlagStore store;

    /**
     * The meters of a store.
     *
     * @param store the store
     */
    public RedisFlagStoreMetrics(RedisFlagStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("guidon.namespace", store.namespace());
        store.caches().forEach((name, cache) -> bind(cache, "guidon." + name, tags, registry));
        bindConnections(store.redis(), tags, registry);
        bindLog(store.guard(), tags, registry);
    }

    private static <K, V> void bind(Cache<K, V> cache, String name, Tags tags, MeterRegistry registry) {
        CaffeineCacheMetrics.monitor(registry, cache, name, tags);
    }

    private static void bindConnections(Redis redis, Tags tags, MeterRegistry registry) {
        Gauge.builder("guidon.redis.available", redis, one -> one.isAvailable() ? 1 : 0)
                .description("1 if Redis has answered last, else 0")
                .tags(tags)
                .register(registry);
        Gauge.builder("guidon.redis.connections", redis, Redis::open)
                .description("Connections that are open")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("guidon.redis.connections.opened", redis, Redis::opened)
                .description("Connections that were made, at first or because others were lost")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("guidon.redis.failures", redis, Redis::failures)
                .description(
                        "Commands that were not answered in time, refused or cut off, and connections that could not be made")
                .tags(tags)
                .register(registry);
    }

    private static void bindLog(LogGuard guard, Tags tags, MeterRegistry registry) {
        Gauge.builder("guidon.redis.log.behind", guard, LogGuard::behind)
                .description("Commits that the slowest consumer of the log had not read when this instance looked last")
                .baseUnit("commits")
                .tags(tags)
                .register(registry);
        Gauge.builder("guidon.redis.log.limit", guard, LogGuard::limit)
                .description("Commits that the log may have to keep for a consumer")
                .baseUnit("commits")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("guidon.redis.log.dropped", guard, LogGuard::dropped)
                .description(
                        "Commits that commits of this instance have dropped from the log before a consumer has read them")
                .baseUnit("commits")
                .tags(tags)
                .register(registry);
    }
}
