package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Reading a record")
class FlagChangeEventTest {

    private final Trail trail = new Trail();
    private ConsumerRecord<byte[], byte[]> good;

    @BeforeEach
    void publish() {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("f", true));
        good = Trail.read(trail.sent.get(1), 3, 17);
    }

    @Test
    @DisplayName("gives the same with the deserializer, with headers and without")
    void deserializer() {
        FlagChangeDeserializer deserializer = new FlagChangeDeserializer();

        assertThat(deserializer.deserialize(Trail.TOPIC, good.headers(), good.value()))
                .isInstanceOf(Changed.class)
                .isEqualTo(deserializer.deserialize(Trail.TOPIC, good.value()))
                .isEqualTo(FlagChangeEvent.from(good));
        assertThat(deserializer.deserialize(Trail.TOPIC, null))
                .isInstanceOfSatisfying(
                        Unreadable.class, broken -> assertThat(broken.offset()).isEqualTo(-1));
    }

    @Test
    @DisplayName("without a value says so, and where it stands")
    void noValue() {
        FlagChangeEvent event = FlagChangeEvent.from(Trail.with(good, null));

        assertThat(event).isEqualTo(new Unreadable(Trail.TOPIC, 3, 17, "found no value; allowed: an event in JSON"));
        assertThat(event.toString()).contains(Trail.TOPIC, "partition=3", "offset=17");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello | JSON",
                "`` | nothing",
                "{} {} | after the end",
                "[] | found []; allowed: an object",
                "7 | found 7; allowed: an object"
            })
    @DisplayName("that is no event says what was found")
    void noEvent(String value, String problem) {
        assertThat(problem(value.getBytes(UTF_8))).contains(problem);
    }

    @Test
    @DisplayName("that is not UTF-8 says so")
    void notUtf8() {
        assertThat(problem(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'})).contains("allowed: UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'flag.enabled', | `` | type: found nothing",
                "'schema':1, | `` | schema: found nothing",
                "'schema':1, | 'schema':0, | schema: found 0",
                "'schema':1, | 'schema':'1', | schema: found \"1\"; allowed: an integer",
                "'namespace':'shop', | `` | namespace: found nothing; allowed: a string",
                "'namespace':'shop', | 'namespace':5, | namespace: found 5; allowed: a string",
                "'sequence':2, | 'sequence':2.5, | sequence: found 2.5; allowed: an integer",
                "'sequence':2, | 'sequence':null, | sequence: found nothing; allowed: an integer",
                "'revision':2, | 'revision':-2, | number: found -2",
                "'revision':2, | 'revision':100000000000000000000000, | revision: found 1000",
                "'at':'2026-11-01T12:00:00Z', | 'at':'today', | at: found \"today\"; allowed: an instant",
                "'actor':'anna', | 'actor':{}, | actor: found {}",
                "'reason':'a reason', | 'reason':[1], | reason: found [1]",
                "'position':0, | `` | position: found nothing",
                "'definition':'flag/f', | 'definition':'f', | definition: found \"f\"; allowed: flag/ or segment/",
                "'beforeVersion':1, | `` | beforeVersion: found nothing",
                "'beforeVersion':1, | 'beforeVersion':-1, | number: found -1",
                "'sequence':2, | 'sequence':2.0, | RFC 8785",
                "'sequence':2, | 'sequence':2,'x':0.1000000000000000055, | RFC 8785",
            })
    @DisplayName("with a field that is missing or wrong names the field, what was found and what is allowed")
    void wrongField(String part, String replacement, String problem) {
        assertThat(problem(edited(part, replacement))).contains(problem);
    }

    @Test
    @DisplayName("ignores fields that a later version has added")
    void moreFields() {
        FlagChangeEvent event =
                FlagChangeEvent.from(Trail.with(good, edited("'size':1,", "'size':1,'later':{'x':[]},")));

        assertThat(event).isEqualTo(FlagChangeEvent.from(good));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'flag.enabled' | 'type':'flag.renamed' | dev.guidon.flag.renamed",
                "'type':'flag.enabled' | 'type':'log.compacted' | dev.guidon.log.compacted",
                "'type':'flag.enabled' | 'type':'environment.created' | dev.guidon.environment.created",
                "'schema':1 | 'schema':2 | dev.guidon.flag.enabled",
                "'schema':1,'sequence':2, | 'schema':3, | dev.guidon.flag.enabled"
            })
    @DisplayName("of a later version tells its type and its namespace")
    void other(String part, String replacement, String type) {
        assertThat(FlagChangeEvent.from(Trail.with(good, edited(part, replacement))))
                .isEqualTo(new Other(type, "shop"));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_id, x",
        "ce_source, /guidon/other",
        "ce_type, dev.guidon.flag.disabled",
        "ce_time, 2026-11-01T12:00:01Z",
        "ce_subject, flag/g",
        "ce_specversion, 0.3",
        "ce_dataschema, urn:x",
        "content-type, text/plain"
    })
    @DisplayName("whose headers contradict its data names the header")
    void headers(String name, String text) {
        good.headers().remove(name).add(name, text.getBytes(UTF_8));

        assertThat(FlagChangeEvent.from(good))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        broken -> assertThat(broken.problem())
                                .contains("header " + name + ": found " + text + "; allowed: "));
    }

    @Test
    @DisplayName("with an empty header, or one that is not UTF-8, takes it for a contradiction")
    void brokenHeader() {
        good.headers().remove("ce_subject").add("ce_subject", null);
        assertThat(FlagChangeEvent.from(good)).isInstanceOf(Unreadable.class);

        good.headers().remove("ce_subject").add("ce_subject", new byte[] {(byte) 0xff});
        assertThat(FlagChangeEvent.from(good)).isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("never fails, whatever the bytes are")
    void fuzz() {
        trail.breaks(Break.Cause.DIVERGED, trail.position().revision());
        trail.commit(Segment.of("s"), Flag.bool("o", true));
        Random random = new Random(11);
        List<FlagChangeEvent> events = new ArrayList<>();

        for (int i = 0; i < 20_000; i++) {
            ProducerRecord<byte[], byte[]> sent = trail.sent.get(random.nextInt(trail.sent.size()));
            byte[] value = sent.value().clone();
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                value[random.nextInt(value.length)] = random.nextInt(3) == 0
                        ? (byte) random.nextInt()
                        : (byte) "0123456789eE+-.\"{}[],:\\ntu\u0000".charAt(random.nextInt(26));
            }
            events.add(FlagChangeEvent.from(new ConsumerRecord<>("t", 0, i, sent.key(), value)));
        }

        assertThat(events).doesNotContainNull().hasAtLeastOneElementOfType(Unreadable.class);
        assertThat(events).hasAtLeastOneElementOfType(Changed.class).hasAtLeastOneElementOfType(Other.class);
    }

    private String problem(byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic-x", 3, 17, good.key(), value);
        Unreadable broken = (Unreadable) FlagChangeEvent.from(record);
        assertThat(broken)
                .isEqualTo(new Unreadable("topic-x", 3, 17, broken.problem()))
                .isEqualTo(AuditRecord.of("topic-x", 3, 17, new RecordHeaders(), value)
                        .event());
        return broken.problem();
    }

    private byte[] edited(String part, String replacement) {
        String text = new String(good.value(), UTF_8);
        String found = part.replace('\'', '"');
        String last = "," + found.substring(0, found.length() - 1);
        String edited = text.contains(found)
                ? text.replace(found, replacement == null ? "" : replacement.replace('\'', '"'))
                : text.replace(
                        last,
                        replacement == null || replacement.isEmpty()
                                ? ""
                                : "," + replacement.replace('\'', '"').replaceAll(",$", ""));
        assertThat(edited).isNotEqualTo(text);
        return edited.getBytes(UTF_8);
    }
}
