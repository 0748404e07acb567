package dev.guidon.metrics;

import dev.guidon.FeatureFlags;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The meters of one client in one registry. To be used by one thread at a time, but for {@link #applied}. */
final class RegistryMeters {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Meter.Id, Counter> counters = new HashMap<>();
    private final Map<Series, Counter> bySeries = new HashMap<>();
    private final Map<String, Meter> uses = new HashMap<>();
    private final List<Meter> others = new ArrayList<>();
    private final Timer propagation;

    RegistryMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        propagation = Timer.builder("guidon.propagation")
                .description("Time from a commit to its flags being in force here")
                .tags(tags)
                .register(registry);
        others.add(propagation);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Counts a series. Those that the registry's filters give the same name and tags are one meter, which is to count them all. */
    void add(Series series) {
        SeriesSum sum = new SeriesSum();
        Meter meter = FunctionCounter.builder("guidon.evaluations", sum, SeriesSum::value)
                .description("Evaluations of flags")
                .tags(tags.and(series.tags()))
                .register(registry);
        Counter counter = counters.computeIfAbsent(meter.getId(), id -> new Counter(meter, sum));
        counter.sum().add(series);
        bySeries.put(series, counter);
    }

    void remove(Series series) {
        Counter counter = bySeries.remove(series);
        if (counter != null && counter.sum().remove(series)) {
            counters.remove(counter.meter().getId());
            registry.remove(counter.meter());
        }
    }

    void add(String flag, FlagUse use) {
        uses.put(
                flag,
                TimeGauge.builder("guidon.flag.last.evaluation.timestamp", use, TimeUnit.MILLISECONDS, FlagUse::last)
                        .description("When a flag was last evaluated, in time since the Unix epoch; 0 if not yet")
                        .tags(tags.and("flag", flag))
                        .register(registry));
    }

    void remove(String flag) {
        Meter meter = uses.remove(flag);
        if (meter != null) {
            registry.remove(meter);
        }
    }

    void add(FeatureFlags flags, Clock clock) {
        others.addAll(ClientMeters.register(flags, clock, registry, tags));
    }

    /** A clock that is behind the store's must not hide commits. */
    void applied(Duration delay) {
        propagation.record(delay.isNegative() ? Duration.ZERO : delay);
    }

    void removeAll() {
        counters.values().forEach(counter -> registry.remove(counter.meter()));
        uses.values().forEach(registry::remove);
        others.forEach(registry::remove);
    }

    /** A meter and what it shows. */
    private record Counter(Meter meter, SeriesSum sum) {}
}
