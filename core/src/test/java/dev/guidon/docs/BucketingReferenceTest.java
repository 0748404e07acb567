package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Bucketing as the pages describe it")
class BucketingReferenceTest {

    private static final int USERS = 2_000;

    /** Reads a line for each question, with tabs between the arguments, and writes an answer for each. */
    private static final String QUESTIONS = """

            import sys
            for line in sys.stdin.buffer.read().decode().splitlines():
                what, *of = line.split("\\t")
                if what == "bucket":
                    print(bucket(*of))
                elif what == "included":
                    print(included(float(of[0]), *of[1:]))
                else:
                    print(share([1, 0, 2], *of))
            """;

    record Vector(String stage, String salt, String value, int bucket) {}

    static List<Vector> vectors() throws IOException {
        return Documentation.rows(Documentation.page("docs/flag-format.md"), "stage").stream()
                .map(row -> new Vector(
                        code(row.get(0)),
                        code(row.get(1)),
                        row.get(2).equals("(empty)") ? "" : code(row.get(2)),
                        Integer.parseInt(row.get(3))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @DisplayName("gives each vector's bucket in Guidon")
    void vectorsHold(Vector vector) {
        String in = shareOf(vector, vector.bucket());
        String above = shareOf(vector, vector.bucket() + 1);

        assertThat(in).isEqualTo("on");
        assertThat(above).isEqualTo("none");
    }

    @Test
    @DisplayName("gives the same in Python as in Guidon")
    void sameInPython(@TempDir Path folder) throws Exception {
        List<String> questions = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Vector vector : vectors()) {
            questions.add(String.join("\t", "bucket", vector.stage(), vector.salt(), vector.value()));
            expected.add(String.valueOf(vector.bucket()));
        }
        Snapshot guidon = Snapshot.of(FlagFormat.parseYaml("""
                flags:
                  rolled: {enabled: true, rules: [{rollout: 12.5, serve: "on"}], fallthrough: "off"}
                  shared:
                    type: number
                    enabled: true
                    variants: {a: 0, b: 1, c: 2}
                    fallthrough: {split: [{variant: a, weight: 1}, {variant: b, weight: 0}, {variant: c, weight: 2}]}
                """));
        for (int i = 0; i < USERS; i++) {
            String user = "user-" + "ä😀".repeat(i % 3) + i;
            EvaluationContext context = EvaluationContext.of(user);
            questions.add(String.join("\t", "included", "12.5", "rolled", user));
            expected.add(guidon.isEnabled("rolled", context) ? "True" : "False");
            questions.add(String.join("\t", "share", "shared", user));
            expected.add(String.valueOf(guidon.getIntegerValue("shared", -1, context)));
        }

        List<String> answers = answers(folder, questions);

        assertThat(answers).isEqualTo(expected);
        assertThat(expected).contains("True", "False", "0", "2");
    }

    private static List<String> answers(Path folder, List<String> questions) throws Exception {
        List<String> blocks = Documentation.blocks(Documentation.page("docs/bucketing.md"), "python");
        Path program = Files.writeString(folder.resolve("reference.py"), String.join("\n", blocks) + QUESTIONS);
        Path input = Files.writeString(folder.resolve("questions"), String.join("\n", questions) + "\n");
        Path output = folder.resolve("answers");
        Process python = python(program)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            python.destroyForcibly();
        }
        assertThat(python.exitValue()).isZero();
        return Files.readAllLines(output, StandardCharsets.US_ASCII);
    }

    private static ProcessBuilder python(Path program) throws Exception {
        try {
            Process version = new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 6))")
                    .inheritIO()
                    .start();
            if (version.waitFor() == 0) {
                return new ProcessBuilder("python3", program.toString());
            }
        } catch (IOException missing) {
            System.out.println("docs: no python3 on the path: " + missing.getMessage());
        }
        System.out.println("docs: the reference of bucketing in Python was not run: it needs python3, 3.6 or later");
        return abort("no python3, 3.6 or later");
    }

    /** What a split or a rollout gives that has exactly one bucket. */
    private static String shareOf(Vector vector, int bucket) {
        String by = "by: a, salt: \"" + vector.salt() + "\"";
        String from = new BigDecimal(bucket).movePointLeft(3).toPlainString();
        String to = new BigDecimal(bucket + 1).movePointLeft(3).toPlainString();
        String rule = switch (vector.stage()) {
            case "split" -> "{serve: {split: [{variant: 'on', from: %s, to: %s}], %s}}".formatted(from, to, by);
            case "bucket" ->
                "{when: {bucket: '%s', from: %s, to: %s, by: a}, serve: 'on'}".formatted(vector.salt(), from, to);
            default ->
                "{when: {attribute: a, exists: true}, rollout: {percent: %s, %s}, serve: 'on'}".formatted(to, by);
        };
        // A rollout begins at bucket 0, so a rule before it takes those below.
        String below = vector.stage().equals("rollout")
                ? "{rollout: {percent: %s, %s}, serve: 'below'}, ".formatted(from, by)
                : "";
        Snapshot guidon = Snapshot.of(FlagFormat.parseYaml("""
                flags:
                  tested:
                    type: string
                    enabled: true
                    variants: {'on': 'on', below: none, none: none}
                    rules: [%s%s]
                    fallthrough: none
                """.formatted(below, rule)));
        assertThat(guidon.problems()).isEmpty();
        return guidon.getStringValue(
                "tested",
                "",
                EvaluationContext.builder("u").set("a", vector.value()).build());
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }
}
