package dev.guidon.spring.autoconfigure;

import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways to know where Redis is. They are not members of the auto-configuration, which imports them in the order that counts. */
final class RedisStoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(GuidonRedisStoreAutoConfiguration.class);

    private RedisStoreConfiguration() {}

    private static RedisFlagStore store(
            GuidonProperties properties,
            GuidonRedisProperties redis,
            String why,
            Consumer<RedisFlagStore.Builder> where,
            ObjectProvider<Clock> clock,
            ObjectProvider<RedisFlagStoreBuilderCustomizer> customizers) {
        try {
            RedisFlagStore.Builder builder = redis.builder(properties.namespace());
            clock.ifUnique(builder::clock);
            where.accept(builder);
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            RedisFlagStore store = builder.build();
            LOG.info(
                    "Flags of namespace {} come from Redis, {}, since guidon-redis-store and {} are there{}",
                    properties.namespace(),
                    store,
                    why,
                    properties.file().path() == null ? "" : "; guidon.file.path is not used without guidon.store=file");
            return store;
        } catch (IllegalArgumentException e) {
            throw MisconfiguredException.of("guidon.redis", e);
        }
    }

    /** Before Boot reads it, whose message repeats it, or which takes a part of the password for the host. */
    private static void check(String url) {
        try {
            RedisFlagStore.builder("guidon").uri(url);
        } catch (IllegalArgumentException e) {
            throw MisconfiguredException.of(
                    "spring.data.redis",
                    new IllegalArgumentException(String.valueOf(e.getMessage()).replaceFirst("^uri:", "url:")));
        }
    }

    /** Where the flags' own property says. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("guidon.redis.uri")
    static class ByUri {

        @Bean(GuidonStoreAutoConfiguration.BEAN)
        RedisFlagStore flagStore(
                GuidonProperties properties,
                GuidonRedisProperties redis,
                ObjectProvider<Clock> clock,
                ObjectProvider<RedisFlagStoreBuilderCustomizer> customizers) {
            String uri = String.valueOf(redis.uri());
            return store(properties, redis, "guidon.redis.uri", builder -> builder.uri(uri), clock, customizers);
        }
    }

    /** Where the application's own Redis is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataRedisConnectionDetails.class)
    @ConditionalOnBean(DataRedisConnectionDetails.class)
    @ConditionalOnMissingBean(FlagStore.class)
    static class ByConnectionDetails {

        @Bean(GuidonStoreAutoConfiguration.BEAN)
        RedisFlagStore flagStore(
                GuidonProperties properties,
                GuidonRedisProperties redis,
                DataRedisConnectionDetails details,
                ObjectProvider<DataRedisProperties> application,
                ObjectProvider<Clock> clock,
                ObjectProvider<RedisFlagStoreBuilderCustomizer> customizers) {
            DataRedisProperties redisProperties = application.getIfUnique();
            String url = redisProperties == null ? null : redisProperties.getUrl();
            if (url != null) {
                check(url);
            }
            RedisLocation location = new RedisLocation(details, url != null && url.startsWith("rediss:"));
            return store(properties, redis, "the application's Redis", location::addTo, clock, customizers);
        }
    }
}
