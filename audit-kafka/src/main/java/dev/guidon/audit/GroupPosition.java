package dev.guidon.audit;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The position that the relays' group keeps: an offset of partition 0 whose metadata tells all of it.
 *
 * @param group the member of the group
 * @param topic the topic's name
 * @param topicId its id: the position in another topic of the same name does not count
 */
record GroupPosition(Consumer<byte[], byte[]> group, String topic, String topicId) {

    private static final GuardedLog LOG = GuardedLog.of(AuditRelay.class);

    /** The position; null if the group has none, or does not give it out. */
    @Nullable
    Position read() {
        try {
            OffsetAndMetadata found = group.committed(Set.of(partition())).get(partition());
            return found == null ? null : Position.ofMetadata(found.metadata(), topicId);
        } catch (TimeoutException e) {
            // A broker that was killed while a transaction ended may come back with a group that takes it for open
            // until the
            // next one of the same producer ends. The topic knows how it ended.
            LOG.warn(
                    "{}: the group does not tell the position, so the topic is read: {}",
                    topic,
                    Shown.message(String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** Makes the position a part of the producer's transaction. */
    void write(Position position, Producer<?, ?> producer) {
        OffsetAndMetadata offset = new OffsetAndMetadata(position.revision().number(), position.toMetadata(topicId));
        producer.sendOffsetsToTransaction(Map.of(partition(), offset), group.groupMetadata());
    }

    private TopicPartition partition() {
        return new TopicPartition(topic, 0);
    }
}
