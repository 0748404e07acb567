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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The tables of the page on operators")
class OperatorExamplesTest {

    private static final Path PAGE = Documentation.page("docs/operators.md");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    private static Snapshot snapshot;

    record Row(int number, String condition, String attributes, String truth) {

        /** A flag that serves what the condition is. */
        String flag() {
            return """
                      row-%1$d: {type: string, enabled: true, variants: {"TRUE": "TRUE", "FALSE": "FALSE", "UNKNOWN": "UNKNOWN"},
                        rules: [{when: %2$s, serve: "TRUE"}, {when: {not: %2$s}, serve: "FALSE"}], fallthrough: "UNKNOWN"}
                    """.formatted(number, condition);
        }

        @Override
        public String toString() {
            return condition + " " + attributes;
        }
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (List<String> row : Documentation.rows(PAGE, "condition")) {
            rows.add(
                    new Row(rows.size(), row.get(0).replace("`", ""), row.get(1).replace("`", ""), row.get(2)));
        }
        return rows;
    }

    /** A flag for each row, beside the definitions on the page. */
    @BeforeAll
    static void compile() throws IOException {
        String around = Documentation.blocks(PAGE, "yaml").get(0);
        String tested = rows().stream().map(Row::flag).collect(Collectors.joining());
        snapshot = new SnapshotCompiler(NOON, SegmentMembers.NONE)
                .compile(FlagFormat.parseYaml(around.replace("flags:\n", "flags:\n" + tested)));
        assertThat(snapshot.problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("say what each condition is")
    void sayWhatIs(Row row) {
        String served = snapshot.getStringValue("row-" + row.number(), "", context(row.attributes()));

        assertThat(served).isEqualTo(row.truth());
    }

    @Test
    @DisplayName("show every operator and every other condition")
    void showAll() throws IOException {
        List<String> conditions = rows().stream().map(Row::condition).toList();
        Stream<String> operators = Arrays.stream(Operator.values()).map(Operator::toString);
        Stream<String> others = Stream.of("all", "any", "not", "isTrue", "segment", "flag", "bucket");

        assertThat(Stream.concat(operators, others))
                .allSatisfy(name -> assertThat(conditions).anyMatch(condition -> condition.contains(name + ": ")));
    }

    private static EvaluationContext context(String attributes) {
        EvaluationContext.Builder context = EvaluationContext.builder("u-1");
        ((FlagValue.Obj) FlagFormat.readValue(attributes)).fields().forEach(context::set);
        return context.build();
    }
}
