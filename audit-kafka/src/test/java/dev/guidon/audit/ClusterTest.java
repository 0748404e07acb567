package dev.guidon.audit;

import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.KafkaCluster;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("On three brokers")
@Timeout(300)
class ClusterTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @Test
    @DisplayName(
            "every change is published once while one leader after the other is killed, and while too few replicas are left")
    void leaders() {
        String topic = Kafka.name("cluster");
        try (KafkaCluster kafka = KafkaCluster.start();
                InMemoryFlagStore store = InMemoryFlagStore.builder()
                        .namespace(topic)
                        .logLength(50_000)
                        .build()) {
            Map<String, Object> client = Kafka.with(
                    kafka.clientProperties(),
                    "session.timeout.ms",
                    3_000,
                    "heartbeat.interval.ms",
                    500,
                    "reconnect.backoff.max.ms",
                    200);
            Editor editor = new Editor(store);
            try (AuditRelay relay = AuditRelay.builder(store)
                    .topic(AuditTopic.named(topic).withReplication(3))
                    .kafka(client)
                    .longestRetry(Duration.ofSeconds(1))
                    .start()) {
                editor.commit(100);
                FoundTrail.awaitAll(store, relay);

                for (int i = 0; i < 2; i++) {
                    editor.commit(200);
                    KafkaBroker leader = kafka.broker(leader(client, topic));
                    leader.kill();
                    editor.commit(200);
                    FoundTrail.awaitAll(store, relay);
                    leader.restart();
                    awaitReplicas(client, topic, 3);
                }
                int leader = leader(client, topic);
                kafka.broker(leader % 3 + 1).pause();
                kafka.broker((leader + 1) % 3 + 1).pause();
                editor.commit(100);
                Awaitility.await().atMost(LONG).until(() -> relay.status().problem() != null);
                kafka.broker(leader % 3 + 1).resume();
                kafka.broker((leader + 1) % 3 + 1).resume();

                FoundTrail.awaitAll(store, relay);
            }
            awaitReplicas(client, topic, 3);
            FoundTrail.assertWhole(store, client, topic);
        }
    }

    private static int leader(Map<String, Object> client, String topic) {
        return describe(client, topic).leader().id();
    }

    private static void awaitReplicas(Map<String, Object> client, String topic, int count) {
        Awaitility.await()
                .atMost(LONG)
                .ignoreExceptionsInstanceOf(KafkaException.class)
                .until(() -> describe(client, topic).isr().size() == count);
    }

    private static org.apache.kafka.common.TopicPartitionInfo describe(Map<String, Object> client, String topic) {
        try (Admin admin = Admin.create(client)) {
            return admin.describeTopics(java.util.List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .get(0);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }
}
