package dev.guidon.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.spring.FlagsInMemory;
import dev.guidon.store.FlagStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.reactive.server.WebTestClient;

@DisplayName("The endpoint")
class EndpointRequestTest {

    @Nested
    @DisplayName("on Spring MVC")
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.main.web-application-type=servlet",
                "management.endpoints.web.exposure.include=flags",
                "management.endpoint.flags.access=unrestricted",
                "spring.security.user.name=ada",
                "spring.security.user.password=secret"
            })
    class Servlet extends Contract {}

    @Nested
    @DisplayName("on WebFlux")
    @SpringBootTest(
            classes = Application.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.main.web-application-type=reactive",
                "management.endpoints.web.exposure.include=flags",
                "management.endpoint.flags.access=unrestricted",
                "spring.security.user.name=ada",
                "spring.security.user.password=secret"
            })
    class Reactive extends Contract {}

    /** What holds for both. */
    abstract static class Contract {

        @LocalServerPort
        private int port;

        @Autowired
        private FlagStore store;

        private WebTestClient client;
        private long revision;

        @BeforeEach
        void client() {
            client = WebTestClient.bindToServer()
                    .baseUrl("http://127.0.0.1:" + port + "/actuator/flags")
                    .defaultHeaders(headers -> headers.setBasicAuth("ada", "secret"))
                    .build();
            revision = store.load().revision().number();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {"enabled": false, "raeson": "INC-42"}         | raeson: unknown; allowed: enabled, reason
                {"enabled": false, "enabeld": true}            | enabeld: unknown
                {"enabled": false, "key": "off"}               | key: unknown
                {"enabled": "maybe"}                           | enabled: found maybe; allowed: a value of type boolean
                {"enabled": null}                              | enabled
                {"reason": "INC-42"}                           | enabled
                {}                                             | enabled
                """)
        @DisplayName("refuses a change with 400, says what is wrong, and changes nothing:")
        void refused(String body, String problem) {
            assertThat(post("/on", body)
                            .expectStatus()
                            .isBadRequest()
                            .expectBody(Switched.class)
                            .returnResult()
                            .getResponseBody())
                    .satisfies(answer -> assertThat(answer.problem()).contains(problem));
            assertThat(store.load().revision().number()).isEqualTo(revision);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{", "true", "{\"enabled\": {\"a\": 1}}", "\u0000", "{\"enabled\": false} x"})
        @DisplayName("changes nothing for a body that is no JSON object of plain values")
        void hostile(String body) {
            int status =
                    post("/on", body).expectBody().returnResult().getStatus().value();

            assertThat(status).isEqualTo(400);
            assertThat(store.load().revision().number()).isEqualTo(revision);
        }

        @Test
        @DisplayName("changes nothing for a body that is long or deep, or of another type, as an HTML form sends it")
        void hostileForm() {
            post("/on", "{\"enabled\": false, \"reason\": \"" + "r".repeat(1_000_000) + "\"}")
                    .expectStatus()
                    .is4xxClientError();
            post("/on", "{\"enabled\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}")
                    .expectStatus()
                    .is4xxClientError();
            client.post()
                    .uri("/on")
                    .contentType(MediaType.TEXT_PLAIN)
                    .bodyValue("{\"enabled\": false}")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(415);
            assertThat(store.load().revision().number()).isEqualTo(revision);
        }

        @ParameterizedTest
        @CsvSource({
            "/on?attributes=x, attributes: found x",
            "/on?targetKey=u-1, targetKey: unknown; allowed: targetingKey",
            "/on?key=off, key: unknown",
            "?tag=x, tag: unknown; allowed: nothing"
        })
        @DisplayName("refuses a question with 400, and says what is wrong:")
        void questions(String uri, String problem) {
            assertThat(client.get()
                            .uri(uri)
                            .exchange()
                            .expectStatus()
                            .isBadRequest()
                            .expectBody(Switched.class)
                            .returnResult()
                            .getResponseBody())
                    .satisfies(answer -> assertThat(answer.problem()).contains(problem));
        }

        @Test
        @DisplayName("takes what it knows")
        void fine() {
            post("/on", "{\"enabled\": true}").expectStatus().isOk();
            client.get().uri("/on?targetingKey=u-1").exchange().expectStatus().isOk();
            client.get().exchange().expectStatus().isOk();
        }

        private WebTestClient.ResponseSpec post(String path, String body) {
            return client.post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(body)
                    .exchange();
        }
    }

    record Switched(String problem) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(FlagsInMemory.class)
    static class Application {

        @Bean
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        SecurityFilterChain servlet(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
        SecurityWebFilterChain reactive(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }
}
