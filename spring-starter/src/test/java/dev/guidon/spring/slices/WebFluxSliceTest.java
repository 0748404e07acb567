package dev.guidon.spring.slices;

import dev.guidon.testkit.WithFlag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.web.reactive.server.WebTestClient;

@DisplayName("In a @WebFluxTest")
@WebFluxTest(
        // where the application has its flags; security is not what is tested
        properties = {
            "guidon.store=redis",
            "guidon.redis.uri=redis://127.0.0.1:1",
            "guidon.flag-sets.check=fail",
            "spring.main.web-application-type=reactive"
        },
        excludeAutoConfiguration = ReactiveWebSecurityAutoConfiguration.class)
class WebFluxSliceTest {

    @Autowired
    private WebTestClient web;

    @Test
    @DisplayName("gates are there, and flags in memory, of which none is defined")
    void gates() {
        web.get().uri("/search").exchange().expectStatus().isNotFound();
    }

    @Test
    @DisplayName("@WithFlag sets flags of all types")
    @WithFlag(key = "new-search")
    @WithFlag(key = "limit", value = "7")
    @WithFlag(key = "banner", value = "welcome")
    void withFlag() {
        web.get()
                .uri("/search")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("CLASSIC 7 welcome");
    }
}
