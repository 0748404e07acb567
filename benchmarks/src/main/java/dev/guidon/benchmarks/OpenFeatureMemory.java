package dev.guidon.benchmarks;

import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import java.util.Map;

/** The provider that comes with OpenFeature's SDK. */
final class OpenFeatureMemory extends OpenFeatureContender {

    OpenFeatureMemory() {
        super(new InMemoryProvider(Map.of(
                "plain",
                Flag.<Boolean>builder()
                        .variant("on", true)
                        .variant("off", false)
                        .defaultVariant("on")
                        .build())));
    }
}
