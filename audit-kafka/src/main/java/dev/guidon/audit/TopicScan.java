package dev.guidon.audit;

import dev.guidon.definition.Shown;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads a topic from its beginning to where its end is when reading begins. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    /** For so long a topic may give nothing: a broker ends a relay's transaction that nobody ends within half of it. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

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
     * Reads all records. Those of one partition come in order.
     *
     * @param settings of a consumer
     * @param topic the topic
     * @param each gets every record
     * @throws org.apache.kafka.common.KafkaException if it cannot be read, or a transaction in it does not end within a minute
     */
    static void read(Map<String, Object> settings, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(settings, topic, each, stop -> {}, PATIENCE);
    }

    /**
     * Reads all records.
     *
     * @param stop gets what ends the reading, by any thread
     * @param patience for so long the topic may give nothing
     */
    static void read(
            Map<String, Object> settings,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> each,
            Consumer<Runnable> stop,
            Duration patience) {
        Map<String, Object> alone = new HashMap<>(settings);
        alone.remove("group.id");
        alone.remove("group.instance.id");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(alone)) {
            stop.accept(consumer::wakeup);
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(alone, partitions);
            Map<TopicPartition, Long> reached = Map.of();
            long heard = System.nanoTime();
            while (true) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    return;
                }
                consumer.poll(POLL).forEach(each);
                // Aborted transactions give no records, and may be many.
                Map<TopicPartition, Long> now =
                        ends.keySet().stream().collect(Collectors.toMap(Function.identity(), consumer::position));
                if (!now.equals(reached)) {
                    reached = now;
                    heard = System.nanoTime();
                }
                if (System.nanoTime() - heard > patience.toNanos()) {
                    throw new TimeoutException("topic " + topic + ": found no record that can be read in "
                            + Shown.duration(patience) + " after " + now + ", and the end at " + ends
                            + "; allowed: a broker that answers, and transactions that end");
                }
            }
        }
    }

    /**
     * Where the records end, also those whose transactions are not complete: these may be committed a little before they can be read, and
     * who has seen that they are published wants them.
     */
    private static Map<TopicPartition, Long> ends(Map<String, Object> settings, List<TopicPartition> partitions) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("isolation.level", "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(all)) {
            return new HashMap<>(consumer.endOffsets(partitions));
        }
    }
}
