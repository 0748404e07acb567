package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
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
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("On brokers that make topics by themselves, a relay")
@Timeout(180)
class DeletedTopicTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = Kafka.name("deleted");
    private final InMemoryFlagStore store =
            InMemoryFlagStore.builder().namespace(topic).logLength(20).build();
    private final Editor editor = new Editor(store);
    /** Clients that ask for their topics often. */
    private final Map<String, Object> client =
            Kafka.with(Kafka.broker().clientProperties(), "metadata.max.age.ms", 100);

    private Admin admin;

    @BeforeEach
    void connect() {
        admin = Admin.create(Kafka.broker().clientProperties());
    }

    @AfterEach
    void close() {
        admin.close();
        store.close();
    }

    @Test
    @DisplayName("stops when its topic is deleted, makes it by no question for it, and keeps the log")
    void stops() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            publish(relay);
            delete();

            awaitStopped(relay);
            assertThat(relay.status().problem())
                    .contains("topic " + topic + ": found none, though it was published to")
                    .contains("RECREATE");
            assertThat(Kafka.registered(store, topic)).isNotNegative();
            assertThat(admin.listTopics().names().get()).doesNotContain(topic);
        }
    }

    @Test
    @DisplayName("stops when its topic is deleted while changes come")
    void stopsBusy() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            publish(relay);
            delete();
            await().atMost(LONG).until(() -> {
                editor.commit(1);
                return relay.status().state() == State.STOPPED;
            });
        }
    }

    @Test
    @DisplayName("stops when its topic is deleted and made again by somebody, and writes nothing into that one")
    void stopsOnAnother() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            publish(relay);
            delete();
            make(Map.of());
            editor.commit(5);

            awaitStopped(relay);
            assertThat(relay.status().problem()).contains("topic " + topic + ": found one with the id ", "RECREATE");
        }
        assertThat(Kafka.records(client, topic)).isEmpty();
    }

    @Test
    @DisplayName("stops when its topic was deleted and made again while no relay ran")
    void stopsOnAnotherLater() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic))) {
            publish(relay);
        }
        delete();
        make(Map.of());

        for (int i = 0; i < 2; i++) {
            try (AuditRelay relay = start(AuditTopic.named(topic))) {
                awaitStopped(relay);
                assertThat(relay.status().problem()).contains("found one with the id ");
                assertThat(relay.status().published()).isZero();
            }
        }
    }

    @Test
    @DisplayName("stops on another topic of the name also if the store never noted that it has published")
    void stopsUnnoted() throws Exception {
        FlagStore unwilling = Injected.refusing(store, "retain", () -> {
            throw new FlagStoreException("NOREPLICAS Not enough good replicas to write.");
        });
        try (AuditRelay relay = start(unwilling, AuditTopic.named(topic))) {
            editor.commit(5);
            FoundTrail.awaitAll(store, relay);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.status().problem())
                            .contains("it publishes, but cannot note its position in the store", "NOREPLICAS"));
            assertThat(relay.status().state()).isEqualTo(State.ACTIVE);

            delete();
            make(Map.of());

            awaitStopped(relay);
        }
    }

    @Test
    @DisplayName("told to do so makes it again with the settings that it has to have, and publishes what the log holds")
    void recreates() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic).withIfDeleted(IfDeleted.RECREATE))) {
            publish(relay);
            delete();
            editor.commit(30);

            awaitPublished(relay);
            assertThat(setting("retention.ms")).isEqualTo("-1");
            assertThat(setting("max.message.bytes")).isEqualTo("4194304");
            assertThat(relay.status().problem()).isNull();
            await().atMost(LONG).until(() -> Kafka.registered(store, topic) == 40);
            assertThat(store.changes().retained()).hasSize(1);
        }
        assertThat(FoundTrail.read(client, topic, topic).report().isWhole()).isTrue();
    }

    @Test
    @DisplayName(
            "told to do so goes on in one that somebody has made, says what is wrong with it, and from when it is right")
    void goesOnInAnother() throws Exception {
        try (AuditRelay relay = start(AuditTopic.named(topic).withIfDeleted(IfDeleted.RECREATE))) {
            publish(relay);
            delete();
            make(Map.of("cleanup.policy", "compact", "max.message.bytes", "100000"));
            editor.commit(10);

            awaitPublished(relay);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(relay.status().problem())
                            .contains("topic " + topic + ": cleanup.policy: found \"compact\"; allowed: delete")
                            .contains("retention.ms: found \"604800000\"; allowed: -1")
                            .contains("max.message.bytes: found \"100000\"; allowed: at least 4194304"));
            assertThat(relay.status().state()).isEqualTo(State.ACTIVE);
            assertThat(FoundTrail.read(client, topic, topic).report().isWhole()).isTrue();

            set("cleanup.policy", "delete");
            set("retention.ms", "-1");
            set("max.message.bytes", "4194304");

            await().atMost(LONG).until(() -> relay.status().problem() == null);
        }
    }

    @Test
    @DisplayName("waits for a topic that it may not make, and does not make it by its questions")
    void waits() throws Exception {
        editor.commit(3);
        try (AuditRelay relay = start(AuditTopic.named(topic).withIfMissing(IfMissing.WAIT))) {
            await().atMost(LONG).until(() -> relay.board.failures() > 2);

            assertThat(relay.status().problem()).contains("topic " + topic + ": found none");
            assertThat(admin.listTopics().names().get()).doesNotContain(topic);
        }
    }

    private void publish(AuditRelay relay) {
        editor.commit(10);
        FoundTrail.awaitAll(store, relay);
        await().atMost(LONG).until(() -> Kafka.registered(store, topic) >= 0);
    }

    private void awaitPublished(AuditRelay relay) {
        await().atMost(LONG)
                .until(() -> relay.status().published() > 12 && relay.status().lag() == 0);
        FoundTrail.awaitAll(store, relay);
    }

    private static void awaitStopped(AuditRelay relay) {
        await().atMost(LONG).until(() -> relay.status().state() == State.STOPPED);
    }

    private void delete() throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    private void make(Map<String, String> settings) throws Exception {
        NewTopic made = new NewTopic(topic, 1, (short) 1).configs(new HashMap<>(settings));
        await().atMost(LONG).ignoreExceptions().until(() -> {
            admin.createTopics(List.of(made)).all().get();
            return true;
        });
    }

    private ConfigResource resource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private void set(String name, String value) throws Exception {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(), Set.of(set))).all().get();
    }

    private String setting(String name) throws Exception {
        return admin.describeConfigs(List.of(resource()))
                .all()
                .get()
                .get(resource())
                .get(name)
                .value();
    }

    private AuditRelay start(AuditTopic where) {
        return start(store, where);
    }

    private AuditRelay start(FlagStore from, AuditTopic where) {
        return AuditRelay.builder(from)
                .topic(where)
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}
