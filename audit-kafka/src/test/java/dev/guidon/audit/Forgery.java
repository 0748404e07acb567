package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that are not as they were published. */
final class Forgery {

    private Forgery() {}

    static ConsumerRecord<byte[], byte[]> edited(
            ConsumerRecord<byte[], byte[]> record, String part, String replacement) {
        String text = new String(record.value(), UTF_8);
        assertThat(text).contains(part);
        return withHeadersOfItsData(
                Trail.with(record, text.replace(part, replacement).getBytes(UTF_8)));
    }

    static ConsumerRecord<byte[], byte[]> withHeadersOfItsData(ConsumerRecord<byte[], byte[]> record) {
        ConsumerRecord<byte[], byte[]> copy = Trail.with(record, record.value());
        try {
            CloudEventHeaders.of(new EventFields(FlagFormat.readValue(new String(record.value(), UTF_8))))
                    .forEach((name, text) -> copy.headers().remove(name).add(name, text.getBytes(UTF_8)));
        } catch (IllegalArgumentException e) {
            return record;
        }
        return copy;
    }

    static ConsumerRecord<byte[], byte[]> keyed(ConsumerRecord<byte[], byte[]> record, @Nullable String key) {
        return Trail.read(
                new ProducerRecord<>(
                        record.topic(),
                        null,
                        key == null ? null : key.getBytes(UTF_8),
                        record.value(),
                        record.headers()),
                record.partition(),
                record.offset());
    }

    static ConsumerRecord<byte[], byte[]> moved(ConsumerRecord<byte[], byte[]> record, int partition, long offset) {
        return Trail.read(
                new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()),
                partition,
                offset);
    }
}
