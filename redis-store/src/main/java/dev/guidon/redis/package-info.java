/**
 * A store in Redis. Start at {@link dev.guidon.redis.RedisFlagStore}.
 */
@NullMarked
package dev.guidon.redis;

import org.jspecify.annotations.NullMarked;
