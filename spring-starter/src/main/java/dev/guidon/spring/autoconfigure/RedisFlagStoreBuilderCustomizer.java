package dev.guidon.spring.autoconfigure;

import dev.guidon.redis.RedisFlagStore;

/**
 * Sets up the store in Redis beyond what properties can say, for example with Lettuce resources to be shared. A bean of this type is
 * called last, before the store is made; several in their order.
 */
@FunctionalInterface
public interface RedisFlagStoreBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param builder knows where Redis is, and all properties
     */
    void customize(RedisFlagStore.Builder builder);
}
