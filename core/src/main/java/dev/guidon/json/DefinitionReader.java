package dev.guidon.json;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.json.FlagFormatException.Finding;
import org.jspecify.annotations.Nullable;

/** Reads one flag or segment. */
final class DefinitionReader {

    private DefinitionReader() {}

    /** The definition, or what is wrong with it, which stands in the report too. */
    static Definition read(DefinitionKey id, String json, Report report) {
        Definition definition = null;
        try {
            definition = parse(id, json, report);
        } catch (FlagFormatException e) {
            for (Finding finding : e.findings()) {
                String found =
                        finding.problem().found() + " in line " + finding.line() + ", column " + finding.column();
                report.add(new Problem(
                        finding.problem().path(), found, finding.problem().allowed()));
            }
        }
        return definition == null || report.hasProblems() ? new Malformed(id, json, report.problems()) : definition;
    }

    /**
     * The definition; null or something arbitrary if the report has problems afterwards.
     *
     * @throws FlagFormatException if the text is not JSON
     */
    static @Nullable Definition parse(DefinitionKey id, String json, Report report) {
        int bytes = JsonText.utf8Length(JsonText.compact(json));
        if (bytes > Limit.DEFINITION_BYTES.most()) {
            report.add(new Problem("", Integer.toString(bytes), Limit.DEFINITION_BYTES.text()));
            return null;
        }
        Definition definition = parse(id, new Node(JsonText.read(json, report), "", report));
        // The canonical form can be longer than what was written, though never by much.
        if (definition != null && !report.hasProblems() && bytes > Limit.DEFINITION_BYTES.most() / 4) {
            int canonical = JsonText.utf8Length(DefinitionWriter.write(definition));
            if (canonical > Limit.DEFINITION_BYTES.most()) {
                report.add(new Problem("", canonical + " when written back", Limit.DEFINITION_BYTES.text()));
            }
        }
        return definition;
    }

    private static @Nullable Definition parse(DefinitionKey id, Node node) {
        boolean flag = id.kind() == DefinitionKey.Kind.FLAG;
        Fields fields = node.object(flag ? "an object: a flag" : "an object: a segment");
        if (fields == null) {
            return null;
        }
        return flag ? FlagReader.read(id.key(), fields) : SegmentReader.read(id.key(), fields);
    }
}
