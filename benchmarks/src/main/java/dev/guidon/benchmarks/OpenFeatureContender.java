package dev.guidon.benchmarks;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.util.Map;

/** A provider behind OpenFeature's SDK. */
class OpenFeatureContender extends Contender<EvaluationContext> {

    private final OpenFeatureAPI api = OpenFeatureAPI.getInstance();
    private final Client client;

    OpenFeatureContender(FeatureProvider provider) {
        String domain = provider.getClass().getSimpleName();
        api.setProviderAndWait(domain, provider);
        client = api.getClient(domain);
    }

    @Override
    final EvaluationContext context(User user) {
        return new ImmutableContext(
                user.id(),
                Map.of(
                        "country", new Value(user.country()),
                        "plan", new Value(user.plan()),
                        "email", new Value(user.email())));
    }

    @Override
    final boolean plain(EvaluationContext context) {
        return client.getBooleanValue("plain", false, context);
    }

    @Override
    final boolean rules(EvaluationContext context) {
        return client.getBooleanValue("rules", false, context);
    }

    @Override
    final boolean half(EvaluationContext context) {
        return client.getBooleanValue("50-50", false, context);
    }

    @Override
    final String variants(EvaluationContext context) {
        return client.getStringValue("4-way", "", context);
    }

    @Override
    final boolean unknown(EvaluationContext context) {
        return client.getBooleanValue("unknown", false, context);
    }

    @Override
    final boolean list(EvaluationContext context) {
        return client.getBooleanValue("list", false, context);
    }

    @Override
    public final void close() {
        api.shutdown();
    }
}
