package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code -Dguidon.random=100000} makes as many exports as that. */
@DisplayName("Random flags of flagd")
class FlagdRandomTest {

    private static final int EXPORTS = Integer.getInteger("guidon.random", 2_000);
    private static final Instant NOW = Instant.ofEpochSecond(1);
    private static final Set<String> VARIANTS = Set.of("a", "b", "c", "d", "true", "1");

    @Test
    @DisplayName("answer as flagd does, for every context, unless they are refused")
    void same() {
        int imported = 0;
        int served = 0;
        for (int seed = 0; seed < EXPORTS; seed++) {
            RandomFlagd random = new RandomFlagd(seed);
            FlagValue targeting = random.result(3);
            FlagValue.Obj evaluators = random.evaluators();
            Imported flags = Importer.FLAGD.read(export(targeting, evaluators));
            if (flags.count(Finding.Outcome.REFUSED) > 0) {
                continue;
            }
            imported++;
            Snapshot snapshot = new SnapshotCompiler(Clock.fixed(NOW, ZoneOffset.UTC), SegmentMembers.NONE)
                    .compile(flags.definitions());
            for (int i = 0; i < 20; i++) {
                FlagValue.Obj context = random.context();
                Evaluation<FlagValue> found = snapshot.evaluate("f", context(context));
                String wanted = wanted(new FlagdModel("f", evaluators, context, NOW.getEpochSecond()), targeting);
                if (wanted.equals("disputed")) {
                    continue;
                }

                assertThat(found.errorCode() == null ? found.variant() : "error")
                        .as("seed %d: %s with %s for %s%n%s", seed, targeting, evaluators, context, flags.report())
                        .isEqualTo(wanted);
                served += wanted.equals("error") || wanted.equals("d") ? 0 : 1;
            }
        }
        assertThat(imported).isGreaterThan(EXPORTS / 3);
        assertThat(served).isGreaterThan(5 * imported);
    }

    private static String wanted(FlagdModel model, FlagValue targeting) {
        try {
            String variant = model.variant(targeting, "d");
            return VARIANTS.contains(variant) ? variant : "error";
        } catch (FlagdModel.Unknown e) {
            return "error";
        } catch (FlagdModel.Disputed e) {
            return "disputed";
        }
    }

    private static String export(FlagValue targeting, FlagValue.Obj evaluators) {
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        VARIANTS.stream().sorted().forEach(name -> variants.put(name, FlagValue.of(name)));
        return "{\"flags\": {\"f\": {\"state\": \"ENABLED\", \"defaultVariant\": \"d\", \"variants\": "
                + new FlagValue.Obj(variants) + ", \"targeting\": " + targeting + "}}, \"$evaluators\": " + evaluators
                + "}";
    }

    private static EvaluationContext context(FlagValue.Obj context) {
        FlagValue key = context.fields().get("targetingKey");
        EvaluationContext.Builder builder =
                EvaluationContext.builder(key instanceof FlagValue.Text text ? text.value() : null);
        context.fields().forEach((name, value) -> {
            if (!name.equals("targetingKey")) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }
}
