package com.example;

import dev.guidon.FeatureFlags;
import dev.guidon.audit.AuditTopic;
import dev.guidon.definition.Flag;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.migrate.Importer;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;

/** A program with a flag, that counts evaluations. */
public final class Consumer {

    public static void main(String[] args) {
        FlagMetrics metrics = new FlagMetrics("default");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FlagStore store = InMemoryFlagStore.of(Flag.bool("dark-mode", true));
                FeatureFlags flags =
                        FeatureFlags.builder(store).evaluationListener(metrics).build()) {
            metrics.observe(flags).bindTo(registry);
            if (!flags.isEnabled("dark-mode")) {
                throw new IllegalStateException("dark-mode is off");
            }
            System.out.println("dark-mode is on, with " + RedisFlagStore.class + ", " + AuditTopic.named("audit") + ", "
                    + GuidonProvider.of(flags).getMetadata().getName() + " for OpenFeature, importers "
                    + List.of(Importer.values()) + " and " + registry.getMeters().size() + " meters");
        }
    }
}
