package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("When Kafka fails, commits go on and a relay")
@Timeout(300)
class BrokerTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    private static KafkaBroker broker;

    private final String topic = Kafka.name("broker");
    private final InMemoryFlagStore store =
            InMemoryFlagStore.builder().namespace(topic).logLength(50_000).build();
    private final Editor editor = new Editor(store);
    private final Map<String, Object> client = new HashMap<>(Kafka.with(
            broker.clientProperties(),
            "session.timeout.ms",
            2_000,
            "heartbeat.interval.ms",
            500,
            "delivery.timeout.ms",
            4_000,
            "request.timeout.ms",
            2_000,
            "max.block.ms",
            4_000,
            "default.api.timeout.ms",
            4_000,
            "reconnect.backoff.max.ms",
            200));

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName(
            "publishes all of it once Kafka is back after being killed, and says meanwhile what is wrong and since when")
    void killed() {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            editor.commit(100);
            FoundTrail.awaitAll(store, relay);

            editor.commit(100);
            broker.kill();
            editor.commit(Faults.COMMITS_DOWN);
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            await().atMost(LONG).until(() -> relay.status().lag() >= Faults.COMMITS_DOWN);
            RelayStatus down = relay.status();
            editor.commit(10);
            broker.restart();

            FoundTrail.awaitAll(store, relay);
            await().atMost(LONG).until(() -> relay.status().problem() == null);
            assertThat(relay.status().lag()).isZero();
            assertThat(down.since()).isBefore(relay.status().since());
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("goes by the topic while the group keeps its position back for a transaction that does not end")
    void positionKeptBack() {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            editor.commit(50);
            FoundTrail.awaitAll(store, relay);
        }

        try (Producer<byte[], byte[]> hanging = producer("hanging")) {
            hanging.beginTransaction();
            hanging.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(7)),
                    new ConsumerGroupMetadata("guidon-audit-" + topic + "/" + topic));
            editor.commit(50);
            try (AuditRelay relay = start(AuditTopic.named(topic))) {
                FoundTrail.awaitAll(store, relay);
            }
            FoundTrail.assertWhole(store, client, topic);
            hanging.abortTransaction();
        }
    }

    @Test
    @DisplayName("goes on by itself after the broker was frozen")
    void frozen() {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            editor.commit(50);
            FoundTrail.awaitAll(store, relay);

            broker.pause();
            editor.commit(500);
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            broker.resume();

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("starts without Kafka, and publishes what has happened when it comes")
    void startsWithout() {
        broker.stop();
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            editor.commit(50);
            await().atMost(LONG).until(() -> relay.status().problem() != null);
            assertThat(relay.status().state()).isEqualTo(State.CONNECTING);

            broker.restart();

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("waits for a topic that it may not make, says how to make it, and takes it when it is there")
    void missingTopic() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic).withIfMissing(IfMissing.WAIT))) {
            editor.commit(10);

            await().atMost(LONG).until(() -> relay.status().problem() != null);
            assertThat(relay.status().problem())
                    .contains("topic " + topic + ": found none")
                    .contains("kafka-topics.sh --bootstrap-server " + broker.bootstrapServers() + " --create --topic "
                            + topic + " --partitions 1 --config cleanup.policy=delete --config retention.ms=-1")
                    .contains("--config max.message.bytes=");
            try (Admin admin = Admin.create(broker.clientProperties())) {
                admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                        .all()
                        .get();
            }

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("told to do so makes a deleted topic again and publishes what the log still holds, naming the gap")
    void deletedRecreated() throws Exception {
        try (InMemoryFlagStore shortLog = InMemoryFlagStore.builder()
                        .namespace(topic)
                        .logLength(20)
                        .build();
                AuditRelay relay = start(shortLog, AuditTopic.named(topic).withIfDeleted(IfDeleted.RECREATE))) {
            Editor other = new Editor(shortLog);
            other.commit(100);
            FoundTrail.awaitAll(shortLog, relay);
            await().atMost(Kafka.PATIENCE)
                    .until(() -> shortLog.changes().base().number() == 80
                            || other.commitNext().revision().number() > 120);
            FoundTrail.awaitAll(shortLog, relay);
            delete();
            other.commit(10);

            await().atMost(LONG).until(() -> isThere() && relay.status().problem() == null);
            FoundTrail.awaitAll(shortLog, relay);

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            Break first = (Break) trail.events().get(0);
            assertThat(first.cause()).isEqualTo(Break.Cause.GAP);
            assertThat(trail.report().isWhole()).isTrue();
            assertThat(FoundTrail.said(trail.changes()))
                    .endsWith(FoundTrail.held(shortLog).toArray(String[]::new));
            assertThat(trail.changes().get(0).entry().revision().number())
                    .isEqualTo(first.entry().revision().number() + 1);
        }
    }

    @Test
    @DisplayName("names the flag whose record the topic does not take, goes on trying, and loses nothing")
    void tooLarge() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            editor.commit(10);
            FoundTrail.awaitAll(store, relay);
            limit("20000");
            editor.create(Large.flag("large", 100_000));
            editor.commit(10);

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.status().problem())
                            .contains("flag/large", "bytes")
                            .containsIgnoringCase("larger than"));
            limit("4194304");

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("publishes definitions at the size limit, created, changed and removed")
    void sizeLimit() {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            Large.history(store);

            FoundTrail.awaitAll(store, relay);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    private Producer<byte[], byte[]> producer(String transactionalId) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Kafka.with(broker.clientProperties(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void delete() throws Exception {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private boolean isThere() throws Exception {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            return admin.listTopics().names().get().contains(topic);
        }
    }

    private void limit(String bytes) throws Exception {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp set =
                    new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, Set.of(set))).all().get();
        }
    }

    private AuditRelay start(AuditTopic where) {
        return start(store, where);
    }

    private AuditRelay start(InMemoryFlagStore from, AuditTopic where) {
        return AuditRelay.builder(from)
                .topic(where)
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}
