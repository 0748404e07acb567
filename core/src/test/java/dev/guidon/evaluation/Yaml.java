package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Flags and conditions as one writes them, for the tests of this package. */
final class Yaml {

    /** The time in these tests, unless they need another. */
    static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    private Yaml() {}

    /** Compiles a document. */
    static Snapshot snapshot(String document) {
        return snapshot(document, NOON, SegmentMembers.NONE);
    }

    /** Compiles a document. */
    static Snapshot snapshot(String document, Clock clock, SegmentMembers members) {
        return new SnapshotCompiler(clock, members).compile(FlagFormat.readYaml(document));
    }

    /** Compiles the flag {@code f}, given in flow style, for example {@code {enabled: true}}. */
    static Snapshot flag(String definition) {
        return snapshot("flags: {f: " + definition + "}");
    }

    /** What a condition is for a context. */
    static Truth truth(String condition, EvaluationContext context) {
        return truth(condition, context, "{}", "{}", SegmentMembers.NONE);
    }

    /** What a condition is for a context where there are other flags (in flow style) and segments. */
    static Truth truth(
            String condition, EvaluationContext context, String flags, String segments, SegmentMembers members) {
        String tested = """
                flags: {
                  tested: {
                    type: string, enabled: true, variants: {"TRUE": "TRUE", "FALSE": "FALSE", "UNKNOWN": "UNKNOWN"},
                    rules: [{when: %1$s, serve: "TRUE"}, {when: {not: %1$s}, serve: "FALSE"}], fallthrough: "UNKNOWN"
                  }, %2$s
                }
                segments: %3$s
                """.formatted(condition, flags.substring(1, flags.length() - 1), segments);
        Evaluation<String> evaluation = snapshot(tested, NOON, members).getStringDetails("tested", "", context);
        if (evaluation.errorMessage() != null) {
            throw new IllegalArgumentException(evaluation.errorMessage());
        }
        return Truth.valueOf(evaluation.value());
    }

    /** A context whose attribute {@code a} has a value that is given as JSON; {@code -} leaves it out. */
    static EvaluationContext a(String json) {
        EvaluationContext.Builder context = EvaluationContext.builder("someone");
        return (json.equals("-") ? context : context.set("a", value(json))).build();
    }

    static FlagValue value(String json) {
        return FlagFormat.readValue(json);
    }
}
