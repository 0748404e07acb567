package dev.guidon.json;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a document: its definitions one by one, none of which can harm another. */
final class DocumentReader {

    private static final String FORMAT = "format";
    private static final String FLAGS = "flags";
    private static final String SEGMENTS = "segments";

    /** The fields of a document. */
    static final List<String> KNOWN = List.of(FORMAT, FLAGS, SEGMENTS);

    private final Report document = new Report();
    private final List<Problem> inDefinitions = new ArrayList<>();
    private final List<Problem> unknownFields = new ArrayList<>();
    private final Definitions definitions;

    /**
     * Reads a document.
     *
     * @throws FlagFormatException if it is not an object, or not JSON
     */
    DocumentReader(String json) {
        Map<String, String> flagTexts = new LinkedHashMap<>();
        Map<String, String> segmentTexts = new LinkedHashMap<>();
        Map<String, String> texts = JsonText.fields(json, Map.of(FLAGS, flagTexts, SEGMENTS, segmentTexts));
        refuseOther(FLAGS, texts.remove(FLAGS));
        refuseOther(SEGMENTS, texts.remove(SEGMENTS));
        Map<String, Versioned> flags = definitions(FLAGS, DefinitionKey.Kind.FLAG, flagTexts);
        Map<String, Versioned> segments = definitions(SEGMENTS, DefinitionKey.Kind.SEGMENT, segmentTexts);
        definitions = new Definitions(Revision.NONE, flags, segments, rest(texts));
    }

    /** Problems that make the document as a whole unreadable. */
    List<Problem> problems() {
        return document.problems();
    }

    /** All problems, those of each definition too, and all unknown fields. */
    List<Problem> allProblems() {
        List<Problem> all = document.allProblems();
        all.addAll(inDefinitions);
        all.addAll(unknownFields);
        return all;
    }

    List<Problem> unknownFields() {
        List<Problem> all = new ArrayList<>(document.unknownFields());
        all.addAll(unknownFields);
        return all;
    }

    Definitions definitions() {
        return definitions;
    }

    private Extra rest(Map<String, String> texts) {
        String json = texts.entrySet().stream()
                .map(field -> FlagValue.of(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        Fields fields = new Node(JsonText.read(json, document), Place.ROOT, document).object("");
        if (fields == null) {
            return Extra.NONE;
        }
        Node format = fields.at(FORMAT);
        fields.present(KNOWN);
        if (!format.absent() && !isOne(format.value())) {
            format.refuse("1, the only format that this version reads");
        }
        return fields.extra();
    }

    private static boolean isOne(@Nullable FlagValue value) {
        return value instanceof FlagValue.Number number && number.value().compareTo(BigDecimal.ONE) == 0;
    }

    /** What stands in place of an object, if anything but null does. */
    private void refuseOther(String name, @Nullable String json) {
        if (json != null && !json.equals("null")) {
            new Node(JsonText.read(json, new Report()), Place.outermost(name), document)
                    .refuse("an object: keys to " + name);
        }
    }

    private Map<String, Versioned> definitions(String name, DefinitionKey.Kind kind, Map<String, String> texts) {
        Map<String, Versioned> read = new LinkedHashMap<>();
        texts.forEach((key, text) ->
                read.put(key, new Versioned(definition(name, new DefinitionKey(kind, key), text), Version.NONE)));
        return read;
    }

    private Definition definition(String name, DefinitionKey id, String json) {
        Report report = new Report();
        String unreadable = unreadable(json);
        Definition definition = DefinitionReader.read(id, unreadable == null ? json : unreadable, report);
        String path = name + "." + id.key();
        if (unreadable == null && definition instanceof Malformed malformed) {
            definition = new Malformed(id, JsonText.compact(malformed.raw()), malformed.problems());
        }
        if (unreadable == null) {
            report.problems().forEach(problem -> inDefinitions.add(problem.under(path)));
            report.unknownFields().forEach(problem -> unknownFields.add(problem.under(path)));
        } else {
            String hint = Node.missingSpace(FlagValue.of(unreadable));
            inDefinitions.add(new Problem(path, "the string " + json, "an object" + hint));
        }
        return definition;
    }

    /** The text that {@link DocumentWriter} has put into a string, because it was no JSON. */
    private static @Nullable String unreadable(String json) {
        FlagValue value = json.startsWith("\"") ? JsonText.valueOf(json) : null;
        return value instanceof FlagValue.Text text && !DocumentWriter.isPlain(text.value()) ? text.value() : null;
    }
}
