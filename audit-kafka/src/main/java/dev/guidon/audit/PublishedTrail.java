package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.definition.Revision;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What a topic says of a trail. It is read only when the position of the relays is not known, or not in the store any more. */
final class PublishedTrail {

    private record Item(Entry entry, boolean isBreak) {}

    private final String namespace;
    private final Map<Long, Item> items = new TreeMap<>();
    private @Nullable Position end;

    private PublishedTrail(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Reads a trail, when nobody writes to it.
     *
     * @param stop gets what ends the reading, by any thread
     */
    static PublishedTrail read(ClientSettings settings, String topic, String namespace, Consumer<Runnable> stop) {
        PublishedTrail trail = new PublishedTrail(namespace);
        TopicScan.read(settings.consumer(), topic, trail::add, stop, TopicScan.PATIENCE);
        return trail;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        AuditRecord read = AuditRecord.of(record);
        Entry entry = read.entry();
        if (entry != null && entry.namespace().equals(namespace)) {
            items.put(entry.sequence(), new Item(entry, read.event() instanceof Break));
            if (end == null || entry.sequence() > end.sequence()) {
                end = new Position(entry.revision(), entry.sequence(), read.hash());
            }
        }
    }

    /** Where it ends; null if there is nothing of it. */
    @Nullable
    Position end() {
        return end;
    }

    /** The newest of some revisions that the trail still stands by; null if it does by none. */
    @Nullable
    Revision newest(Collection<Revision> candidates) {
        Map<Long, Revision> standing = new TreeMap<>();
        String epoch = "";
        for (Item item : items.values()) {
            Revision revision = item.entry().revision();
            if (!revision.epoch().equals(epoch)) {
                epoch = revision.epoch();
                standing.clear();
                standing.put(0L, Revision.initial(epoch));
            } else if (item.isBreak()) {
                standing.keySet().removeIf(number -> number > revision.number());
            }
            standing.put(revision.number(), revision);
        }
        return candidates.stream()
                .filter(candidate -> candidate.equals(standing.get(candidate.number())))
                .max(Comparator.comparingLong(Revision::number))
                .orElse(null);
    }
}
