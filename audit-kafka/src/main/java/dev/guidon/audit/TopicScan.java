package dev.guidon.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads a topic from its beginning to where its end is when reading begins. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    /** For so long the topic may give nothing before reading is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TopicScan() {}

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(
                    "topic " + topic + ": found none; allowed: the name of a topic that exists");
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /**
     * Reads all records whose transactions are complete. Those of one partition come in order.
     *
     * @param settings of a consumer
     * @param topic the topic
     * @param each gets every record
     * @return how many there were
     * @throws org.apache.kafka.common.KafkaException if it cannot be read
     */
    static long read(Map<String, Object> settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> alone = new HashMap<>(settings);
        alone.remove("group.id");
        alone.remove("group.instance.id");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(alone)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            long count = 0;
            long heard = System.nanoTime();
            while (true) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    return count;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    each.accept(record);
                    count++;
                    heard = System.nanoTime();
                }
                if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                    throw new TimeoutException("topic " + topic + " gives no more records, but has not ended: " + ends);
                }
            }
        }
    }
}
