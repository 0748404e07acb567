package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.Flag;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("What a relay reads of its own trail")
@Timeout(60)
class PublishedTrailTest {

    private final String topic = Kafka.name("published");
    private final Map<String, Object> client = Kafka.broker().clientProperties();
    private final Trail trail = new Trail("shop");

    @BeforeEach
    void make() {
        try (AuditTopics topics = new AuditTopics(AuditTopic.named(topic), new ClientSettings(client, topic))) {
            topics.make(false);
        }
    }

    @Test
    @DisplayName("is all of it, also what stands behind a transaction of another namespace that has not ended")
    void behindAnother() throws Exception {
        try (KafkaProducer<byte[], byte[]> other = producer("other");
                KafkaProducer<byte[], byte[]> own = producer("own")) {
            begin(other);
            publish(own);

            CompletableFuture<PublishedTrail> read =
                    CompletableFuture.supplyAsync(() -> read(new CompletableFuture<>()));
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(() -> !read.isDone());
            other.abortTransaction();

            assertThat(read.get().end()).isEqualTo(trail.position());
        }
    }

    @Test
    @DisplayName("need not be waited for by who closes it")
    void stopped() throws Exception {
        try (KafkaProducer<byte[], byte[]> other = producer("other")) {
            begin(other);

            CompletableFuture<Runnable> stop = new CompletableFuture<>();
            CompletableFuture<PublishedTrail> read = CompletableFuture.supplyAsync(() -> read(stop));
            stop.get().run();

            assertThat(read)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(WakeupException.class);
        }
    }

    private PublishedTrail read(CompletableFuture<Runnable> stop) {
        return PublishedTrail.read(new ClientSettings(client, topic), topic, "shop", stop::complete);
    }

    private void begin(KafkaProducer<byte[], byte[]> other) throws Exception {
        other.initTransactions();
        other.beginTransaction();
        other.send(new ProducerRecord<>(topic, 0, null, new byte[1])).get();
    }

    private void publish(KafkaProducer<byte[], byte[]> own) throws Exception {
        trail.commit(Flag.bool("f", true));
        own.initTransactions();
        own.beginTransaction();
        own.send(new ProducerRecord<>(
                        topic, 0, trail.sent.get(0).key(), trail.sent.get(0).value()))
                .get();
        own.commitTransaction();
    }

    private KafkaProducer<byte[], byte[]> producer(String id) {
        return new KafkaProducer<>(new ClientSettings(client, topic + id).producer());
    }
}
