package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Truth;
import dev.guidon.json.FlagFormat;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store that lives and ends with the process, for tests and for programs which need no other. It is also the shortest
 * complete reading of the {@link FlagStore} contract.
 */
public final class InMemoryFlagStore implements FlagStore {

    private final String namespace;
    private final Clock clock;
    private final ChangeHistory history;
    private final Object committing = new Object();
    private final Map<String, Map<String, Set<String>>> members = new ConcurrentHashMap<>();
    private volatile StoreStatus status;

    /** An empty store with all defaults. */
    public InMemoryFlagStore() {
        this(builder());
    }

    private InMemoryFlagStore(Builder builder) {
        namespace = builder.namespace;
        clock = builder.clock;
        Revision start = Revision.initial(UUID.randomUUID().toString());
        history = new ChangeHistory(
                new Definitions(start, Map.of(), Map.of(), builder.definitions.extra()), builder.logLength);
        status = new StoreStatus(true, clock.instant(), null);
        begin(builder.definitions);
    }

    /**
     * A store that holds some definitions, with all other defaults. They are its first commit, made by {@code system:start}.
     *
     * @param definitions the definitions; the later of two with the same key counts
     * @return a new store
     */
    public static InMemoryFlagStore of(Definition... definitions) {
        return builder().definitions(Definitions.of(definitions)).build();
    }

    /** {@return a builder with all defaults} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String namespace() {
        return namespace;
    }

    /** {@return null: the flags end with the process} */
    @Override
    public @Nullable String origin() {
        return null;
    }

    @Override
    public Definitions load() {
        return history.definitions();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        requireWritable(changeSet);
        synchronized (committing) {
            CommittedChange done = history.find(changeSet.id());
            return done != null ? done : append(NextChange.of(changeSet, history.definitions(), clock.instant()));
        }
    }

    @Override
    public ChangeLog changes() {
        return history;
    }

    /** {@return the members that were {@linkplain #putMembers put}; UNKNOWN for a generation that was not} */
    @Override
    public SegmentMembers members() {
        return (segment, generation, member) -> {
            Set<String> known = members.getOrDefault(segment, Map.of()).get(generation);
            return known == null ? Truth.UNKNOWN : Truth.of(known.contains(member));
        };
    }

    /**
     * Loads a generation of the members of an external segment, in place of what it held. It comes into force when the segment
     * is changed to name it.
     *
     * @param segment the segment's key
     * @param generation the generation
     * @param loaded the members: texts of the attribute that the segment is looked up by
     */
    public void putMembers(String segment, String generation, Set<String> loaded) {
        Set<String> copy = Set.copyOf(loaded);
        members.computeIfAbsent(segment, key -> new ConcurrentHashMap<>()).put(generation, copy);
    }

    /**
     * Forgets a generation of members. Does nothing if it is not known.
     *
     * @param segment the segment's key
     * @param generation the generation
     */
    public void removeMembers(String segment, String generation) {
        Map<String, Set<String>> generations = members.get(segment);
        if (generations != null) {
            generations.remove(generation);
        }
    }

    @Override
    public StoreStatus status() {
        return status;
    }

    @Override
    public void close() {
        if (status.available()) {
            status = new StoreStatus(false, clock.instant(), "the store is closed");
        }
        history.close();
    }

    private void begin(Definitions initial) {
        Definitions empty = history.definitions();
        Revision first = empty.revision().next(UUID.randomUUID().toString());
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        initial.flags().values().forEach(flag -> add(flag.definition(), first, changed));
        initial.segments().values().forEach(segment -> add(segment.definition(), first, changed));
        if (!changed.isEmpty()) {
            append(NextChange.of(first, "system:start", null, changed, empty, clock.instant()));
        }
    }

    /** What other stores cannot keep is refused here too, and whoever copies the log elsewhere can write it. */
    private static void requireWritable(ChangeSet changeSet) {
        for (Change change : changeSet.changes()) {
            if (change instanceof Change.Put put) {
                FlagFormat.write(put.definition());
            }
        }
    }

    private static void add(Definition definition, Revision first, Map<DefinitionKey, @Nullable Versioned> changed) {
        changed.put(definition.id(), new Versioned(definition, Version.of(first)));
    }

    private CommittedChange append(NextChange next) {
        history.append(next.entry(), next.definitions());
        return next.entry();
    }

    /** Sets up an {@link InMemoryFlagStore}. Not safe for use by several threads. */
    public static final class Builder {

        private String namespace = "default";
        private Clock clock = Clock.systemUTC();
        private int logLength = 10_000;
        private Definitions definitions = Definitions.of();

        private Builder() {}

        /**
         * The namespace; {@code default} unless set.
         *
         * @param newNamespace the namespace
         * @return this builder
         * @throws IllegalArgumentException if it is blank, or would leave the line of a message
         */
        public Builder namespace(String newNamespace) {
            namespace = Namespace.check(newNamespace);
            return this;
        }

        /**
         * What tells the instants of commits; the system's clock unless set.
         *
         * @param newClock the clock
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * How many commits the log keeps; 10,000 unless set. It keeps more while a
         * {@linkplain ChangeLog#retain retained} consumer needs them.
         *
         * @param commits at least 1
         * @return this builder
         */
        public Builder logLength(int commits) {
            logLength = commits;
            return this;
        }

        /**
         * What the store holds from the start; nothing unless set. It becomes the first commit, made by {@code system:start};
         * the revision and the versions given are of no account.
         *
         * @param newDefinitions flags and segments
         * @return this builder
         */
        public Builder definitions(Definitions newDefinitions) {
            definitions = newDefinitions;
            return this;
        }

        /**
         * Makes the store.
         *
         * @return a new store
         * @throws IllegalArgumentException if the log length is below 1
         */
        public InMemoryFlagStore build() {
            return new InMemoryFlagStore(this);
        }
    }
}
