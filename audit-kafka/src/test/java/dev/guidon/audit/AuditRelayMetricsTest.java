package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagEditor;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The meters of a relay tell")
@Timeout(120)
class AuditRelayMetricsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FlagStore store =
            InMemoryFlagStore.builder().namespace("production").build();
    private final String topic = Kafka.name("metrics");

    @Test
    @DisplayName("its state, what it has published, and that nothing is missing")
    void well() {
        try (AuditRelay relay = measured(Kafka.broker().clientProperties())) {
            FlagEditor.of(store, "ann").set("a", true);

            await().atMost(LONG)
                    .until(() -> registry.get("guidon.audit.published")
                                    .tags("guidon.namespace", "production", "topic", topic)
                                    .functionCounter()
                                    .count()
                            == 1);
            await().atMost(Kafka.PATIENCE).until(() -> gauge("guidon.audit.lag").value() == 0);
            assertThat(gauge("guidon.audit.revision").value()).isEqualTo(1);
            assertThat(gauge("guidon.audit.problem").value()).isZero();
            assertThat(relay.status().problem()).isNull();
            assertThat(registry.get("guidon.audit.state")
                            .tag("state", "active")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("guidon.audit.state").gauges())
                    .hasSize(4)
                    .satisfies(states -> assertThat(
                                    states.stream().mapToDouble(Gauge::value).sum())
                            .isEqualTo(1));
        }
    }

    @Test
    @DisplayName("while Kafka cannot be reached, that something is wrong, how often, and how much is missing")
    void unwell() {
        FlagEditor.of(store, "ann").set("a", true);
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 1_000, "request.timeout.ms", 500);
        try (AuditRelay relay = measured(nowhere)) {
            await().atMost(LONG).until(() -> relay.status().problem() != null);

            assertThat(gauge("guidon.audit.problem").value()).isEqualTo(1);
            assertThat(registry.get("guidon.audit.failures").functionCounter().count())
                    .isPositive();
            assertThat(gauge("guidon.audit.lag").value()).isEqualTo(1);
            assertThat(gauge("guidon.audit.revision").value()).isNaN();
        }
    }

    private Gauge gauge(String name) {
        return registry.get(name)
                .tags("guidon.namespace", "production", "topic", topic)
                .gauge();
    }

    private AuditRelay measured(Map<String, Object> kafka) {
        AuditRelay relay = AuditRelay.builder(store)
                .topic(AuditTopic.named(topic))
                .kafka(kafka)
                .start();
        new AuditRelayMetrics(relay).bindTo(registry);
        return relay;
    }
}
