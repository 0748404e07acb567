package dev.guidon.metrics;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.store.ChangeLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What can be read from a client whenever a registry asks. */
final class ClientMeters {

    private final FeatureFlags flags;
    private final Clock clock;
    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private ClientMeters(FeatureFlags flags, Clock clock, MeterRegistry registry, Tags tags) {
        this.flags = flags;
        this.clock = clock;
        this.registry = registry;
        this.tags = tags;
    }

    static List<Meter> register(FeatureFlags flags, Clock clock, MeterRegistry registry, Tags tags) {
        ClientMeters all = new ClientMeters(flags, clock, registry, tags);
        all.freshness();
        all.definitions();
        all.failures();
        return all.meters;
    }

    private void freshness() {
        gauge(
                "guidon.revision",
                "Number of the revision in force",
                tags,
                client -> client.revision().number());
        for (State state : State.values()) {
            gauge(
                    "guidon.client.state",
                    "1 for the state that the client is in, 0 for the others",
                    tags.and("state", tag(state)),
                    client -> client.status().state() == state ? 1 : 0);
        }
        meters.add(TimeGauge.builder("guidon.client.staleness", flags, TimeUnit.MILLISECONDS, this::staleness)
                .description("Time since the client is in another state than ready; 0 while it is ready")
                .tags(tags)
                .register(registry));
    }

    private void definitions() {
        Map<String, DefinitionKey.Kind> kinds =
                Map.of("flag", DefinitionKey.Kind.FLAG, "segment", DefinitionKey.Kind.SEGMENT);
        gauge(
                "guidon.definitions",
                "Definitions in force",
                tags.and("kind", "flag"),
                client -> client.snapshot().definitions().flags().size());
        gauge(
                "guidon.definitions",
                "Definitions in force",
                tags.and("kind", "segment"),
                client -> client.snapshot().definitions().segments().size());
        kinds.forEach((tag, kind) -> gauge(
                "guidon.definitions.broken",
                "Definitions in force that are malformed or cannot be evaluated",
                tags.and("kind", tag),
                client -> broken(client, kind)));
    }

    private void failures() {
        for (ChangeLog.Cause cause : ChangeLog.Cause.values()) {
            counter(
                    "guidon.reloads",
                    "Loads of everything because the store's log did not continue",
                    tags.and("cause", tag(cause)),
                    client -> client.counts().reloads().getOrDefault(cause, 0L));
        }
        counter(
                "guidon.listener.failures",
                "Exceptions of listeners",
                tags,
                client -> client.counts().listenerFailures());
    }

    private double staleness(FeatureFlags client) {
        ClientStatus status = client.status();
        return status.state() == State.READY
                ? 0
                : Math.max(0, Duration.between(status.since(), clock.instant()).toMillis());
    }

    private static long broken(FeatureFlags client, DefinitionKey.Kind kind) {
        return client.snapshot().problems().keySet().stream()
                .filter(id -> id.kind() == kind)
                .count();
    }

    private void gauge(String name, String description, Tags ofOne, ToDoubleFunction<FeatureFlags> value) {
        meters.add(Gauge.builder(name, flags, value)
                .description(description)
                .tags(ofOne)
                .register(registry));
    }

    private void counter(String name, String description, Tags ofOne, ToDoubleFunction<FeatureFlags> value) {
        meters.add(FunctionCounter.builder(name, flags, value)
                .description(description)
                .tags(ofOne)
                .register(registry));
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
