package dev.guidon.spring.web;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagsInMemory;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import java.time.Duration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An application with WebFlux, on Netty, in which everybody may log in under any name. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    FlagsInMemory.class,
    GatedController.class,
    GatedController.WholeClass.class,
    GatedController.Service.class,
    GatedController.Calls.class,
    GatedController.Values.class,
    GatedController.Subclass.class,
    CatchAll.class,
    ReactiveApplication.AnyLogin.class,
    ReactiveApplication.OpenFeature.class,
    ReactiveApplication.Who.class
})
class ReactiveApplication {

    @Bean
    RouterFunction<ServerResponse> routes(ReactiveGates gates, GatedController.Service service) {
        return route().GET("/route/gone", request -> ServerResponse.ok().build())
                .filter(gates.require("off", 410))
                .build()
                .and(route().GET("/route", request -> ServerResponse.ok().bodyValue("in"))
                        .filter(gates.require("for-ada"))
                        .build())
                .and(route().GET(
                                "/route/service", request -> ServerResponse.ok().bodyValue(service.forAda()))
                        .build());
    }

    /** Lets everybody log in under any name, and everybody else in too. */
    @Configuration(proxyBeanMethods = false)
    static class AnyLogin {

        @Bean
        SecurityWebFilterChain everybody(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        @Bean
        ReactiveAuthenticationManager anyName() {
            return login -> Mono.just(UsernamePasswordAuthenticationToken.authenticated(
                    login.getName(), null, AuthorityUtils.NO_AUTHORITIES));
        }
    }

    @RestController
    static class OpenFeature {

        private final Client client;

        OpenFeature(Client client) {
            this.client = client;
        }

        @GetMapping("/open-feature")
        Mono<String> value() {
            return Mono.fromCallable(() -> client.getBooleanValue("for-ada", false) + " "
                            + client.getBooleanValue("for-ada", false, new ImmutableContext("bob")))
                    .publishOn(Schedulers.parallel())
                    .map(here -> here + " " + client.getBooleanValue("for-ada", false));
        }
    }

    @RestController
    static class Who {

        private final CurrentFlags flags;
        private final FeatureFlags live;
        private final FlagStore store;

        Who(CurrentFlags flags, FeatureFlags live, FlagStore store) {
            this.flags = flags;
            this.live = live;
            this.store = store;
        }

        @GetMapping("/who")
        String who(CurrentFlags own) {
            return own.context().targetingKey() + " " + own.context().targetingKey();
        }

        @GetMapping("/who/async")
        Mono<String> async() {
            return ReactiveFlags.current()
                    .delayElement(Duration.ofMillis(1))
                    .map(own ->
                            own.context().targetingKey() + " " + own.context().targetingKey());
        }

        @GetMapping("/who/chain")
        Mono<String> chain() {
            return Mono.fromCallable(() -> flags.context().targetingKey())
                    .publishOn(Schedulers.parallel())
                    .map(here -> here + " " + flags.context().targetingKey());
        }

        @GetMapping("/flip")
        Mono<String> flip(CurrentFlags own) {
            return Mono.fromCallable(() -> flip(own, own)).subscribeOn(Schedulers.boundedElastic());
        }

        @GetMapping("/flip/async")
        Mono<String> flipAsync() {
            return Mono.fromCallable(() -> flip(flags, flags)).subscribeOn(Schedulers.boundedElastic());
        }

        private String flip(CurrentFlags first, CurrentFlags second) throws InterruptedException {
            boolean before = first.isEnabled("flips");
            live.await(FlagEditor.of(store, "test").set("flips", true), Duration.ofSeconds(5));
            return before + " " + second.isEnabled("flips") + ", live " + live.isEnabled("flips");
        }
    }
}
