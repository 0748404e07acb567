package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Flag;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.RedisFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderState;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With flags in a real Redis")
class RedisTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @DisplayName("that is killed and started again, a provider is stale, goes on answering, and is ready again")
    void outage() {
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        Client client = api.getClient();
        try (RedisServer server = RedisServer.start();
                RedisFlagStore store = RedisFlagStore.open(server.uri(), "production")) {
            FlagEditor.of(store, "test").create(Flag.bool("a", true));
            try (FeatureFlags flags = FeatureFlags.of(store)) {
                Told told = Told.by(api);
                api.setProviderAndWait(GuidonProvider.of(flags));

                for (int round = 1; round <= 3; round++) {
                    server.kill();
                    await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.STALE);
                    FlagEvaluationDetails<Boolean> details = client.getBooleanDetails("a", false);
                    assertThat(details.getValue()).isTrue();
                    assertThat(details.getReason()).isEqualTo("STATIC");
                    server.restart();
                    await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.READY);
                    int ready = round + 1;
                    await().atMost(PATIENCE)
                            .until(() -> told.of(ProviderEvent.PROVIDER_READY).size() >= ready);
                    assertThat(told.of(ProviderEvent.PROVIDER_READY)).hasSize(ready);
                    assertThat(told.of(ProviderEvent.PROVIDER_STALE)).hasSize(round);
                }

                FlagEditor.of(store, "test").disable("a");
                await().atMost(PATIENCE)
                        .until(() -> told.types().contains(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED));
                assertThat(client.getBooleanValue("a", true)).isFalse();
                assertThat(told.of(ProviderEvent.PROVIDER_ERROR)).isEmpty();
            }
        } finally {
            api.shutdown();
        }
    }
}
