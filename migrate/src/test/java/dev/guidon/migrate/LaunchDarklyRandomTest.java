package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code -Dguidon.random=100000} makes as many exports as that. */
@DisplayName("Random flags of LaunchDarkly")
class LaunchDarklyRandomTest {

    private static final int EXPORTS = Integer.getInteger("guidon.random", 300);

    @Test
    @DisplayName("answer as LaunchDarkly does, for every context")
    void same() {
        int served = 0;
        for (int seed = 0; seed < EXPORTS; seed++) {
            RandomLaunchDarkly random = new RandomLaunchDarkly(seed);
            FlagValue.Obj data = random.data();
            Imported imported = Importer.LAUNCHDARKLY.read(data.toString());
            assertThat(imported.count(Finding.Outcome.REFUSED))
                    .as("seed %d: %s", seed, imported.report())
                    .isZero();
            Snapshot snapshot = Snapshot.of(imported.definitions());
            for (int i = 0; i < 10; i++) {
                Map<String, FlagValue.Obj> kinds = random.context();
                LaunchDarklyModel model = new LaunchDarklyModel(data, kinds);
                for (String key : imported.definitions().flags().keySet()) {
                    Evaluation<FlagValue> found = snapshot.evaluate(key, LaunchDarklyContexts.of(multi(kinds)));

                    assertThat(outcome(found, imported.definitions(), key))
                            .as("seed %d, flag %s of %s for %s", seed, key, data, kinds)
                            .isEqualTo(outcome(model, key));
                    served += found.isDefault() ? 0 : 1;
                }
            }
        }
        assertThat(served).isGreaterThan(30 * EXPORTS);
    }

    @Test
    @DisplayName("are read back as they were written")
    void roundTrip() {
        for (int seed = 0; seed < EXPORTS / 10; seed++) {
            String json = new RandomLaunchDarkly(seed).data().toString();

            assertThat(Conformance.everyWay(Importer.LAUNCHDARKLY.read(json).definitions()))
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("are imported or refused when damaged, each with a finding, never with an exception")
    void damaged() {
        for (int seed = 0; seed < EXPORTS; seed++) {
            FlagValue data = new Damage(new Random(seed)).in(new RandomLaunchDarkly(seed).data(), 0);
            Imported imported = Importer.LAUNCHDARKLY.read(data.toString());

            int kept = 0;
            for (String kind : List.of("flags", "segments")) {
                kept += data instanceof FlagValue.Obj object
                                && object.fields().get(kind) instanceof FlagValue.Obj definitions
                        ? definitions.fields().size()
                        : 0;
            }
            assertThat(imported.findings()).as("seed %d: %s", seed, data).hasSizeGreaterThanOrEqualTo(kept);
            assertThat(imported.readable()).isTrue();
            Conformance.everyWay(imported.definitions());
        }
    }

    private static Object outcome(Evaluation<FlagValue> found, Definitions definitions, String key) {
        if (found.errorCode() != null) {
            assertThat(found.errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
            return "malformed";
        }
        return found.variant() == null
                ? "nothing"
                : List.copyOf(definitions.flag(key).orElseThrow().variants().keySet())
                        .indexOf(found.variant());
    }

    private static Object outcome(LaunchDarklyModel model, String key) {
        try {
            Integer variation = model.variation(key);
            return variation == null ? "nothing" : variation;
        } catch (LaunchDarklyModel.Malformed e) {
            return "malformed";
        }
    }

    private static FlagValue.Obj multi(Map<String, FlagValue.Obj> kinds) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(kinds);
        fields.put("kind", FlagValue.of("multi"));
        return new FlagValue.Obj(fields);
    }

    /** Puts something else in place of a few values. */
    private record Damage(Random random) {

        private static final List<FlagValue> WRONG = List.of(
                FlagValue.NULL,
                FlagValue.TRUE,
                FlagValue.of(-1),
                FlagValue.of(1e300),
                FlagValue.of(0.5),
                FlagValue.of(""),
                FlagValue.of("("),
                FlagValue.of("(?=a)"),
                FlagValue.of("\uD83D"),
                FlagValue.of("s0"),
                FlagValue.of("f0"),
                FlagValue.of("segmentMatch"),
                new FlagValue.Array(List.of()),
                new FlagValue.Obj(Map.of()),
                new FlagValue.Array(List.of(FlagValue.NULL)),
                FlagValue.of("a".repeat(300)));

        FlagValue in(FlagValue value, int depth) {
            if (depth > 0 && random.nextInt(60) == 0) {
                return WRONG.get(random.nextInt(WRONG.size()));
            } else if (value instanceof FlagValue.Array array) {
                List<FlagValue> values = new ArrayList<>();
                array.values().forEach(element -> values.add(in(element, depth + 1)));
                return new FlagValue.Array(values);
            } else if (value instanceof FlagValue.Obj object) {
                Map<String, FlagValue> fields = new LinkedHashMap<>();
                object.fields()
                        .forEach((name, field) -> fields.put(
                                depth > 1 && random.nextInt(60) == 0 ? name + "?" : name, in(field, depth + 1)));
                return new FlagValue.Obj(fields);
            }
            return value;
        }
    }
}
