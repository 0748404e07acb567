package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When the network to Kafka is slow, commits go on and a relay")
@Timeout(240)
class SlowNetworkTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    private final String topic = Kafka.name("slow");

    @Test
    @DisplayName("publishes all of it once, though every answer takes a quarter of a second and connections are cut")
    void delayed() {
        AtomicReference<TcpProxy> network = new AtomicReference<>();
        try (InMemoryFlagStore store = InMemoryFlagStore.builder()
                        .namespace(topic)
                        .logLength(50_000)
                        .build();
                KafkaBroker broker = KafkaBroker.startBehind(port -> behind(network, port));
                TcpProxy proxy = network.get()) {
            Editor editor = new Editor(store);
            Map<String, Object> client = broker.clientProperties();
            try (AuditRelay relay = start(store, client)) {
                editor.commit(10);
                FoundTrail.awaitAll(store, relay);

                proxy.delay(Duration.ofMillis(250));
                for (int i = 0; i < 2; i++) {
                    long before = relay.status().published();
                    editor.commit(100);
                    await().atMost(LONG).until(() -> relay.status().published() > before);
                    proxy.cut();
                }
                FoundTrail.awaitAll(store, relay);
                proxy.delay(Duration.ZERO);
                editor.commit(10);

                FoundTrail.awaitAll(store, relay);
                await().atMost(LONG).until(() -> relay.status().problem() == null);
                assertThat(relay.status().lag()).isZero();
            }
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    private static TcpProxy behind(AtomicReference<TcpProxy> network, int port) {
        TcpProxy proxy = TcpProxy.to("127.0.0.1", port);
        network.set(proxy);
        return proxy;
    }

    private AuditRelay start(InMemoryFlagStore store, Map<String, Object> client) {
        return AuditRelay.builder(store)
                .topic(AuditTopic.named(topic))
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}
