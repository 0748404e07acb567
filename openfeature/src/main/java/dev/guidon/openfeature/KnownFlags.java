package dev.guidon.openfeature;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.guard.GuardedLog;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What OpenFeature is told of the flags of one snapshot: made when a flag is first asked for, the same for every evaluation. */
final class KnownFlags {

    private static final GuardedLog LOG = GuardedLog.of(GuidonProvider.class);
    private static final Known UNKNOWN = new Known(ImmutableMetadata.EMPTY, Map.of());

    private final Snapshot snapshot;
    private final BiFunction<Flag, Revision, ImmutableMetadata> describe;
    private final Map<String, Known> flags = new ConcurrentHashMap<>();

    KnownFlags(Snapshot snapshot, BiFunction<Flag, Revision, ImmutableMetadata> describe) {
        this.snapshot = snapshot;
        this.describe = describe;
    }

    /** Revision, kind and owner. */
    static ImmutableMetadata describe(Flag flag, Revision revision) {
        ImmutableMetadata.ImmutableMetadataBuilder metadata =
                ImmutableMetadata.builder().addLong("revision", revision.number());
        if (flag.about().kind() != null) {
            metadata.addString("kind", flag.about().kind().toString());
        }
        if (flag.about().owner() != null) {
            metadata.addString("owner", flag.about().owner());
        }
        return metadata.build();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** Keys that do not exist are not kept, since there is no end of them. */
    Known get(@Nullable String key) {
        if (key == null) {
            return UNKNOWN;
        }
        Known known = flags.get(key);
        return known != null
                ? known
                : snapshot.definitions()
                        .flag(key)
                        .map(flag -> flags.computeIfAbsent(key, absent -> known(flag)))
                        .orElse(UNKNOWN);
    }

    private Known known(Flag flag) {
        Map<String, Value> objects = new HashMap<>();
        if (flag.type() == FlagType.JSON) {
            flag.variants().forEach((variant, value) -> objects.put(variant, Values.of(value)));
        }
        return new Known(metadata(flag), objects);
    }

    private ImmutableMetadata metadata(Flag flag) {
        try {
            return Objects.requireNonNullElse(describe.apply(flag, snapshot.revision()), ImmutableMetadata.EMPTY);
        } catch (Throwable failure) {
            LOG.warn("The metadata of flag {} could not be made", flag.key(), failure);
            return ImmutableMetadata.EMPTY;
        }
    }

    /**
     * A flag.
     *
     * @param metadata its metadata
     * @param objects the values of its variants, if they are JSON
     */
    record Known(ImmutableMetadata metadata, Map<String, Value> objects) {}
}
