package dev.guidon.spring.web;

import dev.guidon.spring.ContextRequest;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

record ReactiveContextRequest(
        ServerWebExchange exchange, @Nullable Principal principal) implements ContextRequest {

    @Override
    public @Nullable Locale locale() {
        return exchange.getLocaleContext().getLocale();
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequest().getHeaders().getFirst(name);
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return type.isInstance(exchange) ? Optional.of(type.cast(exchange)) : Optional.empty();
    }
}
