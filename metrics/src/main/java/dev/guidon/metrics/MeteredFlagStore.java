package dev.guidon.metrics;

import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.StoreStatus;
import dev.guidon.store.VersionConflictException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long another store takes to load and to commit, and how that ends.
 *
 * <pre>{@code
 * RedisFlagStore redis = RedisFlagStore.open("redis://localhost", "production");
 * FlagStore store = MeteredFlagStore.of(redis, registry);
 * FeatureFlags flags = FeatureFlags.of(store);
 * FlagEditor editor = FlagEditor.of(store, "ada@example.com");
 * }</pre>
 *
 * <p>Everything else goes to the other store as it is. What only that one can do is still done with it; closing either closes both.
 */
public final class MeteredFlagStore implements FlagStore {

    private static final String NONE = "none";

    private final FlagStore store;
    private final MeterRegistry registry;
    private final Tags tags;

    private MeteredFlagStore(FlagStore store, MeterRegistry registry) {
        this.store = store;
        this.registry = registry;
        this.tags = Tags.of("guidon.namespace", store.namespace());
        timer("load", "success", NONE);
        timer("commit", "success", NONE);
        Gauge.builder("guidon.store.available", store, one -> one.status().available() ? 1 : 0)
                .description("1 if the store can give the newest data, else 0")
                .tags(tags)
                .register(registry);
    }

    /**
     * Measures a store.
     *
     * @param store the store
     * @param registry where the meters are to be
     * @return a store that does the same
     */
    public static MeteredFlagStore of(FlagStore store, MeterRegistry registry) {
        return new MeteredFlagStore(store, registry);
    }

    @Override
    public String namespace() {
        return store.namespace();
    }

    @Override
    public @Nullable String origin() {
        return store.origin();
    }

    @Override
    public Definitions load() {
        return measured("load", store::load);
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        return measured("commit", () -> store.commit(changeSet));
    }

    @Override
    public ChangeLog changes() {
        return store.changes();
    }

    @Override
    public SegmentMembers members() {
        return store.members();
    }

    @Override
    public StoreStatus status() {
        return store.status();
    }

    @Override
    public void close() {
        store.close();
    }

    /** {@return what the other store says of itself} */
    @Override
    public String toString() {
        return store.toString();
    }

    private <T> T measured(String operation, Supplier<T> work) {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "error";
        String error = NONE;
        try {
            T result = work.get();
            outcome = "success";
            return result;
        } catch (RuntimeException | Error failure) {
            outcome = outcome(failure);
            error = failure.getClass().getSimpleName();
            throw failure;
        } finally {
            sample.stop(timer(operation, outcome, error));
        }
    }

    private static String outcome(Throwable failure) {
        if (failure instanceof VersionConflictException) {
            return "conflict";
        }
        return failure instanceof IllegalArgumentException ? "refused" : "error";
    }

    private Timer timer(String operation, String outcome, String error) {
        return Timer.builder("guidon.store.operations")
                .description("Loads and commits")
                .tags(tags.and("operation", operation, "outcome", outcome, "error", error))
                .register(registry);
    }
}
