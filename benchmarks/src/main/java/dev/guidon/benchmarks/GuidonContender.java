package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.json.FlagFormat;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Guidon, by {@link FeatureFlags}, without a listener or with that of the meters. */
final class GuidonContender extends Contender<EvaluationContext> {

    private final FeatureFlags flags;

    GuidonContender(boolean metrics) {
        InMemoryFlagStore store = store();
        if (metrics) {
            FlagMetrics meters = new FlagMetrics("benchmarks");
            flags = FeatureFlags.builder(store).evaluationListener(meters).build();
            meters.observe(flags).bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        } else {
            flags = FeatureFlags.of(store);
        }
    }

    static InMemoryFlagStore store() {
        return InMemoryFlagStore.of(FlagFormat.readYaml(yaml()).flags().values().stream()
                .map(Versioned::definition)
                .toArray(Definition[]::new));
    }

    private static String yaml() {
        return """
            flags:
              plain: {enabled: true}
              rules:
                enabled: true
                rules:
                  - {when: {attribute: country, in: [FR, US]}, serve: "on"}
                  - {when: {attribute: plan, equals: enterprise}, serve: "on"}
                  - {when: {attribute: email, endsWith: "@example.com"}, serve: "on"}
                fallthrough: "off"
              50-50: {enabled: true, fallthrough: {split: [{variant: "on", weight: 50}, {variant: "off", weight: 50}]}}
              4-way:
                type: string
                enabled: true
                variants: {a: a, b: b, c: c, d: d}
                fallthrough:
                  split: [{variant: a, weight: 25}, {variant: b, weight: 25}, {variant: c, weight: 25}, {variant: d, weight: 25}]
              list:
                enabled: true
                rules: [{when: {attribute: $key, in: [%s]}, serve: "on"}]
                fallthrough: "off"
            """.formatted(String.join(", ", User.listed()));
    }

    @Override
    EvaluationContext context(User user) {
        return EvaluationContext.builder(user.id())
                .set("country", user.country())
                .set("plan", user.plan())
                .set("email", user.email())
                .build();
    }

    @Override
    boolean plain(EvaluationContext context) {
        return flags.getBooleanValue("plain", false, context);
    }

    @Override
    boolean rules(EvaluationContext context) {
        return flags.getBooleanValue("rules", false, context);
    }

    @Override
    boolean half(EvaluationContext context) {
        return flags.getBooleanValue("50-50", false, context);
    }

    @Override
    String variants(EvaluationContext context) {
        return flags.getStringValue("4-way", "", context);
    }

    @Override
    boolean unknown(EvaluationContext context) {
        return flags.getBooleanValue("unknown", false, context);
    }

    @Override
    boolean list(EvaluationContext context) {
        return flags.getBooleanValue("list", false, context);
    }

    @Override
    public void close() {
        flags.close();
    }
}
