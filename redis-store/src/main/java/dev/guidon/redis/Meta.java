package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.store.FlagStoreException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.List;
import java.util.UUID;

/** Where the store is: epoch, revision and the change set that made it. */
final class Meta {

    private static final String FORMAT = "1";

    private final Redis redis;
    private final RedisKeys keys;
    private volatile boolean mayCreate = true;

    Meta(Redis redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The newest revision. A namespace that does not exist gets its epoch, if the user may write. */
    Revision read(Link link) {
        List<KeyValue<String, String>> found = fields(link);
        if (!found.get(1).hasValue() && mayCreate && created(link)) {
            found = fields(link);
        }
        String format = found.get(0).getValueOrElse(FORMAT);
        if (!format.equals(FORMAT)) {
            throw new FlagStoreException("found " + keys.meta() + " of format " + format + "; allowed: " + FORMAT
                    + "; a later version of Guidon has written it");
        }
        if (!found.get(1).hasValue()) {
            return Revision.NONE;
        }
        try {
            return new Revision(
                    found.get(1).getValue(),
                    Long.parseLong(found.get(2).getValueOrElse("0")),
                    found.get(3).getValueOrElse(""));
        } catch (IllegalArgumentException e) {
            throw new FlagStoreException(keys.meta() + " is damaged: " + e.getMessage(), e);
        }
    }

    private List<KeyValue<String, String>> fields(Link link) {
        return redis.await(link, link.commands().hmget(keys.meta(), "format", "epoch", "revision", "changeSet"));
    }

    private boolean created(Link link) {
        try {
            redis.await(link, link.commands().hsetnx(keys.meta(), "epoch", newEpoch()));
            return true;
        } catch (FlagStoreException failure) {
            if (!(failure.getCause() instanceof RedisCommandExecutionException)) {
                throw failure;
            }
            // Somebody who may write will create it.
            mayCreate = false;
            return false;
        }
    }

    static String newEpoch() {
        return UUID.randomUUID().toString();
    }
}
