package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.audit.FlagChangeEvent.Other;
import dev.guidon.audit.FlagChangeEvent.Unreadable;
import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param event what it says
 * @param entry what every record of the trail has, also if the rest cannot be read; null if it has none
 * @param hash the hash that the next record names; empty if the record is not JSON
 * @param data its value; {@link FlagValue#NULL} if it is not JSON
 */
record AuditRecord(FlagChangeEvent event, @Nullable Entry entry, String hash, FlagValue data) {

    static AuditRecord of(ConsumerRecord<?, byte[]> record) {
        return of(record.topic(), record.partition(), record.offset(), record.headers(), record.value());
    }

    static AuditRecord of(String topic, int partition, long offset, Headers headers, byte @Nullable [] value) {
        if (value == null) {
            return unreadable(new Unreadable(topic, partition, offset, "found no value; allowed: an event in JSON"));
        }
        FlagValue data;
        try {
            data = FlagFormat.readValue(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException e) {
            return unreadable(
                    new Unreadable(topic, partition, offset, "found bytes that are no characters; allowed: UTF-8"));
        } catch (FlagFormatException e) {
            return unreadable(new Unreadable(topic, partition, offset, oneLine(e)));
        }
        String hash = CanonicalJson.hash(data);
        Entry entry = null;
        try {
            EventFields fields = new EventFields(data);
            String type = EventFormat.PREFIX + fields.text("type");
            long schema = fields.number("schema");
            if (schema > EventFormat.SCHEMA) {
                return new AuditRecord(new Other(type, fields.optionalText("namespace")), null, hash, data);
            } else if (schema < EventFormat.SCHEMA) {
                throw EventFields.wrong("schema", FlagValue.of(schema), EventFormat.SCHEMA + " or more");
            }
            entry = EventFormat.entry(fields);
            if (!CanonicalJson.isExact(data)) {
                // Its hash would not say which one it was.
                throw new IllegalArgumentException("found a number or a character that canonical JSON (RFC 8785) cannot"
                        + " tell from another one; allowed: those that a relay writes");
            }
            FlagChangeEvent event = EventFormat.read(entry, fields);
            if (!(event instanceof Other)) {
                CloudEventHeaders.of(fields).forEach((name, expected) -> requireSame(name, expected, headers));
            }
            return new AuditRecord(event, entry, hash, data);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return new AuditRecord(new Unreadable(topic, partition, offset, oneLine(e)), entry, hash, data);
        }
    }

    private static AuditRecord unreadable(Unreadable record) {
        return new AuditRecord(record, null, "", FlagValue.NULL);
    }

    /** A header that is there says what the data says; consumers may be handed values without headers. */
    private static void requireSame(String name, String expected, Headers headers) {
        Header header = headers.lastHeader(name);
        if (header != null) {
            byte[] found = header.value() == null ? new byte[0] : header.value();
            if (!Arrays.equals(found, expected.getBytes(StandardCharsets.UTF_8))) {
                throw new IllegalArgumentException("header " + name + ": found "
                        + new String(found, StandardCharsets.UTF_8) + "; allowed: " + expected + ", as in the data");
            }
        }
    }

    private static String oneLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .limit(3)
                .reduce((a, b) -> a + "; " + b)
                .orElse(e.toString());
    }
}
