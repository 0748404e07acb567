package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The tables of the page on operators")
class OperatorExamplesTest {

    private static final Path PAGE = Documentation.page("docs/operators.md");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    record Row(String condition, String attributes, String truth) {}

    static Stream<Row> rows() throws IOException {
        return Documentation.rows(PAGE, "condition").stream()
                .map(row -> new Row(row.get(0).replace("`", ""), row.get(1).replace("`", ""), row.get(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("say what each condition is")
    void sayWhatIs(Row row) throws IOException {
        String served = snapshot(row.condition()).getStringValue("tested", "", context(row.attributes()));

        assertThat(served).isEqualTo(row.truth());
    }

    @Test
    @DisplayName("show every operator and every other condition")
    void showAll() throws IOException {
        List<String> conditions = rows().map(Row::condition).toList();
        Stream<String> operators = Arrays.stream(Operator.values()).map(Operator::toString);
        Stream<String> others = Stream.of("all", "any", "not", "isTrue", "segment", "flag", "bucket");

        assertThat(Stream.concat(operators, others))
                .allSatisfy(name -> assertThat(conditions).anyMatch(condition -> condition.contains(name + ": ")));
    }

    /** A flag that serves what its condition is, beside the definitions on the page. */
    private static Snapshot snapshot(String condition) throws IOException {
        String around = Documentation.blocks(PAGE, "yaml").get(0);
        String tested = """
                flags:
                  tested:
                    {type: string, enabled: true, variants: {"TRUE": "TRUE", "FALSE": "FALSE", "UNKNOWN": "UNKNOWN"},
                    rules: [{when: %1$s, serve: "TRUE"}, {when: {not: %1$s}, serve: "FALSE"}], fallthrough: "UNKNOWN"}
                """.formatted(condition);
        Snapshot snapshot = new SnapshotCompiler(NOON, SegmentMembers.NONE)
                .compile(FlagFormat.parseYaml(around.replace("flags:\n", tested)));
        assertThat(snapshot.problems()).isEmpty();
        return snapshot;
    }

    private static EvaluationContext context(String attributes) {
        EvaluationContext.Builder context = EvaluationContext.builder("u-1");
        ((FlagValue.Obj) FlagFormat.readValue(attributes)).fields().forEach(context::set);
        return context.build();
    }
}
