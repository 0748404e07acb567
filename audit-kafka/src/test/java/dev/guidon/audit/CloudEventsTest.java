package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A record is a CloudEvent, as its own SDK reads it,")
class CloudEventsTest {

    private final Trail trail = new Trail("web shop/\u00e9");

    @Test
    @DisplayName("with the attributes of the change, and with the data as they are")
    void change() {
        CommittedChange commit = trail.commit(Flag.bool("a", true), Flag.bool("checkout/new", true));

        CloudEvent event = read(trail.last());

        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(commit.revision().changeSet() + "/1/1/2");
        assertThat(event.getSource()).isEqualTo(URI.create("/guidon/web%20shop%2F%C3%A9"));
        assertThat(event.getType()).isEqualTo("dev.guidon.flag.created");
        assertThat(event.getSubject()).isEqualTo("flag/checkout/new");
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-01T12:00:00Z"));
        assertThat(event.getDataSchema()).isEqualTo(URI.create("urn:guidon:flag-change-event:1"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getData().toBytes()).isEqualTo(trail.last().value());
        assertThat(event.getExtensionNames()).isEmpty();
    }

    @Test
    @DisplayName("also where the trail is broken, then without a subject")
    void broken() {
        trail.breaks(Break.Cause.GAP, new Revision("e", 7, "c"));

        CloudEvent event = read(trail.last());

        assertThat(event.getId()).isEqualTo("log/e/7/1");
        assertThat(event.getType()).isEqualTo("dev.guidon.log.gap");
        assertThat(event.getSubject()).isNull();
    }

    @Test
    @DisplayName("with an id of its own for every record, also for the same commit after failing over and back")
    void ids() {
        Flag flag = Flag.bool("f", false);
        CommittedChange first = trail.commit(flag, Flag.bool("g", true));
        CommittedChange second = trail.commit(flag.withEnabled(true));
        trail.breaks(Break.Cause.DIVERGED, first.revision());
        trail.publish(second);
        trail.breaks(Break.Cause.DIVERGED, first.revision());

        assertThat(trail.records().stream().map(record -> read(record).getId()))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("whose attributes have no character that CloudEvents does not allow")
    void characters() {
        DefinitionKey odd = DefinitionKey.flag("a\n\u0000\u0085\ufdd0\uffff\u20ac");
        Versioned malformed = new Versioned(FlagFormat.read(odd, "{}"), new Version(1, "c1"));
        trail.publish(new CommittedChange(
                new Revision("e", 1, "id\ufffe\ud83d\ude00"),
                "",
                Trail.NOON,
                "anna",
                null,
                List.of(new Edit(odd, null, malformed))));

        CloudEvent event = read(trail.last());

        assertThat(event.getSubject()).isEqualTo("flag/a%0A%00%C2%85%EF%B7%90%EF%BF%BF\u20ac");
        assertThat(event.getId()).isEqualTo("id%EF%BF%BE\ud83d\ude00/1/0/1");
        assertThat(FlagChangeEvent.from(trail.last())).isInstanceOf(FlagChangeEvent.Changed.class);
    }

    private static CloudEvent read(ConsumerRecord<byte[], byte[]> record) {
        CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            assertThat(deserializer.deserialize(record.topic(), record.headers(), record.value()))
                    .isEqualTo(event);
        }
        assertThat(new String(record.headers().lastHeader("ce_id").value(), UTF_8))
                .isEqualTo(event.getId());
        return event;
    }
}
