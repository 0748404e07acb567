package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples of docs/openfeature.md, run. */
@DisplayName("The examples of the page on OpenFeature")
class ExamplesTest {

    private final FlagStore store = InMemoryFlagStore.of(Flag.bool("checkout-redesign", true));
    private final FlagStore shopStore = InMemoryFlagStore.of(Flag.bool("checkout-redesign", true));

    @AfterEach
    void close() {
        OpenFeatureAPI.getInstance().setProviderAndWait(new NoOpProvider());
        OpenFeatureAPI.getInstance().setProviderAndWait("shop", new NoOpProvider());
        store.close();
        shopStore.close();
    }

    @Test
    @DisplayName("ask a flag through a client")
    void begin() {
        FeatureFlags flags = FeatureFlags.of(store);
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(GuidonProvider.of(flags));

        Client client = api.getClient();
        boolean redesign = client.getBooleanValue("checkout-redesign", false, new ImmutableContext("u-1"));

        assertThat(redesign).isTrue();
        flags.close();
    }

    @Test
    @DisplayName("let a provider own its flags")
    void own() {
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        api.setProviderAndWait(
                "shop",
                GuidonProvider.owning(() -> FeatureFlags.of(shopStore))
                        .readyWithin(Duration.ofSeconds(5))
                        .build());

        assertThat(api.getClient("shop").getBooleanValue("checkout-redesign", false))
                .isTrue();
    }

    @Test
    @DisplayName("tell other metadata")
    void metadata() {
        FeatureFlags flags = FeatureFlags.of(store);
        GuidonProvider provider = GuidonProvider.builder(flags)
                .metadata((flag, revision) -> {
                    LocalDate expires = flag.about().expires();
                    return ImmutableMetadata.builder()
                            .addLong("revision", revision.number())
                            .addString("expires", expires == null ? "never" : expires.toString())
                            .build();
                })
                .build();

        provider.initialize(null);
        assertThat(provider.getBooleanEvaluation("checkout-redesign", false, null)
                        .getFlagMetadata()
                        .getString("expires"))
                .isEqualTo("never");
        provider.shutdown();
        flags.close();
    }
}
