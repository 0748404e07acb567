package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.store.CommittedChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a trail: CloudEvents 1.0 in the binary mode of its Kafka protocol binding. Not safe for use by several threads.
 */
final class TrailWriter {

    private static final String SYSTEM = "system:audit";

    private final String topic;
    private final String namespace;
    private final DefinitionJson definitions = new DefinitionJson();

    TrailWriter(String topic, String namespace) {
        this.topic = topic;
        this.namespace = namespace;
    }

    /**
     * Records that go into one transaction.
     *
     * @param records in order
     * @param next the position after them
     */
    record Batch(List<ProducerRecord<byte[], byte[]>> records, Position next) {

        long bytes() {
            return records.stream().mapToLong(record -> record.value().length).sum();
        }
    }

    String topic() {
        return topic;
    }

    String namespace() {
        return namespace;
    }

    /** One record for each edit of a commit. */
    Batch write(CommittedChange change, Position position) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Position last = position;
        for (int i = 0; i < change.edits().size(); i++) {
            FlagValue data = EventFormat.write(namespace, last, change, i, definitions);
            byte[] value = bytes(CanonicalJson.write(data));
            String id = change.edits().get(i).id().text();
            records.add(record(namespace + "/" + id, value, data));
            last = new Position(change.revision(), last.sequence() + 1, CanonicalJson.hash(value));
        }
        return new Batch(records, last);
    }

    /**
     * The record of a break.
     *
     * @param cause why the trail is broken
     * @param position where it was
     * @param to where it goes on
     * @param at when that was noticed
     */
    Batch write(Break.Cause cause, Position position, Revision to, Instant at) {
        @Nullable Revision from = position.sequence() == 0 ? null : position.revision();
        Entry entry = new Entry(namespace, position.sequence() + 1, position.hash(), to, at, SYSTEM, null);
        FlagValue data = EventFormat.write(new Break(entry, cause, from));
        byte[] value = bytes(CanonicalJson.write(data));
        return new Batch(
                List.of(record(namespace + "/log", value, data)),
                new Position(to, entry.sequence(), CanonicalJson.hash(value)));
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte[] value, FlagValue data) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes(key), value);
        Headers headers = record.headers();
        CloudEventHeaders.of(new EventFields(data)).forEach((name, text) -> headers.add(name, bytes(text)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
