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
     * Reads all records up to the first whose transaction is not complete. Those of one partition come in order.
     *
     * @param settings of a consumer
     * @param topic the topic
     * @param each gets every record
     * @return how many there were
     * @throws org.apache.kafka.common.KafkaException if it cannot be read
     */
    static long read(Map<String, Object> settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return read(settings, topic, each, false, stop -> {});
    }

    /**
     * Reads all records, also those that stand behind a transaction of somebody else which is not complete yet: waits for its end.
     *
     * @param stop gets what ends the reading, by any thread
     */
    static long readAll(
            Map<String, Object> settings,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> each,
            Consumer<Runnable> stop) {
        return read(settings, topic, each, true, stop);
    }

    private static long read(
            Map<String, Object> settings,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> each,
            boolean all,
            Consumer<Runnable> stop) {
        Map<String, Object> alone = new HashMap<>(settings);
        alone.remove("group.id");
        alone.remove("group.instance.id");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(alone)) {
            stop.accept(consumer::wakeup);
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends =
                    new HashMap<>(all ? realEnds(alone, partitions) : consumer.endOffsets(partitions));
            long count = 0;
            long reached = -1;
            long heard = System.nanoTime();
            while (true) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    return count;
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    each.accept(record);
                    count++;
                }
                // Aborted transactions give no records, and may be many.
                long now = partitions.stream().mapToLong(consumer::position).sum();
                if (now != reached) {
                    reached = now;
                    heard = System.nanoTime();
                }
                if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                    throw new TimeoutException("topic " + topic + " gives no more records, but has not ended: " + ends);
                }
            }
        }
    }

    /** Where the records end, whether or not their transactions are complete. */
    private static Map<TopicPartition, Long> realEnds(Map<String, Object> settings, List<TopicPartition> partitions) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("isolation.level", "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(all)) {
            return consumer.endOffsets(partitions);
        }
    }
}
