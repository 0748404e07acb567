package dev.guidon.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.FlagChangeDeserializer;
import dev.guidon.audit.FlagChangeEvent;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.annotation.DirtiesContext;

@DisplayName("With a real Redis and a real Kafka")
@SpringBootTest(
        classes = RealServers.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "guidon.namespace=shop",
            "guidon.audit.enabled=true",
            "management.endpoints.web.exposure.include=flags,health",
            "management.endpoint.flags.access=unrestricted",
            "management.endpoint.health.show-details=always",
            "spring.security.user.name=ada",
            "spring.security.user.password=secret"
        })
@DirtiesContext
class RealServersTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Autowired
    private FeatureFlags flags;

    @Autowired
    private FlagStore store;

    @Autowired
    private RedisFlagStore redis;

    @Autowired
    private AuditRelay relay;

    @Autowired
    private KafkaBroker broker;

    @Autowired
    private Environment environment;

    @BeforeEach
    void shopFlags() throws IOException, InterruptedException {
        List<Definition> definitions = new ArrayList<>();
        FlagFormat.parseYaml(new ClassPathResource("shop-flags.yaml").getContentAsString(StandardCharsets.UTF_8))
                .flags()
                .values()
                .forEach(flag -> definitions.add(flag.definition()));
        Revision written = FlagEditor.of(store, "grace").batch(changes -> definitions.forEach(changes::put));
        assertThat(flags.await(written, LIMIT)).isTrue();
    }

    @Test
    @DisplayName("a change reaches the flags and the audit trail")
    void change() throws InterruptedException {
        Revision written = FlagEditor.of(store, "grace").set("free-shipping", true);

        assertThat(flags.await(written, LIMIT)).isTrue();
        assertThat(flags.isEnabled("free-shipping")).isTrue();
        assertThat(redis.load().revision()).isEqualTo(written);
        assertThat(published(written))
                .anySatisfy(event -> assertThat(event.toString()).contains("free-shipping", "grace"));
    }

    @Test
    @DisplayName("the endpoint lists, shows and explains over HTTP")
    void endpoint() throws IOException, InterruptedException {
        HttpResponse<String> list = get("/actuator/flags");
        HttpResponse<String> one = get("/actuator/flags/new/checkout");
        HttpResponse<String> explained = get("/actuator/flags/new/checkout?targetingKey=u-1&attributes="
                + URLEncoder.encode("{\"email\": \"ada@example.com\"}", StandardCharsets.UTF_8));

        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body())
                .contains(
                        "\"namespace\":\"shop\"",
                        "\"state\":\"READY\"",
                        "\"available\":true",
                        "\"relay\":{\"state\":",
                        "\"new/checkout\":{");
        assertThat(one.body())
                .contains("\"key\":\"new/checkout\"", "\"redacted\":true")
                .doesNotContain("example.com");
        assertThat(explained.body()).contains("\"reason\":\"TARGETING_MATCH\"", "(sensitive)");
        assertThat(get("/actuator/flags/nope").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/flags/dark-mode?attributes=x").statusCode()).isEqualTo(400);
        System.out.println("Answers:\n" + list.body() + "\n" + one.body() + "\n" + explained.body());
    }

    @Test
    @DisplayName("the endpoint changes a flag for somebody who is logged in, and for nobody else")
    void write() throws IOException, InterruptedException {
        String body = "{\"enabled\": false, \"reason\": \"INC-42\"}";

        HttpResponse<String> refused = send(request("/actuator/flags/dark-mode", body));
        HttpResponse<String> done = send(request("/actuator/flags/dark-mode", body)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8))));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("a change needs an actor");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("\"key\":\"dark-mode\",\"enabled\":false,\"actor\":\"ada\"");
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(flags.isEnabled("dark-mode")).isFalse());
        System.out.println("Answers:\n" + refused.body() + "\n" + done.body());
    }

    @Test
    @DisplayName("the flags are a part of the application's health")
    void health() throws IOException, InterruptedException {
        HttpResponse<String> health = get("/actuator/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"guidon\":{", "\"namespace\":\"shop\"", "\"state\":\"READY\"");
    }

    /** The records of the trail as soon as it has reached a revision. */
    private List<FlagChangeEvent> published(Revision revision) {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            Revision position = relay.status().position();
            assertThat(position == null ? 0 : position.number())
                    .as("%s", relay.status())
                    .isGreaterThanOrEqualTo(revision.number());
        });
        Map<String, Object> settings = new HashMap<>(broker.clientProperties());
        settings.put("isolation.level", "read_committed");
        List<FlagChangeEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], FlagChangeEvent> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new FlagChangeDeserializer())) {
            TopicPartition partition = new TopicPartition("guidon-audit", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> events.add(record.value()));
            }
        }
        return events;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path);
    }
}
