package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the trails of a topic are whole: that no record is missing, there twice, out of order, or another one than was
 * published.
 *
 * <p>It proves this of what lies between the first and the last record that it is given. It cannot see that records were cut off at
 * the end, nor that the last one was edited, since no record follows that could tell; and somebody who may write to the topic can write
 * a whole trail anew. Keep the hash of a recent record elsewhere if that matters.
 *
 * <p>About 500 bytes of memory are needed for each record. Not safe for use by several threads.
 */
public final class AuditVerifier {

    private final @Nullable String only;
    private final Map<String, TrailCheck> trails = new TreeMap<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private long count;

    /**
     * A verifier that has seen nothing yet.
     *
     * @param namespace the only namespace to look at; null for all
     */
    public AuditVerifier(@Nullable String namespace) {
        only = namespace;
    }

    /**
     * Reads a topic to its end and verifies it, with what is in it when reading begins: waits for transactions that are not complete.
     *
     * @param kafka settings of a Kafka consumer; {@code bootstrap.servers} at least
     * @param topic the topic
     * @param namespace the only namespace to look at; null for all
     * @return what was found
     * @throws org.apache.kafka.common.KafkaException if the topic cannot be read, or a transaction in it does not end within a minute
     * @throws IllegalArgumentException if a setting cannot be as it is
     */
    public static AuditReport verify(Map<String, ?> kafka, String topic, @Nullable String namespace) {
        AuditVerifier verifier = new AuditVerifier(namespace);
        TopicScan.read(ClientSettings.ofReader(kafka).consumer(), topic, verifier::add);
        return verifier.report();
    }

    /**
     * Looks at a record. Those of one partition must come in order.
     *
     * @param record a record of the topic
     */
    public void add(ConsumerRecord<?, byte[]> record) {
        AuditRecord read = AuditRecord.of(record);
        Entry entry = read.entry();
        if (entry != null) {
            if (only == null || only.equals(entry.namespace())) {
                count++;
                trails.computeIfAbsent(entry.namespace(), TrailCheck::new)
                        .add(new Link(
                                entry,
                                read.event(),
                                read.hash(),
                                record.partition(),
                                record.offset(),
                                problem(read.event(), entry, record)));
            }
        } else if (read.event() instanceof Unreadable broken) {
            count++;
            unreadable.add(new Finding(Kind.UNREADABLE, "", record.partition(), record.offset(), broken.problem()));
        } else if (read.event() instanceof Other other && (only == null || only.equals(other.namespace()))) {
            count++;
            unreadable.add(new Finding(
                    Kind.UNREADABLE,
                    String.valueOf(other.namespace()),
                    record.partition(),
                    record.offset(),
                    "found " + other.type() + " of a later version of Guidon; verify with that version"));
        }
    }

    private static @Nullable String problem(FlagChangeEvent event, Entry entry, ConsumerRecord<?, byte[]> record) {
        if (event instanceof Unreadable broken) {
            return broken.problem();
        }
        if (event instanceof Other) {
            return null;
        }
        String expected = entry.namespace() + "/" + (event instanceof Changed changed ? changed.id() : "log");
        Object key = record.key();
        String found = key instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(key);
        if (!found.equals(expected)) {
            return "key: found " + (key == null ? "nothing" : found) + "; allowed: " + expected + ", as in the data";
        }
        String missing = CloudEventHeaders.missing(record.headers(), event instanceof Changed);
        return missing == null ? null : "header " + missing + ": found nothing; allowed: what the data says";
    }

    /** {@return what was found in all records so far} */
    public AuditReport report() {
        List<Finding> findings = new ArrayList<>(unreadable);
        trails.values().forEach(trail -> findings.addAll(trail.findings()));
        return new AuditReport(count, findings);
    }

    /**
     * A record in its trail.
     *
     * @param entry what every record has
     * @param event what it says
     * @param hash its hash
     * @param partition where it stands
     * @param offset where it stands
     * @param problem what is wrong with it by itself; null if nothing is
     */
    record Link(
            Entry entry,
            FlagChangeEvent event,
            String hash,
            int partition,
            long offset,
            @Nullable String problem) {

        Link {
            event = event instanceof Changed changed ? withoutDefinitions(changed) : event;
        }

        /** A trail can be held in memory, all definitions that there ever were need not fit. */
        private static Changed withoutDefinitions(Changed changed) {
            return new Changed(
                    changed.entry(),
                    changed.type(),
                    changed.position(),
                    changed.size(),
                    changed.id(),
                    null,
                    null,
                    null);
        }

        Finding finding(Kind kind, String text) {
            return new Finding(kind, entry.namespace(), partition, offset, text);
        }

        String place() {
            return "partition " + partition + ", offset " + offset;
        }
    }
}
