package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Versioned;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What relays write: whether a record is, byte for byte, the one that a relay makes of what the record says. */
final class WrittenForm {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final EventFields data;

    private WrittenForm(EventFields data) {
        this.data = data;
    }

    /**
     * What a relay would have written differently.
     *
     * @param record the record
     * @param read what it says, which can be read
     * @return the first difference, for people; null if there is none
     */
    static @Nullable String difference(ConsumerRecord<?, byte[]> record, AuditRecord read) {
        try {
            WrittenForm form = new WrittenForm(new EventFields(read.data()));
            String difference = form.key(record.key());
            difference = difference != null
                    ? difference
                    : form.headers(record.headers().toArray());
            difference = difference != null ? difference : form.value(record.value());
            difference = difference != null ? difference : form.chain();
            return difference == null && read.event() instanceof Changed changed ? form.change(changed) : difference;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private @Nullable String key(@Nullable Object key) {
        String definition = data.optionalText("definition");
        String expected = data.text("namespace") + "/" + (definition == null ? "log" : definition);
        byte[] bytes = expected.getBytes(StandardCharsets.UTF_8);
        if (key instanceof byte[] found ? Arrays.equals(found, bytes) : expected.equals(key)) {
            return null;
        }
        String found = key instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : String.valueOf(key);
        return "key: found " + (key == null ? "nothing" : found) + "; allowed: " + expected + ", as in the data";
    }

    private @Nullable String headers(Header[] found) {
        Map<String, String> expected = CloudEventHeaders.of(data);
        List<String> names = new ArrayList<>();
        for (Header header : found) {
            String text = expected.get(header.key());
            if (text == null || names.contains(header.key())) {
                return "header " + header.key() + ": found " + (text == null ? "one" : "two") + "; allowed: "
                        + (text == null ? "those that a relay writes" : "one");
            }
            byte[] value = header.value() == null ? new byte[0] : header.value();
            if (!Arrays.equals(value, text.getBytes(StandardCharsets.UTF_8))) {
                return "header " + header.key() + ": found " + new String(value, StandardCharsets.UTF_8) + "; allowed: "
                        + text + ", as in the data";
            }
            names.add(header.key());
        }
        for (String name : expected.keySet()) {
            if (!names.contains(name)) {
                return "header " + name + ": found nothing; allowed: what the data says";
            }
        }
        return names.equals(List.copyOf(expected.keySet()))
                ? null
                : "headers: found " + String.join(", ", names) + "; allowed: " + String.join(", ", expected.keySet())
                        + ", in this order";
    }

    private @Nullable String value(byte[] value) {
        byte[] canonical = CanonicalJson.write(new FlagValue.Obj(data.fields())).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(value, canonical)
                ? null
                : "value: found " + value.length + " bytes; allowed: the " + canonical.length
                        + " of the canonical JSON (RFC 8785) that says the same";
    }

    private @Nullable String chain() {
        long sequence = data.number("sequence");
        String predecessor = data.optionalText("predecessor");
        if (sequence < 1) {
            return "sequence: found " + sequence + "; allowed: 1 or more";
        }
        boolean fits = sequence == 1
                ? predecessor == null
                : predecessor != null && HASH.matcher(predecessor).matches();
        return fits
                ? null
                : "predecessor: found " + (predecessor == null ? "nothing" : predecessor) + "; allowed: "
                        + (sequence == 1 ? "nothing in the first record" : "a SHA-256 in lower-case hexadecimal");
    }

    private @Nullable String change(Changed changed) {
        if (changed.position() < 0 || changed.position() >= changed.size()) {
            return "position: found " + changed.position() + "; allowed: 0 to " + (changed.size() - 1);
        }
        String kind = changed.id().kind().name();
        if (!data.text("type").regionMatches(true, 0, kind + ".", 0, kind.length() + 1) || !fits(changed)) {
            return "type: found " + data.text("type") + "; allowed: what before and after have changed";
        }
        FlagValue before = data.value("before");
        FlagValue after = data.value("after");
        FlagValue patch = before instanceof FlagValue.Obj && after instanceof FlagValue.Obj
                ? MergePatch.between(before, after)
                : null;
        return Objects.equals(data.value("patch"), patch) ? null : "patch: found another one than from before to after";
    }

    /** Whether a type may be what happened. What was redacted does not tell all of it. */
    private static boolean fits(Changed changed) {
        Versioned before = changed.before();
        Versioned after = changed.after();
        if (before == null || after == null) {
            return changed.type() == (before == null ? ChangeType.CREATED : ChangeType.DELETED)
                    && (before != null || after != null);
        }
        if (!(before.definition() instanceof Flag from) || !(after.definition() instanceof Flag to)) {
            return changed.type() != ChangeType.CREATED && changed.type() != ChangeType.DELETED;
        }
        return switch (changed.type()) {
            case CREATED, DELETED -> false;
            case ENABLED -> !from.enabled() && to.enabled();
            case DISABLED -> from.enabled() && !to.enabled();
            case ARCHIVED -> !from.archived() && to.archived();
            case RESTORED -> from.archived() && !to.archived();
            case UPDATED -> true;
        };
    }
}
