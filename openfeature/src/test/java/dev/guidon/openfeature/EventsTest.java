package dev.guidon.openfeature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.StartMode;
import dev.guidon.definition.Flag;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Awaitable;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.ProviderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("The events of a provider")
class EventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CutStore store = new CutStore(
            InMemoryFlagStore.builder().definitions(FlagFormat.parseYaml("""
                    flags:
                      a: {enabled: true}
                      b: {enabled: true, prerequisites: [{flag: a, variants: ["on"]}]}
                    """)).build());
    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private final Client client = api.getClient();
    private FeatureFlags flags = FeatureFlags.of(store);

    @AfterEach
    void close() {
        api.shutdown();
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("are READY once at the initialisation, by the SDK and not by the provider besides, and no change")
    void readyOnce() {
        Told told = Told.by(api);

        api.setProviderAndWait(GuidonProvider.of(flags));
        FlagEditor.of(store, "test").disable("a");

        await().atMost(PATIENCE).until(() -> told.types().size() >= 2);
        assertThat(told.types())
                .containsExactlyInAnyOrder(ProviderEvent.PROVIDER_READY, ProviderEvent.PROVIDER_CONFIGURATION_CHANGED);
    }

    @Test
    @DisplayName(
            "are CONFIGURATION_CHANGED with the keys of all flags whose answers may have changed, and the revision")
    void changes() {
        api.setProviderAndWait(GuidonProvider.of(flags));
        Told told = Told.by(client);

        FlagEditor.of(store, "test").disable("a");

        await().atMost(PATIENCE).until(() -> told.types().contains(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED));
        EventDetails details =
                told.of(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED).get(0);
        assertThat(details.getFlagsChanged()).containsExactly("a", "b");
        assertThat(details.getEventMetadata().getLong("revision")).isEqualTo(2);
        assertThat(details.getProviderName()).isEqualTo("Guidon");
        assertThat(client.getBooleanValue("a", true)).isFalse();
    }

    @RepeatedTest(3)
    @DisplayName("are STALE and READY, once each, when the store goes and comes back; flags keep their answers")
    void outage() {
        Told told = Told.by(api);
        api.setProviderAndWait(GuidonProvider.of(flags));

        store.cut();
        await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.STALE);
        assertThat(client.getBooleanDetails("a", false).getReason()).isEqualTo("STATIC");
        store.mend();
        await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.READY);

        await().atMost(PATIENCE).until(() -> told.types().size() >= 3);
        assertThat(told.types())
                .containsExactlyInAnyOrder(
                        ProviderEvent.PROVIDER_READY, ProviderEvent.PROVIDER_STALE, ProviderEvent.PROVIDER_READY);
        assertThat(told.of(ProviderEvent.PROVIDER_STALE).get(0).getMessage()).contains("the line is cut");
    }

    @RepeatedTest(3)
    @DisplayName("tell a failure to begin once, by the SDK, and READY when there are flags after all")
    void recovery() {
        flags.close();
        store.cut();
        flags = FeatureFlags.builder(store).startMode(StartMode.background()).build();
        Told told = Told.by(api);
        api.setProvider(
                GuidonProvider.builder(flags).readyWithin(Duration.ofMillis(10)).build());
        await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.ERROR);
        await().atMost(PATIENCE).until(() -> told.types().contains(ProviderEvent.PROVIDER_ERROR));

        store.mend();

        await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.READY);
        await().atMost(PATIENCE).until(() -> told.types().contains(ProviderEvent.PROVIDER_READY));
        assertThat(told.of(ProviderEvent.PROVIDER_ERROR)).hasSize(1);
        assertThat(told.of(ProviderEvent.PROVIDER_ERROR).get(0).getMessage()).contains("there were no flags within");
        assertThat(told.of(ProviderEvent.PROVIDER_READY)).hasSize(1);
        assertThat(client.getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName("are STALE when the flags are closed, which go on answering")
    void closed() {
        api.setProviderAndWait(GuidonProvider.of(flags));

        flags.close();

        await().atMost(PATIENCE).until(() -> client.getProviderState() == ProviderState.STALE);
        assertThat(client.getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName("end with the shutdown")
    void noneAfterShutdown() throws InterruptedException {
        List<ProviderEvent> emitted = Collections.synchronizedList(new ArrayList<>());
        ProviderEvents events = new ProviderEvents(flags, (event, details) -> {
            emitted.add(event);
            return Awaitable.FINISHED;
        });
        events.initialize(Duration.ZERO);
        events.close();

        var revision = FlagEditor.of(store, "test").disable("a");
        assertThat(flags.await(revision, PATIENCE)).isTrue();
        store.cut();
        await().atMost(PATIENCE).until(() -> flags.status().state() == State.STALE);
        flags.close();

        assertThat(emitted).isEmpty();
    }

    @Test
    @DisplayName("of an error have a code and a message, which the SDK does not hand on")
    void errorDetails() {
        ProviderEventDetails details = ProviderEvents.details(State.ERROR, "broken");

        assertThat(details.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        assertThat(details.getMessage()).isEqualTo("broken");
        assertThat(ProviderEvents.details(State.STALE, "broken").getErrorCode()).isNull();
    }

    @Test
    @DisplayName("reach the clients that have the provider, and no others")
    void onlyOwnClients() {
        Client other = api.getClient("other");
        try (InMemoryFlagStore otherStore = InMemoryFlagStore.of(Flag.bool("a", true));
                FeatureFlags otherFlags = FeatureFlags.of(otherStore)) {
            api.setProviderAndWait(GuidonProvider.of(flags));
            api.setProviderAndWait("other", GuidonProvider.of(otherFlags));
            Told toldClient = Told.by(client);
            Told toldOther = Told.by(other);

            FlagEditor.of(otherStore, "test").disable("a");
            await().atMost(PATIENCE)
                    .until(() -> toldOther.types().contains(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED));

            assertThat(toldClient.types()).doesNotContain(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED);
            assertThat(client.getBooleanValue("a", false)).isTrue();
            assertThat(other.getBooleanValue("a", true)).isFalse();
        }
    }

    @RepeatedTest(3)
    @DisplayName("name every flag that changed while they came thick and fast")
    void manyChanges() {
        api.setProviderAndWait(GuidonProvider.of(flags));
        Told told = Told.by(api);

        FlagEditor editor = FlagEditor.of(store, "test");
        for (int i = 0; i < 50; i++) {
            editor.create(Flag.bool("new-" + i, true));
        }

        await().atMost(PATIENCE)
                .until(() -> told.of(ProviderEvent.PROVIDER_CONFIGURATION_CHANGED).stream()
                                .flatMap(details -> details.getFlagsChanged().stream())
                                .distinct()
                                .count()
                        == 50);
        assertThat(client.getBooleanValue("new-49", false)).isTrue();
    }
}
