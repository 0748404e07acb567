package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.store.CommittedChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verifier")
class AuditVerifierTest {

    private final Trail trail = new Trail();

    @Test
    @DisplayName("finds nothing in a sound trail, with change sets of one and of several")
    void sound() {
        List<ConsumerRecord<byte[], byte[]>> records = published(6);

        AuditReport report = verify(records);

        assertThat(report).isEqualTo(new AuditReport(8, List.of()));
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    @DisplayName("finds records that are missing, and how many")
    void gap() {
        List<ConsumerRecord<byte[], byte[]>> records = published(6);
        records.subList(2, 4).clear();

        assertThat(found(records))
                .containsExactly("GAP (shop, partition 0, offset 4): 2 records are missing between record 2 at"
                        + " partition 0, offset 1 and record 5");
    }

    @Test
    @DisplayName("finds a record that is there twice, and whether it is the same")
    void duplicate() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        ConsumerRecord<byte[], byte[]> second = records.get(1);
        records.add(Forgery.moved(second, 0, 20));
        records.add(Forgery.moved(Forgery.edited(second, "anna", "eve"), 0, 21));

        assertThat(found(records))
                .contains(
                        "DUPLICATE (shop, partition 0, offset 20): record 2 of shop: the same record stands at"
                                + " partition 0, offset 1",
                        "DUPLICATE (shop, partition 0, offset 21): record 2 of shop: another record of this number"
                                + " stands at partition 0, offset 1");
        assertThat(verify(records).isWhole()).isFalse();
    }

    @Test
    @DisplayName("finds a record that stands after its successor")
    void reordered() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        Collections.swap(records, 1, 2);

        assertThat(found(records))
                .containsExactly("REORDERED (shop, partition 0, offset 1): record 2 stands after record 3");
    }

    @Test
    @DisplayName("finds what cannot be read, and misses it in the trail")
    void unreadable() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        records.set(1, Trail.with(records.get(1), "junk".getBytes(UTF_8)));

        assertThat(verify(records).findings())
                .extracting(finding -> finding.kind() + " " + finding.offset())
                .containsExactly("UNREADABLE 1", "GAP 2");
    }

    @Test
    @DisplayName("finds records of a later version, and says so")
    void later() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        records.add(Forgery.moved(Forgery.edited(records.get(0), "\"schema\":1", "\"schema\":2"), 0, 9));
        Trail other = new Trail("other");
        other.commit(Flag.bool("f", true));
        records.add(Forgery.moved(Forgery.edited(other.last(), "\"schema\":1", "\"schema\":2"), 0, 10));

        assertThat(found(records))
                .containsExactly("UNREADABLE (shop, partition 0, offset 9): found dev.guidon.flag.created of a later"
                        + " version of Guidon; verify with that version");
    }

    @Test
    @DisplayName("does not mind types of event that a later version has added to the chain")
    void laterType() {
        published(2);

        assertThat(found(List.of(
                        trail.records().get(0),
                        Forgery.edited(trail.records().get(1), "flag.created", "flag.renamed"))))
                .isEmpty();
    }

    @Test
    @DisplayName("tells that the store has lost changes; the trail is whole")
    void diverged() {
        published(3);
        Revision common = AuditRecord.of(trail.records().get(0)).entry().revision();
        trail.breaks(Break.Cause.DIVERGED, common);
        trail.publish(Commits.following(common, "other-1", Flag.bool("x", true)));
        trail.publish(Commits.following(new Revision(common.epoch(), 2, "other-1"), "other-2", Flag.bool("x", true)));

        AuditReport report = verify(trail.records());

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.DIVERGED);
        assertThat(report.findings().get(0).toString())
                .contains("offset 4", "it was at revision 3@", "after revision 1@");
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    @DisplayName("tells that the store's log did not reach back to the beginning; the trail is whole")
    void startsWithGap() {
        Revision base = new Revision("e", 7, "c7");
        trail.breaks(Break.Cause.GAP, base);
        trail.publish(Commits.following(base, "c8", Flag.bool("x", true)));

        AuditReport report = verify(trail.records());

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.NOT_KEPT);
        assertThat(report.isWhole()).isTrue();
    }

    @Test
    @DisplayName("tells that the oldest records are gone, wherever the cut is; the trail is whole")
    void beginsLater() {
        List<ConsumerRecord<byte[], byte[]>> records = published(6);

        for (int cut = 1; cut < records.size(); cut++) {
            AuditReport report = verify(records.subList(cut, records.size()));

            assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.BEGINS_LATER);
            assertThat(report.findings().get(0).offset()).isEqualTo(cut);
            assertThat(report.isWhole()).isTrue();
        }
    }

    @Test
    @DisplayName("follows a trail over several partitions, and names the partition of what it finds")
    void partitions() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        published(9)
                .forEach(
                        record -> records.add(Forgery.moved(record, (int) (record.offset() % 3), record.offset() / 3)));
        records.sort(Comparator.comparingInt(record -> -record.partition()));

        assertThat(found(records)).isEmpty();

        records.removeIf(record -> record.partition() == 1 && record.offset() == 2);
        assertThat(found(records))
                .containsExactly("GAP (shop, partition 2, offset 2): 1 record is missing between record 7 at partition"
                        + " 0, offset 2 and record 9");
    }

    @Test
    @DisplayName("keeps the trails of several namespaces apart, and looks at one only if it is told to")
    void namespaces() {
        Trail other = new Trail("other");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            trail.commit(Flag.bool("f" + i, true));
            other.commit(Flag.bool("f" + i, true));
            records.add(Forgery.moved(trail.last(), 0, 2L * i));
            records.add(Forgery.moved(other.last(), 0, 2L * i + 1));
        }

        assertThat(verify(records).records()).isEqualTo(5);
        assertThat(verify(records, null)).isEqualTo(new AuditReport(10, List.of()));

        records.remove(5);
        assertThat(verify(records, null).findings())
                .extracting(Finding::namespace)
                .containsExactly("other");
        assertThat(verify(records).findings()).isEmpty();
    }

    @Test
    @DisplayName("finds a change set whose end was never published, though the chain is whole")
    void torn() {
        CommittedChange pair = trail.commit(Flag.bool("a", true), Flag.bool("b", true));
        CommittedChange next = trail.store.commit(Commits.flags("c"));
        ConsumerRecord<byte[], byte[]> half = trail.records().get(0);
        Position middle = new Position(pair.revision(), 1, AuditRecord.of(half).hash());
        TrailWriter writer = new TrailWriter(Trail.TOPIC, "shop");
        ProducerRecord<byte[], byte[]> following =
                writer.write(next, middle).records().get(0);
        ProducerRecord<byte[], byte[]> broken = writer.write(Break.Cause.DIVERGED, middle, pair.revision(), Trail.NOON)
                .records()
                .get(0);

        assertThat(found(List.of(half)))
                .containsExactly("GAP (shop, partition 0, offset 0): the trail ends with change 0 of 2 of revision "
                        + pair.revision());
        assertThat(found(List.of(half, Trail.read(following, 0, 1))))
                .containsExactly("GAP (shop, partition 0, offset 1): change 0 of revision " + next.revision()
                        + " follows change 0 of 2 of revision " + pair.revision());
        assertThat(found(List.of(half, Trail.read(broken, 0, 1))))
                .anyMatch(text -> text.startsWith("GAP (shop, partition 0, offset 1): record 2 follows change 0 of 2"));
    }

    @Test
    @DisplayName("finds a trail that begins in the middle of a change set, or with a later one, and does not say why")
    void beginsWrong() {
        CommittedChange first = trail.store.commit(Commits.flags("a"));
        trail.publish(trail.store.commit(Commits.flags("b")));

        assertThat(found(trail.records())).singleElement().asString().startsWith("GAP (shop, partition 0, offset 0):");
        assertThat(first.revision().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("finds a commit that was published twice, or left out, though the chain is whole")
    void wrongCommits() {
        CommittedChange first = trail.commit(Flag.bool("a", true));
        trail.publish(first);
        CommittedChange second = trail.store.commit(Commits.flags("b"));
        CommittedChange third = trail.store.commit(Commits.flags("c"));
        trail.publish(third);

        assertThat(verify(trail.records()).findings())
                .extracting(finding -> finding.kind() + " " + finding.offset())
                .containsExactly("DUPLICATE 1", "GAP 2");
        assertThat(second.revision().number()).isEqualTo(2);
    }

    private List<ConsumerRecord<byte[], byte[]>> published(int commits) {
        for (int i = 0; i < commits; i++) {
            if (i % 2 == 1 || i == 0) {
                trail.commit(Flag.bool("f" + i, true));
            } else {
                trail.commit(Flag.bool("f" + i, true), Flag.bool("g" + i, false));
            }
        }
        return trail.records();
    }

    private static List<String> found(List<ConsumerRecord<byte[], byte[]>> records) {
        return verify(records).findings().stream().map(Finding::toString).toList();
    }

    private static AuditReport verify(List<ConsumerRecord<byte[], byte[]>> records) {
        return verify(records, "shop");
    }

    private static AuditReport verify(List<ConsumerRecord<byte[], byte[]>> records, @Nullable String namespace) {
        AuditVerifier verifier = new AuditVerifier(namespace);
        records.forEach(verifier::add);
        return verifier.report();
    }
}
