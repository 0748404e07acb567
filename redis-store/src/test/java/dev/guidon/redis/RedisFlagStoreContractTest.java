package dev.guidon.redis;

import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStore;
import dev.guidon.testkit.FlagStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store in Redis")
class RedisFlagStoreContractTest extends FlagStoreContract {

    private static RedisServer redis;

    private String namespace = "";

    @BeforeAll
    static void start() {
        redis = RedisServer.start("appendfsync everysec");
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected FlagStore open() {
        namespace = UUID.randomUUID().toString();
        return openAgain();
    }

    @Override
    protected FlagStore openAnother(FlagStore store) {
        return builder(store.namespace()).build();
    }

    @Override
    protected Optional<FlagStore> openWithLogLength(int logLength) {
        return Optional.of(
                builder(UUID.randomUUID().toString()).logLength(logLength).build());
    }

    @Override
    protected Optional<FlagStore> reopen() {
        return Optional.of(openAgain());
    }

    @Override
    protected boolean putMembers(FlagStore store, String segment, String generation, Set<String> members) {
        ((RedisFlagStore) store).memberSets().fill(segment, generation, members.iterator(), sent -> {});
        return true;
    }

    @Override
    protected Optional<Runnable> copy() {
        String all = "guidon:{" + namespace + "}:";
        keys(all + "*").forEach(key -> redis.command("COPY", key, "copy:" + key));
        return Optional.of(() -> {
            keys(all + "*").forEach(key -> redis.command("DEL", key));
            keys("copy:" + all + "*").forEach(key -> redis.command("RENAME", key, key.substring("copy:".length())));
        });
    }

    private static List<String> keys(String pattern) {
        List<?> found = (List<?>) Objects.requireNonNull(redis.command("KEYS", pattern));
        return found.stream().map(String::valueOf).toList();
    }

    private FlagStore openAgain() {
        return builder(namespace).build();
    }

    /** An evaluation would not wait so long for members; a first look-up that has to connect on a busy machine may take it. */
    private static RedisFlagStore.Builder builder(String namespace) {
        MemberCaching normal = MemberCaching.DEFAULT;
        return RedisFlagStore.builder(namespace)
                .uri(redis.uri())
                .memberCaching(
                        new MemberCaching(normal.size(), normal.refresh(), normal.expiry(), Duration.ofSeconds(5)));
    }
}
