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

    /** A malformed definition as the JSON that it was, or else as a string. */
    private static String one(Versioned versioned) {
        if (versioned.definition() instanceof Malformed malformed) {
            try {
                JsonText.read(malformed.raw(), new Report());
                return JsonText.compact(malformed.raw());
            } catch (FlagFormatException e) {
                return FlagValue.of(malformed.raw()).toString();
            }
        }
        return FlagFormat.write(versioned.definition());
    }
}
