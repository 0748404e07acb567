package dev.guidon.metrics;

import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.guidon.testkit.FlagStoreContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A measured in-memory store")
class MeteredFlagStoreContractTest extends FlagStoreContract {

    @Override
    protected FlagStore open() {
        return MeteredFlagStore.of(new InMemoryFlagStore(), new SimpleMeterRegistry());
    }

    @Override
    protected Optional<FlagStore> openWithLogLength(int logLength) {
        return Optional.of(MeteredFlagStore.of(
                InMemoryFlagStore.builder().logLength(logLength).build(), new SimpleMeterRegistry()));
    }
}
