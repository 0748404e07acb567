package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Rule;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.nio.file.Files;
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

@DisplayName("Flags of LaunchDarkly answer as its test harness for SDKs says, server side")
class LaunchDarklyConformanceTest {

    private static int cases;
    private static int passed;

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @MethodSource("cases")
    @DisplayName("value, variation and reason")
    void answers(String file, String suite, String name, FlagValue.Obj test, List<Definitions> imported) {
        cases++;
        FlagValue.Obj expected = object(test, "expect");
        String key = text(test, "flagKey");
        EvaluationContext context = LaunchDarklyContexts.of(object(test, "context"));

        for (Definitions definitions : imported) {
            Evaluation<FlagValue> found = evaluate(Snapshot.of(definitions), key, test, context);

            if (test.fields().containsKey("default") || !found.isDefault()) {
                assertThat(plain(found.value()))
                        .isEqualTo(plain(expected.fields().get("value")));
            }
            assertThat(index(definitions, key, found))
                    .isEqualTo(expected.fields().get("variationIndex"));
            assertThat(reason(definitions, key, found)).isEqualTo(reason(expected));
        }
        passed++;
    }

    @AfterAll
    static void count() {
        System.out.println("conformance: LaunchDarkly server side " + passed + " of " + cases);
    }

    static Stream<Arguments> cases() throws IOException {
        String text = Files.readString(
                Conformance.suite("launchdarkly").resolve("derived").resolve("expanded.json"));
        List<Arguments> all = new ArrayList<>();
        for (FlagValue.Obj suite : objects(FlagFormat.readValue(text))) {
            if (!text(suite, "file").startsWith("server-side-eval/")) {
                continue;
            }
            Imported read = Importer.LAUNCHDARKLY.read(object(suite, "sdkData").toString());
            List<Definitions> imported = Conformance.everyWay(read.definitions());
            for (FlagValue.Obj test : objects(suite.fields().get("evaluations"))) {
                String name = test.fields().containsKey("name") ? text(test, "name") : text(test, "flagKey");
                all.add(Arguments.of(text(suite, "file"), text(suite, "name"), name, test, imported));
            }
        }
        return all.stream();
    }

    private static Evaluation<FlagValue> evaluate(
            Snapshot snapshot, String key, FlagValue.Obj test, EvaluationContext context) {
        FlagValue given = test.fields().getOrDefault("default", FlagValue.NULL);
        String type = test.fields().containsKey("valueType") ? text(test, "valueType") : "any";
        Evaluation<?> typed = switch (type) {
            case "bool" -> snapshot.getBooleanDetails(key, ((FlagValue.Bool) given).value(), context);
            case "string" -> snapshot.getStringDetails(key, ((FlagValue.Text) given).value(), context);
            case "int" ->
                snapshot.getIntegerDetails(
                        key, ((FlagValue.Number) given).value().intValueExact(), context);
            case "double" ->
                snapshot.getDoubleDetails(
                        key, ((FlagValue.Number) given).value().doubleValue(), context);
            default -> null;
        };
        if (typed == null) {
            Evaluation<FlagValue> any = snapshot.evaluate(key, context);
            return any.isDefault() ? with(any, given) : any;
        }
        return with(typed, FlagFormat.readValue(value(typed.value())));
    }

    private static String value(Object value) {
        return value instanceof String text ? FlagValue.of(text).toString() : value.toString();
    }

    private static Evaluation<FlagValue> with(Evaluation<?> of, FlagValue value) {
        return new Evaluation<>(
                of.flagKey(),
                value,
                of.variant(),
                of.reason(),
                of.ruleId(),
                of.prerequisite(),
                of.errorCode(),
                of.errorMessage());
    }

    /** Variants stand in the order of the variations. */
    private static FlagValue index(Definitions definitions, String key, Evaluation<?> found) {
        if (found.variant() == null) {
            return null;
        }
        List<String> names =
                List.copyOf(definitions.flag(key).orElseThrow().variants().keySet());
        return FlagValue.of(names.indexOf(found.variant()));
    }

    /** That somebody is in an experiment is no matter of Guidon's. */
    private static FlagValue reason(FlagValue.Obj expected) {
        Map<String, FlagValue> fields =
                new LinkedHashMap<>(object(expected, "reason").fields());
        fields.remove("inExperiment");
        return new FlagValue.Obj(fields);
    }

    private static FlagValue reason(Definitions definitions, String key, Evaluation<?> found) {
        Map<String, FlagValue> reason = new LinkedHashMap<>();
        switch (found.reason()) {
            case DISABLED -> reason.put("kind", FlagValue.of("OFF"));
            case PREREQUISITE_FAILED -> {
                reason.put("kind", FlagValue.of("PREREQUISITE_FAILED"));
                reason.put("prerequisiteKey", FlagValue.of(String.valueOf(found.prerequisite())));
            }
            case ERROR -> {
                reason.put("kind", FlagValue.of("ERROR"));
                reason.put("errorKind", FlagValue.of(errorKind(found)));
            }
            default -> put(reason, definitions.flag(key).orElseThrow(), found.ruleId());
        }
        return new FlagValue.Obj(reason);
    }

    private static void put(Map<String, FlagValue> reason, Flag flag, String ruleId) {
        List<Rule> rules = flag.rules().stream()
                .filter(rule -> !isTarget(String.valueOf(rule.id())))
                .toList();
        if (ruleId == null) {
            reason.put("kind", FlagValue.of("FALLTHROUGH"));
        } else if (isTarget(ruleId)) {
            reason.put("kind", FlagValue.of("TARGET_MATCH"));
        } else {
            reason.put("kind", FlagValue.of("RULE_MATCH"));
            reason.put(
                    "ruleIndex",
                    FlagValue.of(rules.stream().map(Rule::id).toList().indexOf(ruleId)));
            reason.put("ruleId", FlagValue.of(ruleId));
        }
    }

    private static boolean isTarget(String ruleId) {
        return ruleId.matches("(t|contextT)argets-\\d+");
    }

    private static String errorKind(Evaluation<?> found) {
        return switch (String.valueOf(found.errorCode())) {
            case "FLAG_NOT_FOUND" -> "FLAG_NOT_FOUND";
            case "PARSE_ERROR" -> "MALFORMED_FLAG";
            case "TYPE_MISMATCH" -> "WRONG_TYPE";
            default -> "EXCEPTION";
        };
    }

    /** 1 and 1.0 are the same here. */
    private static Object plain(FlagValue value) {
        return value instanceof FlagValue.Number number ? number.value().stripTrailingZeros() : String.valueOf(value);
    }

    private static String text(FlagValue.Obj object, String field) {
        return ((FlagValue.Text) object.fields().get(field)).value();
    }

    private static FlagValue.Obj object(FlagValue.Obj object, String field) {
        return (FlagValue.Obj) object.fields().get(field);
    }

    private static List<FlagValue.Obj> objects(FlagValue list) {
        return ((FlagValue.Array) list)
                .values().stream().map(FlagValue.Obj.class::cast).toList();
    }
}
