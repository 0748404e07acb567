package dev.guidon.evaluation;

import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Flags written as YAML, and what they give at a fixed instant. */
final class Scenario {

    static final Instant NOW = Instant.parse("2027-01-15T12:00:00Z");

    private Scenario() {}

    /** Definitions as they are read from a store: broken ones are kept. */
    static Snapshot read(String yaml) {
        return compile(FlagFormat.readYaml(yaml), NOW);
    }

    static Snapshot at(Instant now, String yaml) {
        return compile(FlagFormat.parseYaml(yaml), now);
    }

    /** What a boolean flag with this one condition, given as YAML, says: TRUE, FALSE or UNKNOWN. */
    static Truth truth(String condition, EvaluationContext context) {
        String yaml = "{flags: {c: {type: string, enabled: true, variants: {t: t, f: f, u: u}, rules: ["
                + "{when: " + condition + ", serve: t}, {when: {not: " + condition + "}, serve: f}], fallthrough: u},"
                + " on: {enabled: true}, off: {enabled: false}, broken: {type: 7}},"
                + " segments: {staff: {rules: [{when: {attribute: role, equals: staff}}]},"
                + " listed: {include: {values: [ada]}, exclude: {values: [bob]}}, malformed: {rules: 7}}}";
        return switch (read(yaml).getStringValue("c", "default", context)) {
            case "t" -> Truth.TRUE;
            case "f" -> Truth.FALSE;
            case "u" -> Truth.UNKNOWN;
            default ->
                throw new AssertionError(
                        "the condition is malformed: " + read(yaml).problems());
        };
    }

    private static Snapshot compile(Definitions definitions, Instant now) {
        return new SnapshotCompiler(Clock.fixed(now, ZoneOffset.UTC), SegmentMembers.NONE).compile(definitions);
    }
}
