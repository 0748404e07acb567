package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Features of Unleash answer as Unleash's client specification says")
class UnleashConformanceTest {

    private static final FlagValue NO_VARIANT = FlagFormat.readValue("{\"name\":\"disabled\",\"enabled\":false}");

    /** What the context says of the time counts, whatever the clock says. */
    private static final Clock LONG_AGO = Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static int cases;
    private static int passed;

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    @DisplayName("isEnabled and getVariant")
    void answers(String file, String description, FlagValue.Obj test, List<Definitions> imported, boolean variant) {
        cases++;
        String name = text(test, "toggleName");
        FlagValue.Obj context = object(test, "context");

        for (Definitions definitions : imported) {
            Snapshot snapshot = new SnapshotCompiler(LONG_AGO, SegmentMembers.NONE).compile(definitions);
            boolean enabled = snapshot.isEnabled(Keys.of(name), contextOf(context));

            if (variant) {
                FlagValue found = snapshot.getObjectValue(Keys.of(name) + ".variant", NO_VARIANT, contextOf(context));
                FlagValue.Obj expected = object(test, "expectedResult");
                assertThat(found).isEqualTo(without(expected, "feature_enabled"));
                assertThat(FlagValue.of(enabled)).isEqualTo(expected.fields().get("feature_enabled"));
            } else {
                assertThat(FlagValue.of(enabled)).isEqualTo(test.fields().get("expectedResult"));
            }
        }
        passed++;
    }

    @AfterAll
    static void count() {
        System.out.println("conformance: Unleash " + passed + " of " + cases);
    }

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> all = new ArrayList<>();
        Path folder = Conformance.suite("unleash").resolve("specifications");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                FlagValue read = FlagFormat.readValue(Files.readString(file));
                if (read instanceof FlagValue.Obj suite) {
                    Definitions definitions = Importer.UNLEASH
                            .read(object(suite, "state").toString())
                            .definitions();
                    List<Definitions> imported = Conformance.everyWay(definitions);
                    for (String tests : List.of("tests", "variantTests")) {
                        for (FlagValue.Obj test : objects(suite, tests)) {
                            all.add(Arguments.of(
                                    text(suite, "name"),
                                    text(test, "description"),
                                    test,
                                    imported,
                                    tests.equals("variantTests")));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    private static EvaluationContext contextOf(FlagValue.Obj context) {
        FlagValue user = context.fields().get("userId");
        EvaluationContext.Builder builder = user instanceof FlagValue.Text text
                ? EvaluationContext.builder(text.value())
                : EvaluationContext.builder(null);
        context.fields().forEach((name, value) -> {
            if (value instanceof FlagValue.Obj properties && name.equals("properties")) {
                properties.fields().forEach(builder::set);
            } else if (!name.equals("userId")) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }

    private static FlagValue without(FlagValue.Obj object, String field) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(object.fields());
        fields.remove(field);
        return new FlagValue.Obj(fields);
    }

    private static String text(FlagValue.Obj object, String field) {
        return ((FlagValue.Text) object.fields().get(field)).value();
    }

    private static FlagValue.Obj object(FlagValue.Obj object, String field) {
        return (FlagValue.Obj) object.fields().get(field);
    }

    private static List<FlagValue.Obj> objects(FlagValue.Obj object, String field) {
        return object.fields().get(field) instanceof FlagValue.Array array
                ? array.values().stream().map(FlagValue.Obj.class::cast).toList()
                : List.of();
    }
}
