package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Flags of a universal flag configuration answer as Datadog's test data say")
class UfcConformanceTest {

    private static int cases;
    private static int passed;
    /** How often Datadog gives the first reason where Guidon gives the second. */
    private static final Map<String, Integer> reasons = new TreeMap<>();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("values")
    void answers(String name, FlagValue.Obj test, List<Definitions> imported) {
        cases++;
        String flag = Keys.of(text(test, "flag"));
        FlagValue.Obj result = (FlagValue.Obj) test.fields().get("result");

        for (Definitions definitions : imported) {
            Snapshot snapshot = Snapshot.of(definitions);
            Evaluation<?> found = ask(snapshot, flag, test);

            assertThat(normal(found.value())).isEqualTo(normal(result.fields().get("value")));
        }
        Evaluation<?> first = ask(Snapshot.of(imported.get(0)), flag, test);
        reasons.merge(text(result, "reason") + ", here " + first.reason(), 1, Integer::sum);
        passed++;
    }

    private static Evaluation<?> ask(Snapshot snapshot, String flag, FlagValue.Obj test) {
        EvaluationContext context = context(test);
        FlagValue defaultValue = test.fields().get("defaultValue");
        return switch (text(test, "variationType")) {
            case "BOOLEAN" -> snapshot.getBooleanDetails(flag, ((FlagValue.Bool) defaultValue).value(), context);
            case "STRING" -> snapshot.getStringDetails(flag, ((FlagValue.Text) defaultValue).value(), context);
            case "INTEGER" ->
                snapshot.getIntegerDetails(flag, number(defaultValue).intValue(), context);
            case "NUMERIC" ->
                snapshot.getDoubleDetails(flag, number(defaultValue).doubleValue(), context);
            default -> snapshot.getObjectDetails(flag, defaultValue, context);
        };
    }

    private static BigDecimal number(FlagValue value) {
        return ((FlagValue.Number) value).value();
    }

    private static EvaluationContext context(FlagValue.Obj test) {
        String key = test.fields().get("targetingKey") instanceof FlagValue.Text text ? text.value() : null;
        EvaluationContext.Builder builder = EvaluationContext.builder(key);
        ((FlagValue.Obj) test.fields().get("attributes")).fields().forEach(builder::set);
        return builder.build();
    }

    private static Object normal(Object value) {
        if (value instanceof FlagValue.Number number) {
            return number.value().stripTrailingZeros();
        } else if (value instanceof Number number) {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        } else if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        }
        return value instanceof FlagValue.Text text ? text.value() : value;
    }

    @AfterAll
    static void count() {
        System.out.println("conformance: UFC " + passed + " of " + cases + ", reasons " + reasons);
    }

    static Stream<Arguments> cases() throws IOException {
        Path folder = Conformance.suite("datadog-ffe");
        Imported result = Importer.UFC.read(Files.readString(folder.resolve("ufc-config.json")));
        List<Definitions> imported = Conformance.everyWay(result.definitions());
        List<Arguments> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("evaluation-cases"))) {
            for (Path file : files.sorted().toList()) {
                FlagValue.Array tests = (FlagValue.Array) FlagFormat.readValue(Files.readString(file));
                for (FlagValue test : tests.values()) {
                    String name = file.getFileName() + "[" + tests.values().indexOf(test) + "]";
                    all.add(Arguments.of(name, test, imported));
                }
            }
        }
        return all.stream();
    }

    private static String text(FlagValue.Obj object, String field) {
        return ((FlagValue.Text) object.fields().get(field)).value();
    }
}
