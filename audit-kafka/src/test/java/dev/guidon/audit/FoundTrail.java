package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * What a {@code read_committed} consumer finds in a topic.
 *
 * @param events everything of one namespace in the order of the trail
 * @param report what the verifier says
 */
record FoundTrail(List<FlagChangeEvent> events, AuditReport report) {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    static FoundTrail read(Map<String, Object> client, String topic, String namespace) {
        AuditVerifier verifier = new AuditVerifier(namespace);
        List<AuditRecord> records = new ArrayList<>();
        Kafka.records(client, topic).forEach(record -> {
            verifier.add(record);
            records.add(AuditRecord.of(record));
        });
        List<FlagChangeEvent> events = records.stream()
                .filter(record ->
                        record.entry() != null && record.entry().namespace().equals(namespace))
                .sorted((a, b) -> Long.compare(sequence(a), sequence(b)))
                .map(AuditRecord::event)
                .toList();
        return new FoundTrail(events, verifier.report());
    }

    private static long sequence(AuditRecord record) {
        return record.entry() == null ? 0 : record.entry().sequence();
    }

    List<Changed> changes() {
        return events.stream()
                .filter(Changed.class::isInstance)
                .map(Changed.class::cast)
                .toList();
    }

    List<Break> breaks() {
        return events.stream()
                .filter(Break.class::isInstance)
                .map(Break.class::cast)
                .toList();
    }

    /** Waits until a relay has published all that a store holds now. */
    static void awaitAll(FlagStore store, AuditRelay relay) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(relay.status().position())
                        .as(() -> relay.status().toString())
                        .isEqualTo(store.changes().head()));
    }

    /** Every change that the store's log holds is in the topic exactly once, in order and unaltered, and the verifier finds nothing. */
    static void assertWhole(FlagStore store, Map<String, Object> client, String topic) {
        FoundTrail trail = read(client, topic, store.namespace());

        assertThat(trail.report().findings()).isEmpty();
        List<String> said = said(trail.changes());
        List<String> held = held(store);
        for (int i = 0; i < Math.min(said.size(), held.size()); i++) {
            assertThat(said.get(i)).isEqualTo(held.get(i));
        }
        assertThat(said).hasSameSizeAs(held);
    }

    /** What the log of a store says, a line for each edit. */
    static List<String> held(FlagStore store) {
        List<String> lines = new ArrayList<>();
        for (CommittedChange change : log(store)) {
            for (CommittedChange.Edit edit : change.edits()) {
                lines.add(String.join(
                        " ",
                        String.valueOf(change.revision().number()),
                        change.revision().changeSet(),
                        change.at().toString(),
                        change.actor(),
                        String.valueOf(change.reason()),
                        edit.id().toString(),
                        String.valueOf(edit.before()),
                        String.valueOf(edit.after())));
            }
        }
        return lines;
    }

    /** The same for what a topic says. */
    static List<String> said(List<Changed> changes) {
        return changes.stream()
                .map(changed -> String.join(
                        " ",
                        String.valueOf(changed.entry().revision().number()),
                        changed.entry().revision().changeSet(),
                        changed.entry().at().toString(),
                        changed.entry().actor(),
                        String.valueOf(changed.entry().reason()),
                        changed.id().toString(),
                        String.valueOf(changed.before()),
                        String.valueOf(changed.after())))
                .toList();
    }

    private static List<CommittedChange> log(FlagStore store) {
        List<CommittedChange> changes = new ArrayList<>();
        try {
            while (true) {
                Read read = store.changes()
                        .read(
                                changes.isEmpty()
                                        ? store.changes().base()
                                        : changes.get(changes.size() - 1).revision(),
                                1_000,
                                Duration.ZERO);
                List<CommittedChange> more = ((Read.Changes) read).changes();
                if (more.isEmpty()) {
                    return changes;
                }
                changes.addAll(more);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
