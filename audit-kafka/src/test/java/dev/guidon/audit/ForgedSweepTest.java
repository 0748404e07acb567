package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of any one thing that was changed in a trail, the verifier finds that and nothing else:")
class ForgedSweepTest {

    /** Each record is swept at other bytes. */
    private static final int STEP = 2;

    private static final byte[] BITS = {1, 2, (byte) 0x80};

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private int last;

    @BeforeEach
    void publish() {
        Trail trail = new Trail();
        Flag pair = Flag.bool("pair", false).withEnabled(false);
        trail.commit(Flag.bool("one", true));
        trail.commit(Flag.bool("two", true), pair);
        trail.commit(Flag.bool("one", true).withEnabled(false));
        trail.commit(pair.withArchived(true), Flag.bool("two", false));
        trail.commit(DefinitionKey.flag("one"));
        trail.commit(Flag.bool("last", true));
        records.addAll(trail.records());
        last = records.size() - 1;
        assertThat(findings(records)).isEmpty();
    }

    @Test
    @DisplayName("a byte of a value that is another one, whether or not headers and key are mended")
    void bytes() {
        for (int i = 0; i < last; i++) {
            byte[] value = records.get(i).value();
            for (int at = i % STEP; at < value.length; at += STEP) {
                byte[] changed = value.clone();
                changed[at] ^= BITS[at % BITS.length];
                assertForged(i, changed);
            }
        }
    }

    @Test
    @DisplayName("a byte of a value that is missing, there twice, or a space too much")
    void lengths() {
        for (int i = 0; i < last; i++) {
            String text = new String(records.get(i).value(), ISO_8859_1);
            for (int at = i % STEP; at < text.length(); at += STEP) {
                String here = text.substring(at, at + 1);
                String other = List.of("", here + here, " " + here).get(at % 3);
                String forged = text.substring(0, at) + other + text.substring(at + 1);
                assertForged(i, forged.getBytes(ISO_8859_1));
            }
        }
    }

    @Test
    @DisplayName("a value that says the same in other bytes, also in the last record")
    void notCanonical() {
        for (int i = 0; i <= last; i++) {
            String text = new String(records.get(i).value(), UTF_8);
            for (String other : List.of(
                    " " + text,
                    text + "\n",
                    text.replace("\":", "\": "),
                    text.replace(",\"", ",\t\""),
                    text.replaceFirst("\\{(\"[a-z]+\":\"[^\"]*\"),", "{").replaceFirst("}$", "," + first(text) + "}"),
                    text.replace("\"actor\"", "\"\\u0061ctor\""),
                    text.replace("shop", "sho\\u0070"))) {
                assertThat(other).isNotEqualTo(text);
                assertFound(with(i, Trail.with(records.get(i), other.getBytes(UTF_8))), "EDITED " + i);
            }
        }
    }

    private static String first(String text) {
        return text.substring(1, text.indexOf("\",") + 1);
    }

    @Test
    @DisplayName("a header that is missing, added, there twice, in another place, or says something else")
    void headers() {
        for (int i = 0; i <= last; i++) {
            Header[] headers = records.get(i).headers().toArray();
            for (int at = 0; at < headers.length; at++) {
                Header header = headers[at];
                int here = at;
                assertHeaders(i, all -> all.remove(here));
                assertHeaders(i, all -> all.add(header));
                assertHeaders(i, all -> all.add(here, header));
                assertHeaders(i, all -> Collections.swap(all, here, here == 0 ? 1 : here - 1));
                assertHeaders(i, all -> all.add(here, new RecordHeader("traceparent", "00-1".getBytes(UTF_8))));
                assertHeaders(i, all -> all.set(here, new RecordHeader(header.key() + "s", header.value())));
                for (byte[] value : new byte[][] {null, {}, "x".getBytes(UTF_8), with(header.value(), (byte) ' ')}) {
                    assertHeaders(i, all -> all.set(here, new RecordHeader(header.key(), value)));
                }
            }
        }
    }

    @Test
    @DisplayName("a key that is another one or none")
    void keys() {
        for (int i = 0; i <= last; i++) {
            String key = new String(records.get(i).key(), UTF_8);
            for (String other :
                    new String[] {null, "", key + " ", key.substring(1), "shop/log", key.replace('o', 'O')}) {
                assertFound(with(i, Forgery.keyed(records.get(i), other)), "EDITED " + i);
            }
        }
    }

    @Test
    @DisplayName("a field of a value that is missing, added or of another kind, in canonical form")
    void fields() {
        for (int i = 0; i < last; i++) {
            FlagValue.Obj value = (FlagValue.Obj)
                    FlagFormat.readValue(new String(records.get(i).value(), UTF_8));
            for (String name : value.fields().keySet()) {
                for (FlagValue other : new FlagValue[] {
                    null, FlagValue.NULL, FlagValue.of(1), FlagValue.of(7), FlagValue.of("x"), FlagValue.of(true)
                }) {
                    Map<String, FlagValue> fields = new LinkedHashMap<>(value.fields());
                    if (other == null) {
                        fields.remove(name);
                    } else {
                        fields.put(name, other);
                    }
                    if (!fields.equals(value.fields())) {
                        assertForged(i, canonical(fields));
                    }
                }
            }
            Map<String, FlagValue> more = new LinkedHashMap<>(value.fields());
            more.put("more", FlagValue.of("x"));
            assertForged(i, canonical(more));
        }
    }

    @Test
    @DisplayName("a type that is another one, known or not, whether or not the header is mended")
    void types() {
        for (int i = 0; i < last; i++) {
            String text = new String(records.get(i).value(), UTF_8);
            String type = text.replaceFirst(".*\"type\":\"([a-z.]+)\".*", "$1");
            List<String> types = new ArrayList<>(List.of("log.diverged", "log.gap", "flag.renamed", "x", "", "flag."));
            for (ChangeType each : ChangeType.values()) {
                types.add("flag." + each.word());
                types.add("segment." + each.word());
            }
            types.remove(type);
            for (String other : types) {
                ConsumerRecord<byte[], byte[]> forged = Trail.with(
                        records.get(i),
                        text.replace("\"type\":\"" + type, "\"type\":\"" + other)
                                .getBytes(UTF_8));
                assertFound(with(i, forged), "EDITED " + i);
                assertFound(with(i, Forgery.withHeadersOfItsData(forged)), "EDITED " + i);
            }
        }
    }

    @Test
    @DisplayName("a record that is missing, there twice, or in another place")
    void places() {
        for (int i = 0; i <= last; i++) {
            int here = i;
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            assertFound(
                    changed(all -> all.remove(here)),
                    i == last ? new String[0] : new String[] {i == 0 ? "BEGINS_LATER 1" : "GAP " + (i + 1)});
            for (int to = 0; to <= records.size(); to++) {
                int there = to;
                assertFound(changed(all -> all.add(there, Forgery.moved(record, 0, 100))), "DUPLICATE");
                if (to < i || (to > i + 1)) {
                    assertFound(
                            changed(all -> {
                                all.add(there, record);
                                all.remove(there < here ? here + 1 : here);
                            }),
                            "REORDERED");
                }
            }
        }
    }

    private static byte[] with(byte[] value, byte more) {
        byte[] longer = Arrays.copyOf(value, value.length + 1);
        longer[value.length] = more;
        return longer;
    }

    private static byte[] canonical(Map<String, FlagValue> fields) {
        return CanonicalJson.write(new FlagValue.Obj(fields)).getBytes(UTF_8);
    }

    private void assertHeaders(int i, Consumer<List<Header>> change) {
        ConsumerRecord<byte[], byte[]> copy =
                Trail.with(records.get(i), records.get(i).value());
        List<Header> headers = new ArrayList<>(Arrays.asList(copy.headers().toArray()));
        change.accept(headers);
        headers.forEach(header -> copy.headers().remove(header.key()));
        Arrays.asList(records.get(i).headers().toArray())
                .forEach(header -> copy.headers().remove(header.key()));
        headers.forEach(copy.headers()::add);
        assertFound(with(i, copy), "EDITED " + i);
    }

    private List<ConsumerRecord<byte[], byte[]>> with(int i, ConsumerRecord<byte[], byte[]> forged) {
        return changed(all -> all.set(i, forged));
    }

    private List<ConsumerRecord<byte[], byte[]>> changed(Consumer<List<ConsumerRecord<byte[], byte[]>>> change) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records);
        change.accept(all);
        return all;
    }

    /** Edited, or no record of a trail any more, which is then missing in its trail. */
    private void assertForged(int i, byte[] value) {
        if (Arrays.equals(value, records.get(i).value())) {
            return;
        }
        ConsumerRecord<byte[], byte[]> forged = Trail.with(records.get(i), value);
        for (ConsumerRecord<byte[], byte[]> each : List.of(forged, mended(forged))) {
            List<String> found = findings(with(i, each));
            List<List<String>> allowed = List.of(
                    List.of("EDITED " + i),
                    List.of("UNREADABLE " + i, i == 0 ? "BEGINS_LATER 1" : "GAP " + (i + 1)),
                    // The first record, of another namespace.
                    i == 0 ? List.of("EDITED 0", "BEGINS_LATER 1") : List.of("EDITED " + i));
            if (!(i == 0 && found.equals(List.of("BEGINS_LATER 1")))) {
                assertThat(allowed)
                        .as(() -> "record " + i + ": " + new String(value, UTF_8) + ": " + found)
                        .contains(found);
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> mended(ConsumerRecord<byte[], byte[]> forged) {
        AuditRecord read = AuditRecord.of(Forgery.withHeadersOfItsData(forged));
        String namespace = read.entry() == null ? "shop" : read.entry().namespace();
        String key = new String(forged.key(), UTF_8).replaceFirst("^shop", Matcher.quoteReplacement(namespace));
        if (read.event() instanceof FlagChangeEvent.Changed changed) {
            key = namespace + "/" + changed.id().text();
        }
        return Forgery.keyed(Forgery.withHeadersOfItsData(forged), key);
    }

    private static void assertFound(List<ConsumerRecord<byte[], byte[]>> all, String... expected) {
        List<String> found = findings(all);
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).startsWith(expected[i]);
        }
    }

    private static List<String> findings(List<ConsumerRecord<byte[], byte[]>> all) {
        AuditVerifier verifier = new AuditVerifier(null);
        all.forEach(verifier::add);
        AuditReport report = verifier.report();
        assertThat(report.isWhole())
                .isEqualTo(report.findings().stream().map(Finding::kind).allMatch(AuditReport.Kind::isTold));
        return report.findings().stream()
                .map(finding -> finding.kind() + " " + finding.offset())
                .sorted(Collections.reverseOrder())
                .toList();
    }
}
