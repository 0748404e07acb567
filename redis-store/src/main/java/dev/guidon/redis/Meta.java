package dev.guidon.redis;

import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the store is: epoch, revision and the change set that made it; and whether what belongs to that is there. */
final class Meta {

    private static final String FORMAT = "1";
    private static final String[] FIELDS = {"format", "epoch", "revision", "changeSet", "flags", "segments"};

    private static final String REPAIR =
            ", deleted by hand or evicted; the runbook says how to repair it (Keys of Redis are lost)";

    /** How often it is looked again whether something is lost, or only changes right then. */
    private static final int LOOKS = 5;

    private final Redis redis;
    private final RedisKeys keys;
    private volatile boolean mayCreate = true;
    /** What is lost that flags can be read without. */
    private volatile @Nullable String lostLog;

    private volatile @Nullable String lostDefinitions;
    private volatile Consumer<Link> examine = link -> {};

    Meta(Redis redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The newest revision. */
    Revision read(Link link) {
        return state(link).revision();
    }

    /**
     * The newest revision, and how much there is. A namespace that does not exist gets its epoch, if the user may write.
     *
     * @throws FlagStoreException if something is lost without which flags cannot be read
     */
    State state(Link link) {
        List<KeyValue<String, String>> found = fields(link);
        for (int look = 1; look < LOOKS; look++) {
            String lost = lost(link, found);
            List<KeyValue<String, String>> again = lost == null ? found : fields(link);
            if (again.equals(found)) {
                if (lost != null) {
                    throw new FlagStoreException(lost);
                }
                break;
            }
            found = again;
        }
        if (!isThere(found, 1) && mayCreate && created(link)) {
            found = fields(link);
        }
        return parsed(found);
    }

    private State parsed(List<KeyValue<String, String>> found) {
        String format = found.get(0).getValueOrElse(FORMAT);
        if (!format.equals(FORMAT)) {
            throw new FlagStoreException("found " + keys.meta() + " of format " + Shown.part(format) + "; allowed: "
                    + FORMAT + "; a later version of Guidon has written it");
        }
        if (!isThere(found, 1)) {
            return new State(Revision.NONE, 0, 0);
        }
        try {
            Revision revision = new Revision(
                    found.get(1).getValue(), number(found, 2), found.get(3).getValueOrElse(""));
            return new State(revision, number(found, 4), number(found, 5));
        } catch (IllegalArgumentException e) {
            throw new FlagStoreException(keys.meta() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** What is lost without which flags cannot be read; null if nothing. */
    private @Nullable String lost(Link link, List<KeyValue<String, String>> found) {
        List<RedisFuture<Long>> exist = Stream.of(
                        keys.flags(), keys.segments(), keys.versions(), keys.changes(), keys.commits())
                .map(key -> link.commands().exists(key))
                .toList();
        boolean[] there = new boolean[exist.size()];
        for (int i = 0; i < there.length; i++) {
            there[i] = redis.await(link, exist.get(i)) > 0;
        }
        if (!isThere(found, 2) && !isThere(found, 3) && !isThere(found, 4) && !isThere(found, 5)) {
            lostLog = null;
            boolean isEmpty = !there[0] && !there[1] && !there[2] && !there[3] && !there[4] && !isConsumed(link);
            return isEmpty ? null : lost(keys.meta(), "");
        }
        for (int i = 0; i < FIELDS.length; i++) {
            if (!isThere(found, i)) {
                return lost(keys.meta(), FIELDS[i]);
            }
        }
        State state = parsed(found);
        if (state.flags() > 0 && !there[0]) {
            return lost(keys.flags(), "");
        } else if (state.segments() > 0 && !there[1]) {
            return lost(keys.segments(), "");
        } else if (state.flags() + state.segments() > 0 && !there[2]) {
            return lost(keys.versions(), "");
        }
        String changeSet = state.revision().changeSet();
        lostLog = !there[3]
                ? lost(keys.changes(), "")
                : !there[4]
                        ? lost(keys.commits(), "")
                        : redis.await(link, link.commands().hmget(keys.commits(), changeSet))
                                        .get(0)
                                        .hasValue()
                                ? null
                                : lost(keys.commits(), changeSet);
        return null;
    }

    /** Whether a consumer has read something, so that there was something. */
    private boolean isConsumed(Link link) {
        return redis.await(link, link.commands().hgetall(keys.consumers())).values().stream()
                .anyMatch(reached -> reached.matches("0*[1-9]\\d*"));
    }

    /** Looks again at what is lost, if something is. */
    void lookAgain(Link link) {
        if (lostDefinitions != null) {
            examine.accept(link);
        }
    }

    void examine(Consumer<Link> how) {
        examine = how;
    }

    /** Notes what is lost of the definitions; null if nothing. */
    void lostDefinitions(@Nullable String lost) {
        lostDefinitions = lost;
    }

    @Nullable
    String lostDefinitions() {
        return lostDefinitions;
    }

    /** The status of the store with what is lost. */
    StoreStatus with(StoreStatus status) {
        String lost = lostDefinitions == null ? lostLog : lostDefinitions;
        return lost == null || !status.available() ? status : new StoreStatus(true, status.since(), lost);
    }

    /** @param field what the key has lost; empty if it is gone as a whole */
    static String lost(String key, String field) {
        return key + (field.isEmpty() ? " is lost" : " has lost " + Shown.part(field)) + REPAIR;
    }

    /** @param what what the namespace has lost */
    String lost(String what) {
        return "namespace " + keys.namespace() + " has lost " + what + REPAIR;
    }

    private static boolean isThere(List<KeyValue<String, String>> found, int field) {
        return found.get(field).hasValue();
    }

    private static long number(List<KeyValue<String, String>> found, int field) {
        return Long.parseLong(found.get(field).getValueOrElse("0"));
    }

    private List<KeyValue<String, String>> fields(Link link) {
        return redis.await(link, link.commands().hmget(keys.meta(), FIELDS));
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

    /**
     * Where the store is.
     *
     * @param revision the newest revision
     * @param flags how many flags there are
     * @param segments how many segments there are
     */
    record State(Revision revision, long flags, long segments) {}
}
