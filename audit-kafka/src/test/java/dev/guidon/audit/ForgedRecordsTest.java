package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.definition.Flag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The verifier, of records that somebody has forged,")
class ForgedRecordsTest {

    private final Trail trail = new Trail();

    @ParameterizedTest
    @ValueSource(strings = {"anna", "a reason", "2026-11-01T12", "\"enabled\":", "\"changeSet\":\"", "\"epoch\":\""})
    @DisplayName("finds a record whose data were edited")
    void edited(String part) {
        List<ConsumerRecord<byte[], byte[]>> records = published(6);
        char last = part.charAt(part.length() - 1);
        String other = switch (last) {
            case ':' -> part + "\"x\",\"was\":";
            case '"' -> part + "x";
            default -> part.substring(0, part.length() - 1) + "3";
        };
        // As somebody would who mends the headers too.
        ConsumerRecord<byte[], byte[]> forged = Forgery.edited(records.get(4), part, other);
        records.set(4, forged);

        assertThat(verify(records).findings())
                .anySatisfy(finding -> assertThat(finding.kind()).isIn(Kind.EDITED, Kind.GAP, Kind.DUPLICATE))
                .anySatisfy(finding -> assertThat(finding.offset()).isBetween(4L, 5L));
    }

    @Test
    @DisplayName("finds a number that was edited beyond what canonical JSON can say")
    void editedInvisibly() {
        List<ConsumerRecord<byte[], byte[]>> records = published(6);
        records.set(4, Forgery.edited(records.get(4), "\"size\":", "\"size\":0e0,\"sizes\":"));
        records.set(2, Forgery.edited(records.get(2), "\"sequence\":3", "\"sequence\":3.0"));

        assertThat(verify(records).findings())
                .filteredOn(finding -> finding.text().contains("RFC 8785"))
                .extracting(Finding::offset)
                .contains(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "content-type"})
    @DisplayName("finds a header that was edited or removed")
    void header(String name) {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        records.get(0).headers().remove(name).add(name, "x".getBytes(UTF_8));
        records.get(2).headers().remove(name);

        assertThat(verify(records).findings())
                .extracting(finding -> finding.kind() + " " + finding.offset())
                .containsExactly("EDITED 0", "EDITED 2");
        assertThat(found(records)).allMatch(text -> text.contains("header " + name + ": found "));
    }

    @Test
    @DisplayName("finds headers that others have added")
    void moreHeaders() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        records.get(1).headers().add("traceparent", "00-1-1-01".getBytes(UTF_8));

        assertThat(found(records))
                .containsExactly(
                        "EDITED (shop, partition 0, offset 1): header traceparent: found one; allowed: those that"
                                + " a relay writes");
    }

    @Test
    @DisplayName("finds a key that was edited or removed")
    void key() {
        List<ConsumerRecord<byte[], byte[]>> records = published(3);
        records.set(0, Forgery.keyed(records.get(0), "shop/flag/other"));
        records.set(1, Forgery.keyed(records.get(1), null));

        assertThat(found(records))
                .containsExactly(
                        "EDITED (shop, partition 0, offset 0): key: found shop/flag/other; allowed: shop/flag/f0,"
                                + " as in the data",
                        "EDITED (shop, partition 0, offset 1): key: found nothing; allowed: shop/flag/f1, as in the"
                                + " data");
    }

    @Test
    @DisplayName("finds every edit of any byte of any value but the last")
    void sweep() {
        published(34);
        List<ConsumerRecord<byte[], byte[]>> records = trail.records();
        assertThat(records).hasSize(50);
        Random random = new Random(5);

        for (int i = 0; i < 800; i++) {
            int index = random.nextInt(records.size() - 1);
            byte[] value = records.get(index).value().clone();
            int at = random.nextInt(value.length);
            value[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : other(value[at], random));
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records);
            ConsumerRecord<byte[], byte[]> forged = Trail.with(records.get(index), value);
            all.set(index, random.nextBoolean() ? forged : Forgery.withHeadersOfItsData(forged));

            boolean same = Arrays.equals(value, records.get(index).value());
            assertThat(verify(all, null).isWhole())
                    .as("record %d, byte %d: %s", index, at, new String(value, UTF_8))
                    .isEqualTo(same);
        }
    }

    /** Another digit for a digit, another letter for a letter: most of these can still be read. */
    private static int other(byte old, Random random) {
        return Character.isDigit(old) ? '0' + random.nextInt(10) : 'a' + random.nextInt(26);
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
