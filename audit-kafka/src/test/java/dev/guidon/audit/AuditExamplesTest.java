package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagEditor;
import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The examples of the page on Kafka")
class AuditExamplesTest {

    private static final Path PAGE = Path.of("../docs/audit-kafka.md");
    private static final Instant AT = Instant.parse("2026-11-23T09:30:00Z");

    private final Map<String, Object> kafka = Kafka.broker().clientProperties();
    private final FlagStore store =
            InMemoryFlagStore.builder().namespace("production").build();

    @Test
    @DisplayName("copy every change into a topic")
    void relays() {
        AuditRelay relay = AuditRelay.builder(store)
                .topic(AuditTopic.named("flag-audit"))
                .kafka(Map.of("bootstrap.servers", Kafka.broker().bootstrapServers()))
                .start();

        FlagEditor.of(store, "ada@example.com").because("launch").set("dark-mode", true);
        published(relay, 1);
        RelayStatus status = relay.status();
        if (status.problem() != null || status.lag() > 1_000) {
            System.out.println(relay + " needs attention since " + status.since() + ": " + status);
        }
        relay.close();

        assertThat(status.problem()).isNull();
        AuditRelay.unregister(store, "flag-audit");
        assertThat(store.changes().retained()).isEmpty();
    }

    @Test
    @DisplayName("say how the topic is made and kept")
    void describesTopic() {
        AuditTopic topic = AuditTopic.named("flag-audit")
                .withReplication(3)
                .withRetention(Duration.ofDays(3 * 365))
                .withIfMissing(IfMissing.WAIT)
                .withIfDeleted(IfDeleted.STOP);

        assertThat(page()).contains(topic.command("kafka:9092").replace(" --config", " \\\n    --config"));
    }

    @Test
    @DisplayName("consume the topic")
    void consumes() {
        String topic = trail("flag-audit-consumed");
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("group.id", "flag-announcements");
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        settings.put("value.deserializer", FlagChangeDeserializer.class.getName());
        List<String> announced = new ArrayList<>();
        try (KafkaConsumer<String, FlagChangeEvent> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                        .forEach(record -> {
                            if (record.value() instanceof Changed changed) {
                                announced.add(changed.entry().actor() + " " + changed.type() + " " + changed.id()
                                        + " because " + changed.entry().reason());
                            }
                        });
                return announced.size() == 2;
            });
        }

        assertThat(announced)
                .containsExactly(
                        "ada@example.com CREATED flag/dark-mode because null",
                        "ada@example.com DISABLED flag/dark-mode because too dark");
    }

    @Test
    @DisplayName("see the past")
    void seesThePast() {
        String topic = trail("flag-audit-past");
        Instant monday = Instant.now(Clock.systemUTC());
        EvaluationContext ada = EvaluationContext.of("u-1");

        FlagHistory history = FlagHistory.read(kafka, topic, "production");
        FlagHistory.Past past = history.at(monday);
        FlagValue dark =
                Snapshot.of(past.definitions()).evaluate("dark-mode", ada).value();
        List<FlagChangeEvent> story = history.of(DefinitionKey.flag("dark-mode"));
        boolean all = past.complete();

        assertThat(dark).isEqualTo(FlagValue.FALSE);
        assertThat(story).hasSize(2);
        assertThat(all).isTrue();
        assertThat(history.at(1).definitions().flags()).hasSize(1);
    }

    @Test
    @DisplayName("verify a topic")
    void verifies() {
        String topic = trail("flag-audit-verified");

        AuditReport report = AuditVerifier.verify(kafka, topic, "production");
        for (Finding finding : report.findings()) {
            System.out.println(finding);
        }
        boolean whole = report.isWhole();

        assertThat(whole).isTrue();
        assertThat(report.records()).isEqualTo(2);
    }

    @Test
    @DisplayName("the record on the page is the one that is written")
    void recordIsAsWritten() throws Exception {
        FlagStore fixed = InMemoryFlagStore.builder()
                .namespace("production")
                .clock(Clock.fixed(AT, ZoneOffset.UTC))
                .build();
        Definition on = FlagFormat.read(
                DefinitionKey.flag("new-checkout"), "{\"enabled\":true,\"owner\":\"team-checkout\",\"tags\":[\"q4\"]}");
        Definition off = ((dev.guidon.definition.Flag) on).withEnabled(false);
        fixed.commit(new ChangeSet("c-1", "ada@example.com", null, List.of(new Change.Put(on, Version.NONE))));
        fixed.commit(new ChangeSet(
                "c-2", "ada@example.com", "incident 4711", List.of(new Change.Put(off, new Version(1, "c-1")))));
        List<ConsumerRecord<byte[], byte[]>> records = published(fixed, "flag-audit-example");
        ConsumerRecord<byte[], byte[]> record = records.get(1);
        FlagValue found = FlagFormat.readValue(text(record.value()));
        FlagValue shown = FlagFormat.readValue(blocks("json").get(0));
        // Every store has an epoch of its own.
        FlagValue epoch = FlagValue.of(new EventFields(shown).text("epoch"));
        FlagValue first = with(FlagFormat.readValue(text(records.get(0).value())), "epoch", epoch);
        FlagValue expected = with(with(found, "epoch", epoch), "predecessor", FlagValue.of(CanonicalJson.hash(first)));

        assertThat(shown).isEqualTo(expected);
        assertThat(headers(record)).isEqualTo(blocks("text").get(0).strip());
    }

    private static FlagValue with(FlagValue object, String field, FlagValue value) {
        Map<String, FlagValue> fields = new HashMap<>(((FlagValue.Obj) object).fields());
        fields.put(field, value);
        return new FlagValue.Obj(fields);
    }

    /** As the page shows them. */
    private static String headers(ConsumerRecord<byte[], byte[]> record) {
        List<String> lines = new ArrayList<>(List.of("key: " + text(record.key())));
        record.headers().forEach(header -> lines.add(header.key() + ": " + text(header.value())));
        return String.join("\n", lines);
    }

    private String trail(String topic) {
        FlagEditor editor = FlagEditor.of(store, "ada@example.com");
        editor.set("dark-mode", true);
        editor.because("too dark").disable("dark-mode");
        assertThat(published(store, topic)).hasSize(2);
        return topic;
    }

    private List<ConsumerRecord<byte[], byte[]>> published(FlagStore from, String topic) {
        try (AuditRelay relay = AuditRelay.builder(from)
                .topic(AuditTopic.named(topic))
                .kafka(kafka)
                .start()) {
            published(relay, 2);
        }
        return Kafka.records(kafka, topic);
    }

    private static void published(AuditRelay relay, long records) {
        await().atMost(Duration.ofSeconds(60))
                .failFast("it has stopped", () -> relay.status().state() == State.STOPPED)
                .until(() -> relay.status().published() == records);
    }

    private static List<String> blocks(String language) {
        Matcher block = Pattern.compile("(?ms)^```" + language + "\\R(.*?)^```").matcher(page());
        return block.results().map(found -> found.group(1)).toList();
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new FlagStoreException("no page", e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
