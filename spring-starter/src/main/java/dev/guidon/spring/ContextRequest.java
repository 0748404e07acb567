package dev.guidon.spring;

import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What contributors can know of an HTTP request, whether it is served by servlets or reactively. Reads when it is asked. */
public interface ContextRequest {

    /** {@return who has been authenticated; null for nobody} */
    @Nullable
    Principal principal();

    /** {@return the locale that the application has resolved; null if there is none} */
    @Nullable
    Locale locale();

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value; null if it is missing
     */
    @Nullable
    String header(String name);

    /**
     * The request itself.
     *
     * @param type {@code HttpServletRequest} or {@code ServerWebExchange}
     * @param <T> that type
     * @return the request, if it is of that type
     */
    <T> Optional<T> as(Class<T> type);
}
