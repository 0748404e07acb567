package dev.guidon.spring.autoconfigure;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import org.jspecify.annotations.Nullable;

/** Adds {@code tenant}, from a header or a claim. */
final class TenantContributor implements EvaluationContextContributor {

    private final GuidonContextProperties.Tenant tenant;

    TenantContributor(GuidonContextProperties.Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public EvaluationContext contribute(ContextRequest request) {
        Object value = value(request);
        return value == null
                ? EvaluationContext.EMPTY
                : EvaluationContext.builder(null).set("tenant", value).build();
    }

    private @Nullable Object value(ContextRequest request) {
        String claim = tenant.claim();
        if (claim != null) {
            return Claims.of(request.principal(), claim);
        }
        String header = tenant.header();
        return header == null ? null : request.header(header);
    }
}
