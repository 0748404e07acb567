package dev.guidon.spring.web;

import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagScope;
import dev.guidon.spring.FlagsInMemory;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import io.micrometer.context.ContextSnapshotFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An application with Spring MVC, on Tomcat, in which everybody may log in under any name. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@Import({
    FlagsInMemory.class,
    GatedController.class,
    GatedController.WholeClass.class,
    GatedController.Service.class,
    GatedController.Calls.class,
    GatedController.Values.class,
    GatedController.Subclass.class,
    CatchAll.class,
    ServletApplication.OpenFeature.class,
    ServletApplication.Who.class,
    ServletApplication.ErrorPage.class,
    ServletApplication.Elsewhere.class,
    ServletApplication.Forwards.class
})
class ServletApplication {

    /** What was bound to a thread before any filter had its turn. */
    static final Queue<FlagScope> LEFT_BEHIND = new ConcurrentLinkedQueue<>();

    @Bean
    SecurityFilterChain everybody(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .build();
    }

    @Bean
    AuthenticationManager anyName() {
        return login ->
                UsernamePasswordAuthenticationToken.authenticated(login.getName(), null, AuthorityUtils.NO_AUTHORITIES);
    }

    @Bean
    TaskDecorator propagation() {
        return new ContextPropagatingTaskDecorator();
    }

    @Bean
    FilterRegistrationBean<Filter> leakDetector() {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            FlagScope left = FlagScope.current();
            if (left != null && request.getDispatcherType() == DispatcherType.REQUEST) {
                LEFT_BEHIND.add(left);
            }
            chain.doFilter(request, response);
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Between Spring Security's and Guidon's. */
    @Bean
    FilterRegistrationBean<Filter> failsBetween(CurrentFlags flags) {
        return failing("/fail/between", -75, flags);
    }

    @Bean
    FilterRegistrationBean<Filter> failsAfter(CurrentFlags flags) {
        return failing("/fail/after", 0, flags);
    }

    private static FilterRegistrationBean<Filter> failing(String path, int order, CurrentFlags flags) {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            flags.isEnabled("for-ada");
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                ((HttpServletResponse) response).sendError(503);
            } else {
                chain.doFilter(request, response);
            }
        });
        registration.setOrder(order);
        registration.addUrlPatterns(path);
        return registration;
    }

    @Bean
    RouterFunction<ServerResponse> routes(ServletGates gates, GatedController.Service service) {
        return route().path(
                        "/route",
                        builder -> builder.GET(
                                        "/gone", request -> ServerResponse.ok().build())
                                .filter(gates.require("off", 410)))
                .build()
                .and(route().GET("/route", request -> ServerResponse.ok().body("in"))
                        .filter(gates.require("for-ada"))
                        .build())
                .and(route().GET(
                                "/route/service", request -> ServerResponse.ok().body(service.forAda()))
                        .build());
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
        private final Elsewhere elsewhere;

        Who(CurrentFlags flags, FeatureFlags live, FlagStore store, Elsewhere elsewhere) {
            this.flags = flags;
            this.live = live;
            this.store = store;
            this.elsewhere = elsewhere;
        }

        @GetMapping("/who")
        String who() {
            return flags.context().targetingKey() + " " + flags.context().targetingKey();
        }

        @GetMapping("/who/async")
        CompletableFuture<String> async() {
            return elsewhere.who().thenApply(there -> there + " " + there);
        }

        @GetMapping("/who/chain")
        Mono<String> chain() {
            return Mono.fromCallable(() -> flags.context().targetingKey())
                    .publishOn(Schedulers.parallel())
                    .map(here -> here + " " + flags.context().targetingKey());
        }

        @GetMapping("/who/callable")
        Callable<String> callable() {
            return () ->
                    Thread.currentThread().getName() + " " + flags.context().targetingKey();
        }

        @GetMapping("/who/virtual")
        String virtual() throws Exception {
            // reflection, since this is compiled for a JDK without virtual threads
            Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
            CompletableFuture<String> there = new CompletableFuture<>();
            Runnable ask = () -> there.complete(String.valueOf(flags.context().targetingKey()));
            start.invoke(
                    null, ContextSnapshotFactory.builder().build().captureAll().wrap(ask));
            return there.get();
        }

        @GetMapping("/flip")
        String flip() throws InterruptedException {
            boolean before = flags.isEnabled("flips");
            live.await(FlagEditor.of(store, "test").set("flips", true), Duration.ofSeconds(5));
            return before + " " + flags.isEnabled("flips") + ", live " + live.isEnabled("flips");
        }

        @GetMapping("/flip/async")
        Callable<String> flipAsync() {
            return this::flip;
        }

        @GetMapping("/fail")
        void fail(HttpServletResponse response) throws IOException {
            response.sendError(503);
        }

        @GetMapping("/fail/handler")
        String failHere() throws IOException {
            throw new EOFException();
        }

        @GetMapping("/fail/callable")
        Callable<String> failThere() {
            return this::failHere;
        }

        @GetMapping("/fail/deferred")
        DeferredResult<String> failLater() {
            DeferredResult<String> result = new DeferredResult<>();
            Thread there = new Thread(() -> result.setErrorResult(new EOFException()));
            there.start();
            return result;
        }

        @GetMapping("/fail/timeout")
        DeferredResult<String> neverAnswers() {
            return new DeferredResult<>(1L);
        }

        @ExceptionHandler({EOFException.class, AsyncRequestTimeoutException.class})
        @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
        String failed(HttpServletRequest request) {
            return request.getDispatcherType() + " for " + flags.context().targetingKey();
        }
    }

    @RestController
    static class ErrorPage implements ErrorController {

        private final CurrentFlags flags;

        ErrorPage(CurrentFlags flags) {
            this.flags = flags;
        }

        @RequestMapping("/error")
        String error(HttpServletRequest request) {
            return request.getDispatcherType() + " for " + flags.context().targetingKey();
        }
    }

    /** Does things on other threads. */
    static class Elsewhere {

        private final CurrentFlags flags;

        Elsewhere(CurrentFlags flags) {
            this.flags = flags;
        }

        @Async
        CompletableFuture<String> who() {
            return CompletableFuture.completedFuture(
                    String.valueOf(flags.context().targetingKey()));
        }
    }

    @Controller
    static class Forwards {

        @GetMapping("/forward")
        String forward() {
            return "forward:/for-ada";
        }
    }
}
