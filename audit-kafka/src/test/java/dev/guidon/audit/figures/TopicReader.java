package dev.guidon.audit.figures;

import dev.guidon.audit.FlagChangeEvent;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.fixtures.KafkaBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that notes when it could read which change set; it sees those of complete transactions only. */
final class TopicReader implements AutoCloseable {

    private final Map<String, Long> read = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean ending;

    TopicReader(KafkaBroker broker) {
        thread = new Thread(() -> consume(broker), "topic-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void consume(KafkaBroker broker) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
            List<TopicPartition> partition = List.of(new TopicPartition(Bench.TOPIC, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (FlagChangeEvent.from(record) instanceof Changed changed) {
                        read.putIfAbsent(changed.entry().revision().changeSet(), System.nanoTime());
                    }
                }
            }
        }
    }

    /** When a change set could be read, by {@link System#nanoTime}; waits for it. */
    long at(String changeSet) {
        Bench.until(Duration.ofSeconds(60), () -> read.containsKey(changeSet));
        return read.getOrDefault(changeSet, 0L);
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
