package dev.guidon.metrics;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.EvaluationListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one client: evaluations by flag, variant and reason, and how fresh its flags are.
 *
 * <pre>{@code
 * FlagMetrics metrics = new FlagMetrics(store.namespace());
 * FeatureFlags flags = FeatureFlags.builder(store).evaluationListener(metrics).build();
 * metrics.observe(flags).bindTo(registry);
 * }</pre>
 *
 * <p>The order of these is free, and nothing is lost by it: evaluations are counted from the first on, and a registry that is bound later
 * shows them all. Each registry should have one {@code FlagMetrics} for each namespace. The names and tags of all meters are described in
 * {@code docs/metrics.md}.
 *
 * <p>Safe for use by many threads.
 */
public final class FlagMetrics implements EvaluationListener, MeterBinder {

    /** How many series of evaluations there are at most, unless set. */
    public static final int MOST_SERIES = 10_000;

    private final Tags tags;
    private final int mostSeries;
    private final Clock clock;
    private final EvaluationCounts counts;
    private final FlagsListener listener = new ChangeListener();
    private final List<RegistryMeters> registries = new CopyOnWriteArrayList<>();
    private final Turns turns = new Turns();
    // The rest is changed in turns only.
    private final Map<String, FlagUse> uses = new TreeMap<>();
    private @Nullable FeatureFlags client;

    /**
     * Meters for a client, with the system's clock and at most {@link #MOST_SERIES} series of evaluations.
     *
     * @param namespace the namespace of the client's store, which becomes the tag {@code guidon.namespace}
     */
    public FlagMetrics(String namespace) {
        this(namespace, MOST_SERIES, Clock.systemUTC());
    }

    /**
     * Meters for a client.
     *
     * @param namespace the namespace of the client's store, which becomes the tag {@code guidon.namespace}
     * @param mostSeries how many series of evaluations there may be, 0 or more; evaluations beyond are counted in one series with the flag
     *     {@code (other)}
     * @param clock tells the time when a flag was last evaluated, and for how long the client is stale
     * @throws IllegalArgumentException if {@code mostSeries} is negative
     */
    public FlagMetrics(String namespace, int mostSeries, Clock clock) {
        if (mostSeries < 0) {
            throw new IllegalArgumentException("mostSeries: found " + mostSeries + "; allowed: 0 or more");
        }
        this.tags = Tags.of("guidon.namespace", namespace);
        this.mostSeries = mostSeries;
        this.clock = clock;
        this.counts = new EvaluationCounts(mostSeries, series -> turns.execute(() -> show(series)));
    }

    /**
     * Shows how a client is, besides what it evaluates, and forgets flags that are deleted.
     *
     * @param flags the client that this listens to
     * @return this
     * @throws IllegalStateException if it observes a client already
     */
    public FlagMetrics observe(FeatureFlags flags) {
        turns.execute(() -> {
            if (client != null) {
                throw new IllegalStateException("this observes a client already");
            }
            client = flags;
            flags.addListener(listener);
            registries.forEach(registry -> registry.add(flags, clock));
            refresh(flags);
        });
        return this;
    }

    /**
     * Shows everything in a registry too. Doing it again does nothing.
     *
     * @param registry where the meters are to be
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        turns.execute(() -> bind(registry));
    }

    /** Removes all meters from their registries, and observes no more. Another client may then have meters of the same tags. */
    public void unbind() {
        turns.execute(() -> {
            registries.forEach(RegistryMeters::removeAll);
            registries.clear();
            if (client != null) {
                client.removeListener(listener);
                client = null;
            }
        });
    }

    /** Counts an evaluation, in some nanoseconds and without an allocation unless it is the first of its kind. */
    @Override
    public void evaluated(Evaluation<?> evaluation, EvaluationContext context) {
        counts.count(evaluation);
    }

    private void bind(MeterRegistry registry) {
        if (registries.stream().anyMatch(bound -> bound.registry() == registry)) {
            return;
        }
        RegistryMeters meters = new RegistryMeters(registry, tags);
        registries.add(meters);
        counts.fixed().forEach(meters::add);
        uses.forEach((flag, use) -> {
            meters.add(flag, use);
            use.series().forEach(meters::add);
        });
        if (client != null) {
            meters.add(client, clock);
        }
    }

    private void show(Series series) {
        use(series.flag()).series().add(series);
        registries.forEach(registry -> registry.add(series));
    }

    private FlagUse use(String flag) {
        return uses.computeIfAbsent(flag, missing -> {
            FlagUse use = new FlagUse(clock);
            registries.forEach(registry -> registry.add(flag, use));
            return use;
        });
    }

    /** Forgets the flags that are gone, and shows those that are new. The snapshot must be read after those that are known. */
    private void refresh(FeatureFlags flags) {
        Set<String> gone = new HashSet<>(uses.keySet());
        Set<String> present = flags.snapshot().definitions().flags().keySet();
        gone.removeAll(present);
        if (!gone.isEmpty()) {
            counts.removeIf(series -> gone.contains(series.flag()));
            gone.forEach(this::forget);
        }
        present.stream().sorted().limit(mostSeries).forEach(this::use);
    }

    private void forget(String flag) {
        FlagUse use = uses.remove(flag);
        registries.forEach(registry -> {
            registry.remove(flag);
            if (use != null) {
                use.series().forEach(registry::remove);
            }
        });
    }

    /** Hears of changes on the thread of the client's listeners. */
    private final class ChangeListener implements FlagsListener {

        @Override
        public void flagsChanged(Revision revision, Set<String> flags) {
            turns.execute(() -> {
                if (client != null) {
                    refresh(client);
                }
            });
        }

        @Override
        public void commitApplied(Revision revision, Instant committed, Instant applied) {
            Duration delay = Duration.between(committed, applied);
            registries.forEach(registry -> registry.applied(delay));
        }
    }
}
