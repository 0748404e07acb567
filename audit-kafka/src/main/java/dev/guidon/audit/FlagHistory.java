package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The past of a namespace, from its audit topic: its flags and segments as they were, and what happened to one of them.
 *
 * <p>All of the trail is held in memory. Not safe for use by several threads while records are added.
 */
public final class FlagHistory {

    private final String namespace;
    private final TreeMap<Long, FlagChangeEvent> events = new TreeMap<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private boolean unknown;

    /**
     * A history without records.
     *
     * @param namespace the namespace
     */
    public FlagHistory(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Reads a topic to its end, with what is in it when reading begins: waits for transactions that are not complete.
     *
     * @param kafka settings of a Kafka consumer; {@code bootstrap.servers} at least
     * @param topic the topic
     * @param namespace the namespace
     * @return its history
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read, or a transaction in it does not end within a minute
     * @throws IllegalArgumentException if a setting cannot be as it is
     */
    public static FlagHistory read(Map<String, ?> kafka, String topic, String namespace) {
        FlagHistory history = new FlagHistory(namespace);
        TopicScan.read(ClientSettings.ofReader(kafka).consumer(), topic, history::add);
        return history;
    }

    /**
     * Adds a record. One of another namespace is ignored, and so is one that is there already.
     *
     * @param record a record of the topic
     */
    public void add(ConsumerRecord<?, byte[]> record) {
        AuditRecord read = AuditRecord.of(record);
        Entry entry = read.entry();
        if (read.event() instanceof Unreadable broken) {
            unreadable.add(broken);
        } else if (read.event() instanceof Other other) {
            unknown |= other.namespace() == null || namespace.equals(other.namespace());
        } else if (entry != null && entry.namespace().equals(namespace)) {
            events.putIfAbsent(entry.sequence(), read.event());
        }
    }

    /** {@return the records of the topic that could not be read, of whatever namespace} */
    public List<Unreadable> unreadable() {
        return List.copyOf(unreadable);
    }

    /** {@return the newest revision; null if there is none} */
    public @Nullable Revision newest() {
        Replay replay = new Replay();
        events.values().forEach(replay::apply);
        return replay.revision();
    }

    /**
     * The definitions at a revision. If the store has lost revisions and used their numbers again, the last ones count.
     *
     * @param revision its number; 0 for before the first
     * @return the definitions
     * @throws IllegalArgumentException if the trail does not have this revision
     */
    public Past at(long revision) {
        Replay all = new Replay();
        events.forEach((sequence, event) -> all.apply(event));
        Long last = all.lastOf(revision);
        if (last == null) {
            throw new IllegalArgumentException("revision: found " + revision + "; allowed: " + all.range());
        }
        return replay(last);
    }

    /**
     * The definitions as they were at an instant, also those that the store has lost later.
     *
     * @param instant the instant, by the clock of the store
     * @return the definitions
     */
    public Past at(Instant instant) {
        long last = 0;
        for (Map.Entry<Long, FlagChangeEvent> event : events.entrySet()) {
            if (!Replay.entry(event.getValue()).at().isAfter(instant)) {
                last = event.getKey();
            }
        }
        return replay(last);
    }

    /**
     * What happened to one definition.
     *
     * @param id the definition
     * @return its changes in order, and with them all breaks of the trail
     */
    public List<FlagChangeEvent> of(DefinitionKey id) {
        return events.values().stream()
                .filter(event -> event instanceof Break
                        || (event instanceof Changed changed && changed.id().equals(id)))
                .toList();
    }

    private Past replay(long last) {
        Replay replay = new Replay();
        NavigableMap<Long, FlagChangeEvent> past = events.headMap(last, true);
        past.values().forEach(replay::apply);
        boolean whole = past.size() == last && !unknown && unreadable.isEmpty();
        return new Past(replay.definitions(), whole && beginsWithNamespace() && replay.isComplete());
    }

    private boolean beginsWithNamespace() {
        return events.isEmpty()
                || (events.firstKey() == 1
                        && events.get(1L) instanceof Changed first
                        && first.entry().revision().number() == 1);
    }

    /**
     * The definitions of some point in the past.
     *
     * @param definitions flags and segments at their revision; those with sensitive values, which the trail does not have, are
     *     {@linkplain dev.guidon.definition.Malformed malformed}, so that they cannot be evaluated by mistake
     * @param complete whether these are all. If not, the trail begins later than the namespace, has a gap before this point, or cannot be
     *     read completely, also where a later version of Guidon wrote it: definitions that were not changed since are missing
     */
    public record Past(Definitions definitions, boolean complete) {}
}
