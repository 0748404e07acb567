package dev.guidon.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.fixtures.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

@DisplayName("An application whose Redis only its flags use")
@ExtendWith(OutputCaptureExtension.class)
class RedisHealthTest {

    private static final String NOTICE = "only its flags seem to use it";

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    @DisplayName("is warned that it is taken out of rotation by that Redis, which is true, but not of its readiness")
    void warned(WebApplicationType type, CapturedOutput output) throws Exception {
        try (RedisServer redis = RedisServer.start();
                ConfigurableApplicationContext shop = start(type, Shop.class, redis.host(), redis.port())) {
            assertThat(output).containsOnlyOnce(NOTICE).contains("management.health.redis.enabled=false");
            assertThat(status(shop, "/actuator/health")).isEqualTo(200);

            redis.kill();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(status(shop, "/actuator/health")).isEqualTo(503));
            assertThat(status(shop, "/actuator/health/readiness")).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("is in rotation and not warned with what the warning says")
    void leftOut(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext shop = start(
                WebApplicationType.SERVLET, Shop.class, "127.0.0.1", 1, "--management.health.redis.enabled=false")) {
            assertThat(shop.getBean(FeatureFlags.class).status().problem()).isNotNull();
            assertThat(status(shop, "/actuator/health")).isEqualTo(200);
            assertThat(output).doesNotContain(NOTICE);
        }
    }

    @Test
    @DisplayName("is not warned if it uses Redis itself, or if the flags have a Redis of their own")
    void used(CapturedOutput output) {
        start(WebApplicationType.NONE, UsesRedis.class, "127.0.0.1", 1).close();
        start(WebApplicationType.NONE, Shop.class, "127.0.0.1", 1, "--guidon.redis.uri=redis://127.0.0.1:1")
                .close();

        assertThat(output).doesNotContain(NOTICE);
    }

    private static ConfigurableApplicationContext start(
            WebApplicationType type, Class<?> application, String host, int port, String... more) {
        return new SpringApplicationBuilder(application)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.data.redis.host=" + host,
                        "spring.data.redis.port=" + port,
                        "spring.data.redis.timeout=1s")
                .run(more);
    }

    private static int status(ConfigurableApplicationContext shop, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    static class UsesRedis extends Shop {

        @Bean
        Runnable job(StringRedisTemplate redis) {
            return () -> redis.opsForValue().get("a");
        }
    }
}
