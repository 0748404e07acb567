package dev.guidon.audit;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads the records of an audit topic, as {@code value.deserializer} of a consumer. It needs no configuration and never fails: see
 * {@link FlagChangeEvent}. Safe for use by many threads.
 */
public final class FlagChangeDeserializer implements Deserializer<FlagChangeEvent> {

    /** Made by Kafka. */
    public FlagChangeDeserializer() {}

    @Override
    public FlagChangeEvent deserialize(String topic, byte[] data) {
        return deserialize(topic, new RecordHeaders(), data);
    }

    @Override
    public FlagChangeEvent deserialize(String topic, Headers headers, byte[] data) {
        return AuditRecord.of(topic, -1, -1, headers, data).event();
    }
}
