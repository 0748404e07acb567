package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading a topic to its end")
class TopicScanTest {

    private final Map<String, Object> client = Kafka.broker().clientProperties();
    private final Map<String, Object> reader = ClientSettings.ofReader(client).consumer();
    private final String topic = Kafka.name("scanned");

    @BeforeEach
    void create() throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @Test
    @DisplayName("gives what stands in a transaction that ends only while it is read")
    void waitsForTransactions() {
        List<Long> offsets = new ArrayList<>();
        try (Producer<String, String> writer = producer("writer");
                Producer<String, String> late = producer("late")) {
            send(writer);
            writer.commitTransaction();
            send(late);

            TopicScan.read(reader, topic, record -> {
                if (offsets.isEmpty()) {
                    late.commitTransaction();
                }
                offsets.add(record.offset());
            });
        }

        assertThat(offsets).containsExactly(0L, 2L);
    }

    @Test
    @DisplayName("fails where a transaction does not end, and says where")
    void saysWhatHangs() {
        try (Producer<String, String> hanging = producer("hanging")) {
            send(hanging);

            assertThatThrownBy(() -> TopicScan.read(reader, topic, record -> {}, stop -> {}, Duration.ofSeconds(1)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("topic " + topic + ": found no record that can be read in 1 s after {" + topic
                            + "-0=0}, and the end at {" + topic
                            + "-0=1}; allowed: a broker that answers, and transactions that end");
            hanging.abortTransaction();
        }
    }

    private void send(Producer<String, String> producer) {
        producer.beginTransaction();
        var unused = producer.send(new ProducerRecord<>(topic, "key", "value"));
        producer.flush();
    }

    private Producer<String, String> producer(String name) {
        Producer<String, String> producer = new KafkaProducer<>(
                Kafka.with(client, "transactional.id", name + "-" + topic),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        return producer;
    }
}
