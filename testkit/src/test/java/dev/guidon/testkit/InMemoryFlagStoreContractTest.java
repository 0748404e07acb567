package dev.guidon.testkit;

import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The in-memory store")
class InMemoryFlagStoreContractTest extends FlagStoreContract {

    @Override
    protected FlagStore open() {
        return new InMemoryFlagStore();
    }

    @Override
    protected Optional<FlagStore> openWithLogLength(int logLength) {
        return Optional.of(InMemoryFlagStore.builder().logLength(logLength).build());
    }

    @Override
    protected boolean putMembers(FlagStore store, String segment, String generation, Set<String> members) {
        ((InMemoryFlagStore) store).putMembers(segment, generation, members);
        return true;
    }
}
