package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.guidon.definition.Flag;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A registry that pushes to OpenTelemetry")
class OtlpTest {

    @Test
    @DisplayName("sends evaluations with their tags, and the rest")
    void pushes() throws IOException {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        Map<String, String> settings = Map.of(
                "otlp.url", "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics", "otlp.step", "1h");
        try (Meters meters = Meters.of(Flag.bool("new-checkout", true))) {
            OtlpMeterRegistry registry = new OtlpMeterRegistry(settings::get, Clock.SYSTEM);
            meters.metrics.bindTo(registry);
            meters.flags.isEnabled("new-checkout");

            registry.close();

            await().until(() -> !received.isEmpty());
            assertThat(String.join("", received))
                    .contains("guidon.evaluations", "guidon.namespace", "new-checkout", "static")
                    .contains("guidon.flag.last.evaluation.timestamp")
                    .contains("guidon.revision", "guidon.propagation", "guidon.client.staleness");
        } finally {
            collector.stop(0);
        }
    }
}
