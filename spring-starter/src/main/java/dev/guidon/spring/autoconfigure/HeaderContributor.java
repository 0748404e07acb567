package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.Shown;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Adds the headers that are allowed, and no others. */
final class HeaderContributor implements EvaluationContextContributor {

    /** They are secrets, and a context can be seen by whoever may ask why a flag is on. */
    private static final Set<String> SECRET = Set.of("authorization", "cookie", "proxy-authorization");

    private final Map<String, String> headers;

    HeaderContributor(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
        this.headers.forEach((attribute, header) -> {
            if (SECRET.contains(header.toLowerCase(Locale.ROOT))) {
                throw new MisconfiguredException(
                        "guidon.context.headers." + Shown.part(attribute),
                        Shown.part(header),
                        "headers without credentials");
            }
        });
    }

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        if (headers.isEmpty()) {
            return EvaluationContext.EMPTY;
        }
        EvaluationContext.Builder context = EvaluationContext.builder(null);
        headers.forEach((attribute, header) -> context.set(attribute, request.header(header)));
        return context.build();
    }
}
