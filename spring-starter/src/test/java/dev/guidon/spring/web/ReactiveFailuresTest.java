package dev.guidon.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@DisplayName("In WebFlux")
@SpringBootTest(
        classes = ReactiveFailures.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "guidon.context.principal.enabled=true",
            "guidon.context.tenant.header=X-Tenant",
            "spring.reactor.context-propagation=auto"
        })
class ReactiveFailuresTest {

    @LocalServerPort
    private int port;

    private WebTestClient client;

    @BeforeEach
    void client() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeaders(headers -> headers.setBasicAuth("ada", "any"))
                .defaultHeader("X-Tenant", "acme")
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fail", "/fail/later", "/fail/asked", "/fail/after", "/not/there"})
    @DisplayName("error handling asks for whom the request was, and at its revision, wherever the request failed")
    void errors(String path) {
        assertThat(answer(path, "attributes"))
                .contains("bean ada true, exchange ada true, one revision true")
                .contains("\"help\":\"/help\"");
        assertThat(answer(path, "handler"))
                .isEqualTo("handler: chain ada true, bean ada true, exchange ada true, one revision true");
    }

    @Test
    @DisplayName(
            "a request that failed before it was known who is logged in was nobody's, with all else that is known of it")
    void errorsBefore() {
        String path = "/fail/before";

        assertThat(answer(path, "attributes")).contains("bean null true, exchange null true, one revision true");
        assertThat(answer(path, "handler"))
                .isEqualTo("handler: chain null true, bean null true, exchange null true, one revision true");
    }

    @Test
    @DisplayName("filters after Guidon's ask for whom the request is, before the handler and after it")
    void filtersAfter() {
        client.get()
                .uri("/whole")
                .exchange()
                .expectHeader()
                .valueEquals("X-After", "bean ada true", "chain ada true", "exchange ada true", "answered ada true");
    }

    @Test
    @DisplayName(
            "filters before it ask for nobody, which does not make the request nobody's; on the way back they know whose it is")
    void filtersBefore() {
        client.get()
                .uri("/whole")
                .exchange()
                .expectHeader()
                .valueEquals(
                        "X-Before", "bean null false", "chain null false", "exchange null false", "answered ada true")
                .expectBody(String.class)
                .isEqualTo("ada");
    }

    private String answer(String path, String handler) {
        return client.get()
                .uri(path)
                .accept(MediaType.APPLICATION_JSON)
                .header("X-Handled-By", handler)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
