package dev.guidon.metrics;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Definition;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** A client of an in-memory store, with its meters in a registry of Prometheus. */
final class Meters implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(10);

    final InMemoryFlagStore store;
    final FlagEditor editor;
    final FlagMetrics metrics;
    final FeatureFlags flags;
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Meters(int mostSeries, Clock clock, Definition... definitions) {
        store = InMemoryFlagStore.builder().namespace("production").clock(clock).build();
        editor = FlagEditor.of(store, "test");
        for (Definition definition : definitions) {
            editor.create(definition);
        }
        metrics = new FlagMetrics("production", mostSeries, clock);
        flags = FeatureFlags.builder(store)
                .clock(clock)
                .evaluationListener(metrics)
                .build();
        metrics.observe(flags).bindTo(registry);
    }

    static Meters of(Definition... definitions) {
        return new Meters(FlagMetrics.MOST_SERIES, Clock.systemUTC(), definitions);
    }

    static Meters of(Clock clock, Definition... definitions) {
        return new Meters(FlagMetrics.MOST_SERIES, clock, definitions);
    }

    static Meters withMost(int mostSeries, Definition... definitions) {
        return new Meters(mostSeries, Clock.systemUTC(), definitions);
    }

    Scrape scrape() {
        return Scrape.of(registry);
    }

    double evaluations(String... labels) {
        return scrape().sum("guidon_evaluations_total", labels);
    }

    @Override
    public void close() {
        flags.close();
        store.close();
        registry.close();
    }
}
