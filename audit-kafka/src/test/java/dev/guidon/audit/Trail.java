package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.TrailWriter.Batch;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A store, and the records that a relay makes of its commits, without Kafka. */
final class Trail {

    static final String TOPIC = "audit";
    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    final InMemoryFlagStore store;
    final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private final TrailWriter writer;
    private Position position;

    Trail() {
        this("shop");
    }

    Trail(String namespace) {
        store = InMemoryFlagStore.builder()
                .namespace(namespace)
                .clock(Clock.fixed(NOON, ZoneOffset.UTC))
                .build();
        writer = new TrailWriter(TOPIC, namespace);
        position = Position.before(store.changes().base());
    }

    /** Commits and publishes; a definition is put, a key is removed. */
    CommittedChange commit(Object... changes) {
        List<Change> all = Arrays.stream(changes)
                .<Change>map(change -> change instanceof DefinitionKey id
                        ? new Change.Remove(id, version(id))
                        : new Change.Put((Definition) change, version(((Definition) change).id())))
                .toList();
        CommittedChange done = store.commit(ChangeSet.of("anna", "a reason", all));
        publish(done);
        return done;
    }

    void publish(CommittedChange change) {
        add(writer.write(change, position));
    }

    void breaks(Break.Cause cause, Revision to) {
        add(writer.write(cause, position, to, NOON.plusSeconds(60)));
    }

    Position position() {
        return position;
    }

    private void add(Batch batch) {
        sent.addAll(batch.records());
        position = batch.next();
    }

    private Version version(DefinitionKey id) {
        Versioned found = store.load().get(id);
        return found == null ? Version.NONE : found.version();
    }

    /** {@return the records as they are read from one partition} */
    List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        sent.forEach(record -> records.add(read(record, 0, records.size())));
        return records;
    }

    ConsumerRecord<byte[], byte[]> last() {
        return records().get(sent.size() - 1);
    }

    static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> record, int partition, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                partition,
                offset,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers().toArray()),
                Optional.empty());
    }

    /** {@return a record with another value in place of its own} */
    static ConsumerRecord<byte[], byte[]> with(ConsumerRecord<byte[], byte[]> record, byte[] value) {
        return read(
                new ProducerRecord<>(record.topic(), null, record.key(), value, record.headers()),
                record.partition(),
                record.offset());
    }
}
