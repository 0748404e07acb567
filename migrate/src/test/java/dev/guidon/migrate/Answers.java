package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.json.FlagFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks flags that were imported, at noon (UTC) on 1 July 2026. */
record Answers(Imported imported, Snapshot snapshot) {

    static Answers of(Importer importer, String json) {
        return of(importer.read(json));
    }

    static Answers of(Imported imported) {
        Clock clock = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);
        Conformance.everyWay(imported.definitions());
        return new Answers(imported, new SnapshotCompiler(clock, SegmentMembers.NONE).compile(imported.definitions()));
    }

    /** The variant and the reason, for a key and attributes in JSON. */
    String of(String flag, @Nullable String key, String attributes) {
        Evaluation<FlagValue> found = snapshot.evaluate(flag, context(key, attributes));
        return (found.variant() == null ? "-" : found.variant()) + " " + found.reason();
    }

    /** The variant for a key and attributes in JSON; {@code -} for the caller's default. */
    String variant(String flag, @Nullable String key, String attributes) {
        return of(flag, key, attributes).split(" ", 2)[0];
    }

    static EvaluationContext context(@Nullable String key, String attributes) {
        EvaluationContext.Builder builder = EvaluationContext.builder(key);
        ((FlagValue.Obj) FlagFormat.readValue(attributes)).fields().forEach(builder::set);
        return builder.build();
    }

    /** What became of a flag or a segment. */
    Finding finding(String subject) {
        List<Finding> found = imported.findings().stream()
                .filter(finding -> finding.subject().equals(subject))
                .toList();
        assertThat(found).as(imported.report()).hasSize(1);
        return found.get(0);
    }
}
