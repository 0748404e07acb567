package dev.guidon.json;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Versioned;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a document as compact JSON. */
final class DocumentWriter {

    private DocumentWriter() {}

    static String write(Definitions definitions) {
        StringBuilder json = new StringBuilder("{\"format\":1,\"flags\":").append(all(definitions.flags()));
        if (!definitions.segments().isEmpty()) {
            json.append(",\"segments\":").append(all(definitions.segments()));
        }
        definitions.extra().fields().forEach((name, value) -> {
            if (DocumentReader.KNOWN.contains(name)) {
                throw Syntax.refusal(name, "a field that is not unknown", "unknown fields only", 0, 0);
            }
            json.append(',').append(FlagValue.of(name)).append(':').append(FlagFormat.writeValue(value));
        });
        return json.append('}').toString();
    }

    private static String all(Map<String, Versioned> definitions) {
        return definitions.entrySet().stream()
                .map(entry -> FlagValue.of(entry.getKey()) + ":" + one(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String one(Versioned versioned) {
        return versioned.definition() instanceof Malformed malformed
                ? malformed(malformed.raw())
                : FlagFormat.write(versioned.definition());
    }

    /** The text itself if it is JSON, else the text in a string. A string stands for itself if it cannot be taken for that. */
    private static String malformed(String raw) {
        FlagValue value = JsonText.valueOf(raw);
        boolean itself = value instanceof FlagValue.Text text ? isPlain(text.value()) : value != null;
        return itself ? JsonText.compact(raw) : FlagValue.of(raw).toString();
    }

    /** Whether a text is JSON, and not a string. */
    static boolean isPlain(String text) {
        FlagValue value = JsonText.valueOf(text);
        return value != null && !(value instanceof FlagValue.Text);
    }
}
