package dev.guidon.redis;

import dev.guidon.fixtures.RedisCluster;
import dev.guidon.store.FlagStore;
import dev.guidon.testkit.FlagStoreContract;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The store in a cluster")
class ClusterContractTest extends FlagStoreContract {

    private static RedisCluster redis;

    private String namespace = "";

    @BeforeAll
    static void start() {
        redis = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected FlagStore open() {
        namespace = UUID.randomUUID().toString();
        return builder(namespace).build();
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
        return Optional.of(builder(namespace).build());
    }

    @Override
    protected boolean putMembers(FlagStore store, String segment, String generation, Set<String> members) {
        ((RedisFlagStore) store).memberSets().fill(segment, generation, members.iterator(), sent -> {});
        return true;
    }

    private static RedisFlagStore.Builder builder(String namespace) {
        return RedisFlagStore.builder(namespace)
                .cluster(redis.uris().toArray(String[]::new))
                .memberCaching(Instance.PATIENT);
    }
}
