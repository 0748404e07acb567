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

    /** How many bytes a character of what was read can become at most when it is written back. */
    private static final int LONGEST_GROWTH = 16;

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
        } catch (StackOverflowError tooDeep) {
            report.add(
                    new Problem("", "more levels than the stack of the thread has room for", Limit.VALUE_DEPTH.text()));
        }
        return definition == null || report.hasProblems() ? new Malformed(id, json, report.problems()) : definition;
    }

    /**
     * The definition; null or something arbitrary if the report has problems afterwards.
     *
     * @throws FlagFormatException if the text is not JSON
     */
    static @Nullable Definition parse(DefinitionKey id, String json, Report report) {
        boolean large = json.length() > Limit.DEFINITION_BYTES.most() / LONGEST_GROWTH;
        if (large && !fits(JsonText.compact(json), "", report)) {
            return null;
        }
        Definition definition = parse(id, new Node(JsonText.read(json, report), Place.ROOT, report));
        if (large && definition != null && !report.hasProblems()) {
            fits(DefinitionWriter.write(definition), " when written back", report);
        }
        return definition;
    }

    private static boolean fits(String json, String when, Report report) {
        int bytes = JsonText.utf8Length(json);
        boolean fits = bytes <= Limit.DEFINITION_BYTES.most();
        if (!fits) {
            report.add(new Problem("", bytes + when, Limit.DEFINITION_BYTES.text()));
        }
        return fits;
    }

    private static @Nullable Definition parse(DefinitionKey id, Node node) {
        boolean flag = id.kind() == DefinitionKey.Kind.FLAG;
        Fields fields = node.object(flag ? "an object: a flag" : "an object: a segment");
        if (fields == null || Redaction.refused(node)) {
            return null;
        }
        return flag ? FlagReader.read(id.key(), fields) : SegmentReader.read(id.key(), fields);
    }
}
