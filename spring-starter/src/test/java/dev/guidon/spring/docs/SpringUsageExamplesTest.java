package dev.guidon.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.json.FlagFormat;
import dev.guidon.spring.ClosedGateException;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.EvaluationContextContributor;
import dev.guidon.spring.FeatureGate;
import dev.guidon.spring.FlagKey;
import dev.guidon.spring.FlagSet;
import dev.guidon.spring.web.ReactiveFlags;
import dev.guidon.spring.web.ServletGates;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;

/** The examples of docs/spring-usage.md, run. */
@SpringBootTest(
        classes = SpringUsageExamplesTest.Application.class,
        properties = "spring.main.web-application-type=servlet")
@AutoConfigureMockMvc
class SpringUsageExamplesTest {

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private CurrentFlags flags;

    @Autowired
    private Shipping shipping;

    @Autowired
    private Jobs jobs;

    @Test
    @DisplayName("flags of a request, gates, typed flags and contributors do what the page says")
    void web() {
        assertThat(mvc.get().uri("/banner").header("X-Plan", "pro")).hasBodyTextEqualTo("for professionals");
        assertThat(mvc.get().uri("/banner")).hasBodyTextEqualTo("none");
        assertThat(mvc.get().uri("/search?q=hat").header("X-Plan", "pro")).hasBodyTextEqualTo("[\"hat\"]");
        assertThat(mvc.get().uri("/search?q=hat")).hasStatus(404).hasBodyTextEqualTo("nothing to see here");
        assertThat(mvc.get().uri("/tax")).hasBodyTextEqualTo("old, 25 MB, CLASSIC");
        assertThat(mvc.get().uri("/reports").header("X-Plan", "pro")).hasBodyTextEqualTo("reports");
        assertThat(mvc.get().uri("/reports")).hasStatus(404);
        assertThat(mvc.get().uri("/beta")).hasStatus(403);
    }

    @Test
    @DisplayName("a job is for whom it says")
    void job() {
        assertThat(shipping.ship(new Parcel("ada"))).isEqualTo("express");
        assertThat(shipping.ship(new Parcel("bob"))).isEqualTo("standard");
        assertThat(flags.context().targetingKey()).isNull();
    }

    @Test
    @DisplayName("gates of beans skip a job, and call a fallback")
    void beans() {
        jobs.cleanUp();

        assertThat(jobs.cleanups()).isZero();
        assertThat(jobs.price("hat")).isEqualByComparingTo("12.00");
    }

    @Test
    @DisplayName("a reactive chain has no flags outside a request")
    void reactive() {
        assertThat(new Reactive().banner().blockOptional()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Shop.class, Search.class, Checkout.class, Beta.class, Shipping.class, Jobs.class, ClosedGates.class})
    static class Application {

        @Bean
        FlagStore store() {
            return InMemoryFlagStore.builder()
                    .definitions(FlagFormat.parseYaml("""
                            flags:
                              new-search:
                                enabled: true
                                rules: [{when: {attribute: plan, equals: pro}, serve: "on"}]
                                fallthrough: "off"
                              reports:
                                enabled: true
                                rules: [{when: {attribute: plan, equals: pro}, serve: "on"}]
                                fallthrough: "off"
                              banner:
                                type: string
                                enabled: true
                                variants: {pro: for professionals}
                                rules: [{when: {attribute: plan, equals: pro}, serve: pro}]
                              express:
                                enabled: true
                                rules: [{when: {attribute: $key, in: [ada]}, serve: "on"}]
                                fallthrough: "off"
                            """))
                    .build();
        }

        @Bean
        SecurityFilterChain everybody(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }

        @Bean
        @Order(1)
        EvaluationContextContributor plan() {
            return request -> EvaluationContext.builder(null)
                    .set("plan", request.header("X-Plan"))
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> reports(ServletGates gates) {
            return route().GET("/reports", this::reports)
                    .filter(gates.require("reports"))
                    .build();
        }

        @Bean
        TaskDecorator contextPropagation() {
            return new ContextPropagatingTaskDecorator();
        }

        private ServerResponse reports(ServerRequest request) {
            return ServerResponse.ok().body("reports");
        }
    }

    @RestController
    static class Shop {

        private final CurrentFlags flags;

        Shop(CurrentFlags flags) {
            this.flags = flags;
        }

        @GetMapping("/banner")
        String banner() {
            return flags.getStringValue("banner", "none");
        }
    }

    @RestController
    static class Search {

        @FeatureGate("new-search")
        @GetMapping("/search")
        List<String> search(@RequestParam String q) {
            return List.of(q);
        }
    }

    static class Jobs {

        private int cleanups;

        int cleanups() {
            return cleanups;
        }

        @FeatureGate("nightly-cleanup")
        @Scheduled(cron = "0 0 3 * * *")
        void cleanUp() {
            cleanups++;
        }

        @FeatureGate(value = "new-prices", fallback = "listPrice")
        BigDecimal price(String article) {
            return new BigDecimal("9.90");
        }

        BigDecimal listPrice(String article) {
            return new BigDecimal("12.00");
        }
    }

    @FeatureGate(value = "beta", status = 403)
    @Retention(RetentionPolicy.RUNTIME)
    @interface BetaOnly {}

    @RestController
    @BetaOnly
    static class Beta {

        @GetMapping("/beta")
        String beta() {
            return "in";
        }
    }

    @RestControllerAdvice
    @Order(-1)
    static class ClosedGates {

        @ExceptionHandler
        ResponseEntity<String> closed(ClosedGateException closed) {
            return ResponseEntity.status(closed.status()).body("nothing to see here");
        }
    }

    /** The variants of the flag "checkout-page". */
    enum Page {
        CLASSIC,
        ONE_PAGE
    }

    @FlagSet
    interface CheckoutFlags {

        @FlagKey("new-tax")
        boolean newTax();

        @FlagKey("upload-limit")
        default int uploadLimit() {
            return 25;
        }

        @FlagKey("checkout-page")
        default Page page() {
            return Page.CLASSIC;
        }

        @FlagKey("express")
        boolean express(EvaluationContext customer);
    }

    @RestController
    static class Checkout {

        private final CheckoutFlags flags;

        Checkout(CheckoutFlags flags) {
            this.flags = flags;
        }

        @GetMapping("/tax")
        String tax() {
            return (flags.newTax() ? "new, " : "old, ") + flags.uploadLimit() + " MB, " + flags.page();
        }
    }

    /** What is shipped to a customer. */
    record Parcel(String customer) {}

    static class Shipping {

        private final CurrentFlags flags;

        Shipping(CurrentFlags flags) {
            this.flags = flags;
        }

        @SuppressWarnings("try") // what ends the work need not be used
        String ship(Parcel parcel) {
            try (var work = flags.enter(EvaluationContext.of(parcel.customer()))) {
                return flags.isEnabled("express") ? "express" : "standard";
            }
        }
    }

    static class Reactive {

        Mono<String> banner() {
            return ReactiveFlags.current().map(flags -> flags.getStringValue("banner", "none"));
        }
    }
}
