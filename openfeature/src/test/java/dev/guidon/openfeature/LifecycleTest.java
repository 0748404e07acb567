package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.StartMode;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.FatalError;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The life of a provider")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LifecycleTest {

    private final CutStore store = new CutStore(InMemoryFlagStore.of(Flag.bool("a", true)));
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();
    private final List<FeatureFlags> made = new ArrayList<>();

    @AfterEach
    void close() {
        api.shutdown();
        made.forEach(FeatureFlags::close);
        store.close();
    }

    @Test
    @DisplayName("begins with an initialisation that ends when there are flags to answer with")
    void initializes() {
        api.setProviderAndWait(GuidonProvider.of(flags()));

        assertThat(client.getProviderState()).isEqualTo(ProviderState.READY);
        assertThat(client.getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName("waits for flags that are loaded in the background")
    void waits() {
        store.cut();
        GuidonProvider provider = GuidonProvider.builder(flags(StartMode.background()))
                .readyWithin(Duration.ofSeconds(30))
                .build();
        api.setProvider(provider);
        assertThat(client.getBooleanDetails("a", false).getErrorCode()).isEqualTo(ErrorCode.PROVIDER_NOT_READY);

        store.mend();

        await().until(() -> client.getProviderState() == ProviderState.READY);
        assertThat(client.getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName("fails to begin when there are no flags within the limit; the message says why")
    void fails() {
        store.cut();
        GuidonProvider provider = GuidonProvider.builder(flags())
                .readyWithin(Duration.ofMillis(50))
                .build();

        assertThatThrownBy(() -> api.setProviderAndWait(provider))
                .isInstanceOf(GeneralError.class)
                .hasMessageContaining("there were no flags within 50 ms: ")
                .hasMessageContaining("the line is cut");

        assertThat(client.getProviderState()).isEqualTo(ProviderState.ERROR);
        assertThat(client.getBooleanDetails("a", false).getErrorCode()).isEqualTo(ErrorCode.PROVIDER_NOT_READY);
    }

    @Test
    @DisplayName("that is interrupted or shut down while it begins says so, after how long, and what the limit was")
    void endsEarly() throws Exception {
        store.cut();
        GuidonProvider provider = GuidonProvider.of(flags());

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> provider.initialize(null))
                .hasMessageMatching(
                        "the thread was interrupted after (0 s|\\d+ ms); there were no flags yet, limit 10 s: .*the line is cut.*");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("fails at once with a limit of zero, and a limit below that is refused")
    void noWaiting() {
        store.cut();
        GuidonProvider.Builder builder = GuidonProvider.builder(flags());

        assertThatThrownBy(() -> builder.readyWithin(Duration.ZERO).build().initialize(null))
                .isInstanceOf(GeneralError.class);
        assertThatThrownBy(() -> builder.readyWithin(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("fails for good with flags that are closed")
    void closedFlags() {
        FeatureFlags closed = flags();
        closed.close();

        assertThatThrownBy(() -> api.setProviderAndWait(GuidonProvider.of(closed)))
                .isInstanceOf(FatalError.class);

        assertThat(client.getProviderState()).isEqualTo(ProviderState.FATAL);
        assertThat(client.getBooleanDetails("a", false).getErrorCode()).isEqualTo(ErrorCode.PROVIDER_FATAL);
    }

    @Test
    @DisplayName("ends a wait with an interrupt, and stays interrupted")
    void interrupted() {
        store.cut();
        GuidonProvider provider = GuidonProvider.of(flags());

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> provider.initialize(null)).isInstanceOf(GeneralError.class);

        assertThat(Thread.interrupted()).isTrue();
        provider.shutdown();
    }

    @Test
    @DisplayName("begins with bundled defaults, and is stale from then on")
    void defaults() {
        store.cut();
        FeatureFlags flags = FeatureFlags.builder(store)
                .defaults(Definitions.of(Flag.bool("a", true)))
                .build();
        made.add(flags);
        Told told = Told.by(api);

        api.setProviderAndWait(GuidonProvider.of(flags));

        await().until(() -> client.getProviderState() == ProviderState.STALE);
        assertThat(client.getBooleanValue("a", false)).isTrue();
        await().untilAsserted(() -> assertThat(told.types())
                .containsExactlyInAnyOrder(ProviderEvent.PROVIDER_READY, ProviderEvent.PROVIDER_STALE));
    }

    @Test
    @DisplayName("ends with a shutdown, which may come twice, and leaves the caller's flags open")
    void shutsDown() {
        FeatureFlags flags = flags();
        GuidonProvider provider = GuidonProvider.of(flags);
        provider.shutdown();
        provider.initialize(null);

        provider.shutdown();
        provider.shutdown();

        assertThat(provider.getBooleanEvaluation("a", false, null).getErrorCode())
                .isEqualTo(ErrorCode.PROVIDER_NOT_READY);
        assertThat(flags.isClosed()).isFalse();
    }

    @Test
    @DisplayName("closes flags of its own at the shutdown, and makes new ones when it begins again")
    void ownsFlags() {
        GuidonProvider provider = GuidonProvider.owning(this::flags).build();
        assertThat(made).isEmpty();

        provider.initialize(null);
        assertThat(provider.getBooleanEvaluation("a", false, null).getValue()).isTrue();
        provider.shutdown();
        assertThat(made).hasSize(1).allMatch(FeatureFlags::isClosed);

        provider.initialize(null);
        assertThat(provider.getBooleanEvaluation("a", false, null).getValue()).isTrue();
        provider.shutdown();
        assertThat(made).hasSize(2).allMatch(FeatureFlags::isClosed);
    }

    @Test
    @DisplayName("fails to begin when its own flags cannot be made, and can begin later")
    void cannotBeMade() {
        store.cut();
        GuidonProvider provider = GuidonProvider.owning(() -> flags(StartMode.failAfter(Duration.ofSeconds(1))))
                .build();

        assertThatThrownBy(() -> provider.initialize(null)).hasMessageContaining("gave no flags within");
        store.mend();

        assertThatCode(() -> provider.initialize(null)).doesNotThrowAnyException();
        provider.shutdown();
    }

    @Test
    @DisplayName("can be had again after another provider took its place, with its events")
    void again() {
        FlagStore flagStore = store;
        GuidonProvider provider = GuidonProvider.of(flags());
        api.setProviderAndWait(provider);
        api.setProviderAndWait(new NoOpProvider());
        await().until(() ->
                provider.getBooleanEvaluation("a", false, null).getErrorCode() == ErrorCode.PROVIDER_NOT_READY);

        await().ignoreExceptions().untilAsserted(() -> api.setProviderAndWait(provider));
        Told told = Told.by(api);
        FlagEditor.of(flagStore, "test").disable("a");

        await().until(() -> told.types().contains(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED));
        assertThat(client.getBooleanValue("a", true)).isFalse();
    }

    private FeatureFlags flags() {
        return flags(StartMode.oneAttempt());
    }

    private FeatureFlags flags(StartMode mode) {
        FeatureFlags flags = FeatureFlags.builder(store).startMode(mode).build();
        made.add(flags);
        return flags;
    }
}
