package dev.guidon.openfeature;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Snapshot;
import dev.openfeature.sdk.ImmutableMetadata;
import java.util.function.BiFunction;

/** What a provider has from an initialisation to the next shutdown. */
final class Session {

    private final FeatureFlags flags;
    private final ProviderEvents events;
    private final BiFunction<Flag, Revision, ImmutableMetadata> describe;
    private volatile KnownFlags known;

    Session(FeatureFlags flags, ProviderEvents events, BiFunction<Flag, Revision, ImmutableMetadata> describe) {
        this.flags = flags;
        this.events = events;
        this.describe = describe;
        this.known = new KnownFlags(flags.snapshot(), describe);
    }

    FeatureFlags flags() {
        return flags;
    }

    ProviderEvents events() {
        return events;
    }

    /** The flags in force, and what is told of them. */
    KnownFlags known() {
        Snapshot newest = flags.snapshot();
        KnownFlags last = known;
        if (last.snapshot() != newest) {
            last = new KnownFlags(newest, describe);
            known = last;
        }
        return last;
    }
}
