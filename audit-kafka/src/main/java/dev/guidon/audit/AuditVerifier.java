package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * <p>About 700 bytes of memory are needed for each record. Not safe for use by several threads.
 */
public final class AuditVerifier {

    private final @Nullable String only;
    private final List<Link> links = new ArrayList<>();
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
                links.add(new Link(
                        entry.namespace(),
                        entry.sequence(),
                        entry,
                        read.event(),
                        read.hash(),
                        record.partition(),
                        record.offset(),
                        read.event() instanceof Unreadable broken
                                ? broken.problem()
                                : WrittenForm.difference(record, read)));
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

    /** {@return what was found in all records so far} */
    public AuditReport report() {
        Map<String, List<Link>> trails = new TreeMap<>();
        for (Link link : placed()) {
            trails.computeIfAbsent(link.namespace(), namespace -> new ArrayList<>())
                    .add(link);
        }
        List<Finding> findings = new ArrayList<>(unreadable);
        trails.values().forEach(trail -> findings.addAll(TrailCheck.of(trail)));
        return new AuditReport(count, findings);
    }

    /**
     * The records with those whose namespace or number was edited put where they were written: a record names its predecessor, and where
     * that says that the record belongs there is no other.
     */
    private List<Link> placed() {
        Map<String, Link> byHash = new HashMap<>();
        links.forEach(link -> byHash.putIfAbsent(link.hash(), link));
        Set<Link.Place> taken = new HashSet<>();
        links.forEach(link -> taken.add(link.place()));
        return links.stream()
                .map(link -> {
                    Link before = byHash.get(link.entry().predecessor());
                    Link.Place place = before == null ? link.start() : before.next();
                    return taken.contains(place) ? link : link.placed(place);
                })
                .toList();
    }
}
