package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Break.Cause;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A relay")
@Timeout(120)
class RelayTest {

    private final String topic = Kafka.name("relay");
    private final Map<String, Object> client = Kafka.with(Kafka.broker().clientProperties(), Faults.IMPATIENT);

    @Test
    @DisplayName("publishes every change once, in order, with all that the store knows of it")
    void everyChange() {
        try (InMemoryFlagStore store = store();
                AuditRelay relay = start(store)) {
            new Editor(store).commit(500);

            FoundTrail.awaitAll(store, relay);

            FoundTrail.assertWhole(store, client, topic);
            assertThat(relay.status().state()).isEqualTo(State.ACTIVE);
            assertThat(relay.status().problem()).isNull();
            assertThat(relay.status().published())
                    .isEqualTo(FoundTrail.held(store).size());
        }
    }

    @Test
    @DisplayName("goes on where the last one has ended")
    void goesOn() {
        try (InMemoryFlagStore store = store()) {
            Editor editor = new Editor(store);
            for (int i = 0; i < 3; i++) {
                try (AuditRelay relay = start(store)) {
                    editor.commit(20);
                    FoundTrail.awaitAll(store, relay);
                }
            }

            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("publishes what was committed while none was there, since the log is kept for it")
    void keepsTheLog() {
        try (InMemoryFlagStore store =
                InMemoryFlagStore.builder().namespace(topic).logLength(10).build()) {
            Editor editor = new Editor(store);
            try (AuditRelay relay = start(store)) {
                editor.commit(1);
                FoundTrail.awaitAll(store, relay);
                await().atMost(Kafka.PATIENCE).until(() -> Kafka.registered(store, topic) >= 0);
            }
            editor.commit(100);

            try (AuditRelay relay = start(store)) {
                FoundTrail.awaitAll(store, relay);
            }

            assertThat(FoundTrail.read(client, topic, topic).report().findings())
                    .isEmpty();
            assertThat(FoundTrail.read(client, topic, topic).changes().stream()
                            .map(changed -> changed.entry().revision().number())
                            .distinct())
                    .hasSize(101);
        }
    }

    @Test
    @DisplayName("that is gone for good is unregistered, and the log is not kept for it any more")
    void unregistered() {
        try (InMemoryFlagStore store =
                InMemoryFlagStore.builder().namespace(topic).logLength(10).build()) {
            try (AuditRelay relay = start(store)) {
                new Editor(store).commit(1);
                FoundTrail.awaitAll(store, relay);
                await().atMost(Kafka.PATIENCE).until(() -> Kafka.registered(store, topic) >= 0);
            }

            AuditRelay.unregister(store, topic);

            store.commit(dev.guidon.store.ChangeSet.of(
                    "ann", null, List.of(new dev.guidon.store.Change.Put(Flag.bool("another", true), Version.NONE))));
            assertThat(store.changes().retained()).isEmpty();
        }
    }

    @Test
    @DisplayName("says in the first record what the log did not hold any more when it began")
    void beginsLater() {
        try (InMemoryFlagStore store =
                InMemoryFlagStore.builder().namespace(topic).logLength(10).build()) {
            new Editor(store).commit(30);

            try (AuditRelay relay = start(store)) {
                FoundTrail.awaitAll(store, relay);
            }

            FoundTrail trail = FoundTrail.read(client, topic, topic);
            Break first = (Break) trail.events().get(0);
            assertThat(first.cause()).isEqualTo(Cause.GAP);
            assertThat(first.from()).isNull();
            assertThat(first.entry().revision()).isEqualTo(store.changes().base());
            assertThat(FoundTrail.said(trail.changes())).isEqualTo(FoundTrail.held(store));
            assertThat(trail.report().isWhole()).isTrue();
        }
    }

    @Test
    @DisplayName("finds in the topic where it was when the group has forgotten it")
    void positionLost() throws Exception {
        try (InMemoryFlagStore store = store()) {
            Editor editor = new Editor(store);
            try (AuditRelay relay = start(store)) {
                editor.commit(50);
                FoundTrail.awaitAll(store, relay);
            }
            try (Admin admin = Admin.create(Kafka.broker().clientProperties())) {
                String group = "guidon-audit-" + topic + "/" + topic;
                admin.deleteConsumerGroupOffsets(group, Set.of(new TopicPartition(topic, 0)))
                        .all()
                        .get();
            }

            try (AuditRelay relay = start(store)) {
                editor.commit(50);
                FoundTrail.awaitAll(store, relay);
            }

            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @SuppressWarnings("try") // that it is closed before its end is what is tested
    @DisplayName("is relieved at once by another one when it ends, and only one is active")
    void standby() {
        try (InMemoryFlagStore store = store();
                AuditRelay first = start(store)) {
            await().atMost(Kafka.PATIENCE).until(() -> first.status().state() == State.ACTIVE);
            try (AuditRelay second = start(store)) {
                await().atMost(Kafka.PATIENCE).until(() -> second.status().state() == State.STANDBY);
                Editor editor = new Editor(store);
                editor.commit(20);
                FoundTrail.awaitAll(store, first);
                assertThat(first.status().state()).isEqualTo(State.ACTIVE);
                assertThat(second.status().published()).isZero();

                first.close();
                editor.commit(20);

                FoundTrail.awaitAll(store, second);
                assertThat(second.status().state()).isEqualTo(State.ACTIVE);
                assertThat(first.status().state()).isEqualTo(State.STOPPED);
                FoundTrail.assertWhole(store, client, topic);
            }
        }
    }

    @Test
    @DisplayName("keeps the order over several partitions, and namespaces in one topic apart")
    void partitionsAndNamespaces() {
        AuditTopic wide = AuditTopic.named(topic).withPartitions(3);
        try (InMemoryFlagStore one = store();
                InMemoryFlagStore other =
                        InMemoryFlagStore.builder().namespace(topic + "-other").build();
                AuditRelay relay = start(one, wide);
                AuditRelay otherRelay = start(other, wide)) {
            new Editor(one).commit(100);
            new Editor(other).commit(100);

            FoundTrail.awaitAll(one, relay);
            FoundTrail.awaitAll(other, otherRelay);

            FoundTrail.assertWhole(one, client, topic);
            FoundTrail.assertWhole(other, client, topic);
            assertThat(Kafka.records(client, topic).stream()
                            .map(org.apache.kafka.clients.consumer.ConsumerRecord::partition)
                            .distinct())
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("goes on when somebody has set the group's offset by hand")
    void offsetSetByHand() throws Exception {
        try (InMemoryFlagStore store = store()) {
            Editor editor = new Editor(store);
            try (AuditRelay relay = start(store)) {
                editor.commit(20);
                FoundTrail.awaitAll(store, relay);
            }
            try (Admin admin = Admin.create(Kafka.broker().clientProperties())) {
                admin.alterConsumerGroupOffsets(
                                "guidon-audit-" + topic + "/" + topic,
                                Map.of(
                                        new TopicPartition(topic, 0),
                                        new org.apache.kafka.clients.consumer.OffsetAndMetadata(3)))
                        .all()
                        .get();
            }

            try (AuditRelay relay = start(store)) {
                editor.commit(20);
                FoundTrail.awaitAll(store, relay);
            }

            FoundTrail.assertWhole(store, client, topic);
        }
    }

    @Test
    @DisplayName("leaves no thread behind, and can be closed twice and before it has ever reached Kafka")
    void threads() {
        try (InMemoryFlagStore store = store()) {
            AuditRelay relay = start(store);
            await().atMost(Kafka.PATIENCE).until(() -> relay.status().state() == State.ACTIVE);
            AuditRelay lost = AuditRelay.builder(store)
                    .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                    .start();

            relay.close();
            relay.close();
            lost.close();

            assertThat(lost.status().state()).isEqualTo(State.STOPPED);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().contains("guidon-" + topic)
                                    || thread.getName().contains("guidon-audit-" + topic)));
        }
    }

    private InMemoryFlagStore store() {
        return InMemoryFlagStore.builder().namespace(topic).build();
    }

    private AuditRelay start(InMemoryFlagStore store) {
        return start(store, AuditTopic.named(topic));
    }

    private AuditRelay start(InMemoryFlagStore store, AuditTopic where) {
        return AuditRelay.builder(store)
                .topic(where)
                .kafka(client)
                .longestRetry(Duration.ofSeconds(1))
                .start();
    }
}
