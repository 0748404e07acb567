package dev.guidon.openfeature.gherkin;

import dev.guidon.FlagEditor;
import dev.guidon.definition.Definitions;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.openfeature.CutStore;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;

/** Where the flags of the scenarios are. */
sealed interface Backend extends AutoCloseable {

    /** A store that holds them. */
    FlagStore open();

    /** Cuts every store off. */
    void cut();

    /** Ends a cut. */
    void mend();

    @Override
    void close();

    /** In the memory of the process. */
    final class Memory implements Backend {

        private final CutStore store;

        Memory(Definitions definitions) {
            store = new CutStore(
                    InMemoryFlagStore.builder().definitions(definitions).build());
        }

        @Override
        public FlagStore open() {
            return store;
        }

        @Override
        public void cut() {
            store.cut();
        }

        @Override
        public void mend() {
            store.mend();
        }

        @Override
        public void close() {
            store.close();
        }

        @Override
        public String toString() {
            return "InMemoryFlagStore";
        }
    }

    /** In a real Redis, which is killed and started again. */
    final class Redis implements Backend {

        private final RedisServer server = RedisServer.start();

        Redis(Definitions definitions) {
            try (FlagStore store = open()) {
                FlagEditor.of(store, "specification")
                        .batch(changes ->
                                definitions.flags().values().forEach(flag -> changes.create(flag.definition())));
            }
        }

        @Override
        public FlagStore open() {
            return RedisFlagStore.builder("specification")
                    .uri(server.uri())
                    .timeout(Duration.ofSeconds(2))
                    .build();
        }

        @Override
        public void cut() {
            server.kill();
        }

        @Override
        public void mend() {
            server.restart();
        }

        @Override
        public void close() {
            server.close();
        }

        @Override
        public String toString() {
            return "RedisFlagStore";
        }
    }
}
