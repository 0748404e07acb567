package dev.guidon.spring.autoconfigure;

import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The store in Redis, if its module is there and it is known where Redis is. */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(RedisFlagStore.class)
@ConditionalOnMissingBean(FlagStore.class)
@ConditionalOnProperty(name = "guidon.store", havingValue = "redis", matchIfMissing = true)
@EnableConfigurationProperties({GuidonProperties.class, GuidonRedisProperties.class})
@Import({RedisStoreConfiguration.ByUri.class, RedisStoreConfiguration.ByConnectionDetails.class})
public final class GuidonRedisStoreAutoConfiguration {

    /** For Spring to call. */
    GuidonRedisStoreAutoConfiguration() {}
}
