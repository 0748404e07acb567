package dev.guidon.spring.web;

import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FlagsInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webflux.error.DefaultErrorAttributes;
import org.springframework.boot.webflux.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Handlers and filters that fail, and what handles it: all ask for whom the request is. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({FlagsInMemory.class, ReactiveApplication.AnyLogin.class, ReactiveFailures.Failing.class})
class ReactiveFailures {

    private static final String REVISION = "revision seen by a filter";

    @RestController
    static class Failing {

        private final CurrentFlags flags;

        Failing(CurrentFlags flags) {
            this.flags = flags;
        }

        @GetMapping("/whole")
        String whole() {
            return String.valueOf(flags.context().targetingKey());
        }

        @GetMapping("/fail")
        Mono<String> fail() {
            throw new IllegalStateException("a teapot");
        }

        @GetMapping("/fail/later")
        Mono<String> later() {
            return Mono.delay(Duration.ofMillis(1)).then(Mono.error(new IllegalStateException("a teapot")));
        }

        @GetMapping("/fail/asked")
        Mono<String> asked() {
            flags.isEnabled("for-ada");
            throw new IllegalStateException("a teapot");
        }
    }

    @Bean
    @Order(-200)
    WebFilter before(CurrentFlags flags) {
        return (exchange, chain) -> filter("before", "X-Before", flags, exchange, chain);
    }

    @Bean
    @Order(0)
    WebFilter after(CurrentFlags flags) {
        return (exchange, chain) -> filter("after", "X-After", flags, exchange, chain);
    }

    private static Mono<Void> filter(
            String name, String header, CurrentFlags flags, ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getAttributes().putIfAbsent(REVISION, flags.revision());
        if (exchange.getRequest().getPath().value().equals("/fail/" + name)) {
            throw new IllegalStateException("a teapot");
        }
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().add(header, "bean " + whom(flags));
        return ReactiveFlags.current()
                .doOnNext(own -> response.getHeaders().add(header, "chain " + whom(own)))
                .doOnNext(own -> response.getHeaders().add(header, "exchange " + whom(ReactiveFlags.of(exchange))))
                .doOnNext(own -> response.beforeCommit(() -> Mono.fromRunnable(
                        () -> response.getHeaders().add(header, "answered " + whom(ReactiveFlags.of(exchange))))))
                .then(chain.filter(exchange));
    }

    @Bean
    ErrorAttributes attributes(CurrentFlags flags) {
        return new Help() {
            @Override
            public Map<String, Object> getErrorAttributes(ServerRequest request, ErrorAttributeOptions options) {
                Map<String, Object> attributes = super.getErrorAttributes(request, options);
                attributes.put("status", 503);
                attributes.put("answer", asked(flags, request.exchange()));
                return attributes;
            }
        };
    }

    /** As in docs/spring-usage.md. */
    private static class Help extends DefaultErrorAttributes {

        @Override
        public Map<String, Object> getErrorAttributes(ServerRequest request, ErrorAttributeOptions options) {
            Map<String, Object> attributes = super.getErrorAttributes(request, options);
            attributes.put("help", ReactiveFlags.of(request.exchange()).getStringValue("help-page", "/help"));
            return attributes;
        }
    }

    @Bean
    @Order(-2)
    WebExceptionHandler handler(CurrentFlags flags) {
        return (exchange, failure) -> isFor(exchange, "handler")
                ? ReactiveFlags.current()
                        .flatMap(own -> write(exchange, "handler: chain " + whom(own) + ", " + asked(flags, exchange)))
                : Mono.error(failure);
    }

    private static boolean isFor(ServerWebExchange exchange, String handler) {
        return handler.equals(exchange.getRequest().getHeaders().getFirst("X-Handled-By"));
    }

    private static Mono<Void> write(ServerWebExchange exchange, String answer) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(answer.getBytes(StandardCharsets.UTF_8))));
    }

    private static String asked(CurrentFlags bean, ServerWebExchange exchange) {
        CurrentFlags own = ReactiveFlags.of(exchange);
        boolean one = bean.revision().equals(exchange.getAttribute(REVISION)) && bean.view() == own.view();
        return "bean " + whom(bean) + ", exchange " + whom(own) + ", one revision " + one;
    }

    private static String whom(CurrentFlags flags) {
        return flags.context().targetingKey() + " " + flags.isEnabled("for-acme");
    }
}
