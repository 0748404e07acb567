package dev.guidon.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@DisplayName("Two instances of the shop, with Redis and Kafka,")
@Timeout(180)
class FullTest {

    @Test
    @DisplayName("both change when a flag is flipped at one, and show the record of it in the audit topic")
    void push() throws Exception {
        Servers servers = new Servers();
        int port1 = Ports.free(28280);
        int port2 = Ports.free(port1 + 1);
        Map<String, Object> ports = Map.of("quickstart.first-port", port1, "quickstart.second-port", port2);
        try (RunningShop first = RunningShop.start(port1, servers, ports, "--spring.profiles.active=full");
                RunningShop second = RunningShop.start(port2, servers, ports, "--spring.profiles.active=full")) {
            BlockingQueue<String> events = second.events();
            assertThat(second.page("ada", "DE", "guest").at("/orders").booleanValue())
                    .isTrue();

            first.edit("orders", "\"enabled\": false");

            await().until(() -> !second.page("ada", "DE", "guest").at("/orders").booleanValue());
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> String.join("\n", events),
                            text -> text.contains("event:audit")
                                    && text.contains("\"type\":\"DISABLED\"")
                                    && text.contains("\"actor\":\"ada\""));
            JsonNode record = first.get("/api/audit").at("/0");
            assertThat(record.at("/flag").stringValue()).isEqualTo("orders");
            assertThat(record.at("/reason").stringValue()).isEqualTo("a test");
            JsonNode about = first.get("/api/about");
            assertThat(about.at("/store").stringValue()).isEqualTo("RedisFlagStore");
            assertThat(about.at("/instances/1").stringValue()).isEqualTo(second.url());
        }
    }
}
