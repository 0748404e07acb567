package dev.guidon.audit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The headers that make a record a CloudEvent 1.0 in the binary mode of the Kafka protocol binding. All of them follow from the data,
 * which is what is hashed.
 */
final class CloudEventHeaders {

    private static final String SUBJECT = "ce_subject";

    private static final String SCHEMA = "urn:guidon:flag-change-event:";

    private CloudEventHeaders() {}

    /** {@return the headers of an event with such data, by name} */
    static Map<String, String> of(EventFields data) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id(data));
        headers.put("ce_source", "/guidon/" + percentEncoded(data.text("namespace"), true));
        headers.put("ce_type", EventFormat.PREFIX + data.text("type"));
        headers.put("ce_time", data.text("at"));
        headers.put("ce_dataschema", SCHEMA + data.number("schema"));
        String definition = data.optionalText("definition");
        if (definition != null) {
            headers.put(SUBJECT, percentEncoded(definition, false));
        }
        headers.put("content-type", "application/json");
        return headers;
    }

    /** What identifies an event among those of its source, also when it is published again. */
    private static String id(EventFields data) {
        String revision = Long.toString(data.number("revision"));
        String where = data.value("position") == null
                ? "log/" + data.text("epoch") + "/" + revision
                : data.text("changeSet") + "/" + revision + "/" + data.number("position");
        // With the sequence, since a store that fails over and back has the same commit twice.
        return percentEncoded(where, false) + "/" + data.number("sequence");
    }

    /** A text without the characters that CloudEvents, or else a URI, does not allow. */
    private static String percentEncoded(String text, boolean uri) {
        if (text.codePoints().allMatch(c -> isAllowed(c, uri))) {
            return text;
        }
        return text.codePoints()
                .mapToObj(c -> isAllowed(c, uri) ? Character.toString(c) : encoded(c))
                .collect(Collectors.joining());
    }

    private static boolean isAllowed(int c, boolean uri) {
        return uri
                ? c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)
                : !Character.isISOControl(c) && !isNoncharacter(c);
    }

    /** By the rules that hold for every version of Unicode, so that every JDK makes the same headers. */
    private static boolean isNoncharacter(int c) {
        return (c & 0xfffe) == 0xfffe
                || (c >= 0xfdd0 && c <= 0xfdef)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String encoded(int c) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(each & 0xff));
        }
        return encoded.toString();
    }
}
