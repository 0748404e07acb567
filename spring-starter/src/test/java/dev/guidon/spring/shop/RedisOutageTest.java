package dev.guidon.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;

@DisplayName("While the Redis of a service connection is killed, an application with WebFlux")
@SpringBootTest(
        classes = RedisOutageTest.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "management.endpoints.web.exposure.include=flags,health",
            "management.endpoint.flags.access=unrestricted",
            "management.endpoint.health.show-details=always",
            "management.health.redis.enabled=false",
            "guidon.redis.timeout=1s",
            "spring.security.user.name=ada",
            "spring.security.user.password=secret"
        })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@DirtiesContext
class RedisOutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ADA =
            "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));

    private final FeatureFlags flags;
    private final FlagStore store;
    private final RedisServer redis;

    @LocalServerPort
    private int port;

    RedisOutageTest(FeatureFlags flags, FlagStore store, RedisProcess redis) {
        this.flags = flags;
        this.store = store;
        this.redis = redis.server();
    }

    @Test
    @DisplayName("answers as before, stays healthy, refuses changes with 503, and goes on when Redis is back")
    void outage() throws Exception {
        Revision written = FlagEditor.of(store, "grace").set("dark-mode", true);
        assertThat(flags.await(written, LIMIT)).isTrue();

        redis.kill();

        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(get("/actuator/health")).contains("\"guidon\":{", "\"state\":\"STALE\""));
        HttpResponse<String> health = send(HttpRequest.newBuilder(uri("/actuator/health")));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(flags.isEnabled("dark-mode")).isTrue();
        assertThat(get("/actuator/flags")).contains("\"dark-mode\":{", "\"state\":\"STALE\"", "\"available\":false");
        assertThat(disable(ADA).statusCode()).isEqualTo(503);

        redis.restart();

        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(get("/actuator/health")).contains("\"state\":\"READY\""));
        assertThat(disable(ADA).statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(flags.isEnabled("dark-mode")).isFalse());
    }

    @Test
    @DisplayName("takes no change of somebody who is not logged in")
    void anonymous() throws Exception {
        HttpResponse<String> refused = disable(null);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("a change needs an actor");
    }

    private HttpResponse<String> disable(String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/actuator/flags/dark-mode"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"enabled\": false}"));
        return send(authorization == null ? request : request.header("Authorization", authorization));
    }

    private String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))).body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        @ServiceConnection("redis")
        RedisProcess redis() {
            return new RedisProcess();
        }

        @Bean
        SecurityWebFilterChain everybodyMayLook(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }
}
