package dev.guidon.json;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one format of definitions, as JSON and as YAML, both ways. What is written is read back equal.
 *
 * <p><b>Reading</b> is for programs that must go on: a definition with anything wrong becomes {@link Malformed} and harms no
 * other, and fields that this version does not know are kept, ignored in evaluation, and written back. <b>Parsing</b> is for
 * authors: it reads the same language, but refuses every problem and every unknown field, all at once.
 *
 * <p>In both, YAML stands for the JSON that it looks like: anchors, aliases, merge keys, tags and several documents in one text
 * are refused, and so are repeated keys in either notation. Parsing also refuses what cannot be evaluated: patterns, version ranges, networks
 * and instants that are none, and cycles; what was read is checked for that when it is compiled.
 *
 * <p>All methods are pure and safe for use by several threads.
 */
public final class FlagFormat {

    private FlagFormat() {}

    /**
     * Reads a document, keeping what is wrong as {@link Malformed}.
     *
     * @param json the document
     * @return its definitions, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException if the document as a whole cannot be read
     */
    public static Definitions readJson(String json) {
        return read(Notation.JSON, json).definitions();
    }

    /**
     * Reads a document as {@link #readJson(String)} does, and tells what is worth a warning.
     *
     * @param json the document
     * @param notices is given what {@link #unknownFields} gives, and what else makes a definition answer the caller's default
     * @return its definitions, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException if the document as a whole cannot be read
     */
    public static Definitions readJson(String json, Consumer<Problem> notices) {
        return read(Notation.JSON, json, notices);
    }

    /**
     * Reads a document, keeping what is wrong as {@link Malformed}, whose text is the JSON that the YAML stands for.
     *
     * @param yaml the document
     * @return its definitions, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException if the document as a whole cannot be read
     */
    public static Definitions readYaml(String yaml) {
        return read(Notation.YAML, yaml).definitions();
    }

    /**
     * Reads a document as {@link #readYaml(String)} does, and tells what is worth a warning.
     *
     * @param yaml the document
     * @param notices is given what {@link #unknownFields} gives, and what else makes a definition answer the caller's default
     * @return its definitions, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException if the document as a whole cannot be read
     */
    public static Definitions readYaml(String yaml, Consumer<Problem> notices) {
        return read(Notation.YAML, yaml, notices);
    }

    private static Definitions read(Notation notation, String text, Consumer<Problem> notices) {
        DocumentReader reader = read(notation, text);
        reader.unknownFields().forEach(notices);
        EvaluationCheck.problems(reader.definitions()).forEach(notices);
        return reader.definitions();
    }

    private static DocumentReader read(Notation notation, String text) {
        DocumentReader reader = new DocumentReader(notation.toJson(text));
        if (!reader.problems().isEmpty()) {
            throw notation.refusal(text, reader.problems());
        }
        return reader;
    }

    /**
     * Parses a document that somebody has written.
     *
     * @param json the document
     * @return its definitions, none of them malformed, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException with everything that is wrong, what cannot be evaluated too, and all unknown fields
     */
    public static Definitions parseJson(String json) {
        return parse(Notation.JSON, json);
    }

    /**
     * Parses a document that somebody has written.
     *
     * @param yaml the document
     * @return its definitions, none of them malformed, at {@link dev.guidon.definition.Revision#NONE} and version 0
     * @throws FlagFormatException with everything that is wrong, what cannot be evaluated too, and all unknown fields
     */
    public static Definitions parseYaml(String yaml) {
        return parse(Notation.YAML, yaml);
    }

    private static Definitions parse(Notation notation, String text) {
        DocumentReader reader = new DocumentReader(notation.toJson(text));
        List<Problem> problems = new ArrayList<>(reader.allProblems());
        problems.addAll(EvaluationCheck.problems(reader.definitions()));
        if (!problems.isEmpty()) {
            throw notation.refusal(text, problems);
        }
        return reader.definitions();
    }

    /**
     * Reads one definition that a store holds.
     *
     * @param id what it is stored under
     * @param json its text, which may be anything
     * @return a flag or a segment, or a {@link Malformed} with the text as it is
     */
    public static Definition read(DefinitionKey id, String json) {
        return DefinitionReader.read(id, json, new Report());
    }

    /**
     * Parses one definition that somebody has written.
     *
     * @param id what it is to be stored under
     * @param json its text
     * @return a {@link Flag} or a {@link Segment}
     * @throws FlagFormatException with everything that is wrong, what cannot be evaluated too, and all unknown fields
     */
    public static Definition parse(DefinitionKey id, String json) {
        Report report = new Report();
        Definition definition = DefinitionReader.parse(id, json, report);
        List<Problem> problems = report.allProblems();
        if (definition != null && problems.isEmpty()) {
            problems = EvaluationCheck.problems(definition);
        }
        if (definition == null || !problems.isEmpty()) {
            throw Notation.JSON.refusal(json, problems);
        }
        return definition;
    }

    /**
     * Lists the fields that this version does not know, as a warning for whoever misspelt one.
     *
     * @param definitions the definitions, malformed ones too
     * @return the fields, each with its path in the document, for example {@code flags.checkout.enabeld}
     */
    public static List<Problem> unknownFields(Definitions definitions) {
        return new DocumentReader(DocumentWriter.write(definitions)).unknownFields();
    }

    /**
     * Writes a document as JSON, laid out for people. A malformed definition is written as the JSON that it is, or else as a
     * string.
     *
     * @param definitions the definitions; revision and versions are not written
     * @return the document
     * @throws FlagFormatException if a definition is beyond a {@link Limit}
     */
    public static String writeJson(Definitions definitions) {
        return JsonLayout.of(DocumentWriter.write(definitions));
    }

    /**
     * Writes a document as YAML, laid out for people. A malformed definition is written as the JSON that it is, or else as a
     * string.
     *
     * @param definitions the definitions; revision and versions are not written
     * @return the document
     * @throws FlagFormatException if a definition is beyond a {@link Limit}
     */
    public static String writeYaml(Definitions definitions) {
        return YamlLayout.of(DocumentWriter.write(definitions));
    }

    /**
     * Writes one definition for a store to keep.
     *
     * @param definition the definition
     * @return compact JSON on one line; of a {@link Malformed} its text as it is
     * @throws FlagFormatException if it is beyond a {@link Limit}, or an unknown field has the name of a known one
     */
    public static String write(Definition definition) {
        if (definition instanceof Malformed malformed) {
            return malformed.raw();
        }
        String json = DefinitionWriter.write(definition);
        Report report = new Report();
        Definition readBack = DefinitionReader.parse(definition.id(), json, report);
        if (!report.hasProblems() && !definition.equals(readBack)) {
            report.add(new Problem("extra", "a field that is not unknown", "unknown fields only"));
        }
        if (report.hasProblems()) {
            throw Notation.JSON.refusal(json, report.problems());
        }
        return json;
    }

    /**
     * Writes one definition for a place that must not have personal data, such as an audit trail: without the values that it compares its
     * {@code sensitive} attributes with. In conditions and member lists on such an attribute, on a part of it, and on what it is a
     * part of, an empty list stands for the values; what stands in for a missing one ({@code ifMissing}) and fields that this version does
     * not know are left out there. The operand of {@code exists} tells no value and stays.
     *
     * <p>If anything was left out, the definition has {@code "redacted": true}. Read back, it is {@link Malformed}, so that nothing is ever
     * evaluated without these values. Redacting it again gives the same text.
     *
     * @param definition the definition
     * @return compact JSON on one line; exactly what {@link #write} gives if nothing had to be left out. Of a {@link Malformed} its text as
     *     it is; but <code>{"redacted":true}</code> if it has a field {@code sensitive}, or is not JSON and has that word, since
     *     it cannot be known what is sensitive in it
     * @throws FlagFormatException as of {@link #write}
     */
    public static String writeRedacted(Definition definition) {
        return Redaction.write(definition);
    }

    /**
     * Reads a value.
     *
     * @param json its text
     * @return the value
     * @throws FlagFormatException if it is not JSON or is beyond a {@link Limit}
     */
    public static FlagValue readValue(String json) {
        Report report = new Report();
        FlagValue value = new Node(JsonText.read(json, report), Place.ROOT, report).any("a value");
        if (report.hasProblems()) {
            throw Notation.JSON.refusal(json, report.problems());
        }
        return value;
    }

    /**
     * Turns YAML into JSON, by the rules of this format.
     *
     * @param yaml the text of one document
     * @return the JSON that it stands for, on one line
     * @throws FlagFormatException if there is none, for example for anchors and tags
     */
    public static String yamlToJson(String yaml) {
        return YamlText.toJson(yaml);
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return compact JSON on one line
     * @throws FlagFormatException if it is beyond a {@link Limit}
     */
    public static String writeValue(FlagValue value) {
        String json = JsonText.write(value);
        readValue(json);
        return json;
    }

    /**
     * Makes an object of a value, such as the value of a JSON flag: a record, a bean, a list, a map. It is made by Jackson, with its
     * annotations. Fields that the class does not have are left out; those that the value does not have are null, 0 or false. This takes
     * as long as reading JSON, so keep what is made for as long as the value is the same.
     *
     * @param <T> the class
     * @param value the value
     * @param type the class
     * @return the object
     * @throws IllegalArgumentException if the value is null or does not fit, naming the field, what was found and what is allowed
     */
    public static <T> T toObject(FlagValue value, Class<T> type) {
        return JavaObjects.make(value, type);
    }
}
