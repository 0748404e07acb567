package dev.guidon.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What holds for Spring MVC and for WebFlux, each asked over HTTP. */
abstract class WebContract {

    @LocalServerPort
    private int port;

    @Autowired
    private FlagStore store;

    @Autowired
    private FeatureFlags live;

    @Autowired
    private CurrentFlags flags;

    private WebTestClient client;

    @BeforeEach
    void client() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/free", "/on", "/for-ada", "/one-page", "/while-off", "/beta", "/class", "/route"})
    @DisplayName("a handler is called while its gate is open for the one who asks")
    void open(String path) {
        as("ada", HttpMethod.GET, path)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/for-ada", "/one-page", "/class", "/route"})
    @DisplayName("and answers 404 to others, with problem details that do not name the flag")
    void closed(String path) {
        String body = as("bob", HttpMethod.GET, path)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body)
                .contains("\"status\":404")
                .contains("Not Found")
                .contains("\"instance\":\"" + path + "\"")
                .doesNotContain("flag", "checkout", "gate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/unknown", "/broken", "/text", "/api", "/subclass", "/class/off"})
    @DisplayName(
            "a gate is closed if its flag is unknown, malformed or of another type, stands on an interface or a superclass, or one of two is")
    void closedForAll(String path) {
        as("ada", HttpMethod.GET, path).expectStatus().isNotFound();
    }

    @Test
    @DisplayName("each gate can have a status of its own, also by an annotation of the application")
    void status() {
        as("ada", HttpMethod.GET, "/gone").expectStatus().isEqualTo(410);
        as("bob", HttpMethod.GET, "/beta").expectStatus().isForbidden();
        as("bob", HttpMethod.GET, "/route/gone").expectStatus().isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/service", "/route/service"})
    @DisplayName("a closed gate of a bean that a handler calls is answered like one of the handler")
    void service(String path) {
        as("ada", HttpMethod.GET, path).expectBody(String.class).isEqualTo("in");
        as("bob", HttpMethod.GET, path).expectStatus().isNotFound();
    }

    @Test
    @DisplayName("a gate of a bean that answers reactively is tried for the request, and is empty while it is closed")
    void reactiveService() {
        as("ada", HttpMethod.GET, "/service/later").expectBody(String.class).isEqualTo("in");
        as("bob", HttpMethod.GET, "/service/later").expectBody(String.class).isEqualTo("nothing");
    }

    @Test
    @DisplayName("gates of handlers are tried once: a controller has no proxy for them")
    void controllers(@Autowired GatedController controller, @Autowired GatedController.WholeClass whole) {
        assertThat(AopUtils.isAopProxy(controller)).isFalse();
        assertThat(AopUtils.isAopProxy(whole)).isFalse();
    }

    @Test
    @DisplayName("OpenFeature's client asks for the one whose request it is, unless the caller says otherwise")
    void openFeature() {
        as("ada", HttpMethod.GET, "/open-feature").expectBody(String.class).isEqualTo("true false true");
        as("bob", HttpMethod.GET, "/open-feature").expectBody(String.class).isEqualTo("false false false");
    }

    @Test
    @DisplayName("a handler may return the value of a flag, and what it gave, which are JSON")
    void json() {
        as("ada", HttpMethod.GET, "/layout").expectBody(String.class).isEqualTo("{\"columns\":3}");
        as("ada", HttpMethod.GET, "/layout/details")
                .expectBody(String.class)
                .value(body -> assertThat(body)
                        .contains("\"value\":{\"columns\":3}", "\"variant\":\"wide\"", "\"reason\":\"STATIC\""));
    }

    @Test
    @DisplayName("no method gets around a gate")
    void methods() {
        as("bob", HttpMethod.HEAD, "/for-ada").expectStatus().isNotFound();
        as("bob", HttpMethod.POST, "/for-ada").expectStatus().isNotFound();
        as("bob", HttpMethod.OPTIONS, "/off-for-all-methods").expectStatus().isNotFound();
        as("ada", HttpMethod.HEAD, "/for-ada").expectStatus().isOk();
        as("ada", HttpMethod.POST, "/for-ada").expectStatus().isOk();
    }

    @Test
    @DisplayName("a closed gate gives problem details, whatever a client accepts")
    void accept() {
        client.get()
                .uri("/for-ada")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/flip", "/flip/async"})
    @DisplayName("a request sees one revision, although a flag flips in the middle")
    void oneRevision(String path) throws InterruptedException {
        assertThat(live.await(FlagEditor.of(store, "test").set("flips", false), Duration.ofSeconds(30)))
                .isTrue();

        String seen = as("ada", HttpMethod.GET, path)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(seen).isEqualTo("false false, live true");
        assertThat(flags.isEnabled("flips")).isEqualTo(live.isEnabled("flips"));
    }

    @Test
    @DisplayName("of many requests at once, each sees its own user only, on whatever threads it goes on")
    void parallel() throws Exception {
        List<Callable<String>> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String user = "user-" + i;
            String path = List.of("/who", "/who/async", "/who/chain").get(i % 3);
            requests.add(() -> user + ": "
                    + as(user, HttpMethod.GET, path)
                            .expectBody(String.class)
                            .returnResult()
                            .getResponseBody());
        }

        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<String> answers = new ArrayList<>();
        for (Future<String> answer : threads.invokeAll(requests, 30, TimeUnit.SECONDS)) {
            answers.add(answer.get());
        }
        threads.shutdownNow();

        assertThat(answers).hasSize(300).allSatisfy(answer -> {
            String user = answer.substring(0, answer.indexOf(':'));
            assertThat(answer).isEqualTo(user + ": " + user + " " + user);
        });
    }

    @Test
    @DisplayName("who is not logged in has no targeting key, and a thread is left without a request")
    void nobody() {
        client.get().uri("/who").exchange().expectBody(String.class).isEqualTo("null null");

        assertThat(flags.context().targetingKey()).isNull();
    }

    final WebTestClient.ResponseSpec as(String user, HttpMethod method, String path) {
        return client.method(method)
                .uri(path)
                .headers(headers -> headers.setBasicAuth(user, "any"))
                .exchange();
    }

    final WebTestClient client(String user) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBasicAuth(user, "any"))
                .build();
    }
}
