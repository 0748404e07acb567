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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code -Dguidon.random=100000} makes as many exports as that. */
@DisplayName("Random flags of a universal flag configuration")
class UfcRandomTest {

    private static final int EXPORTS = Integer.getInteger("guidon.random", 1_000);
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final List<String> INSTANTS =
            List.of("2026-07-01T11:59:59Z", "2026-07-01T12:00:00Z", "2026-07-01T12:00:01Z");
    private static final List<String> OPERATORS =
            List.of("IS_NULL", "IS_NULL", "ONE_OF", "NOT_ONE_OF", "MATCHES", "NOT_MATCHES", "LT", "LTE", "GT", "GTE");
    private static final List<FlagValue> VALUES = List.of(
            FlagValue.of(""),
            FlagValue.of("x"),
            FlagValue.of("true"),
            FlagValue.of("2"),
            FlagValue.of("2.5"),
            FlagValue.of("1.2.0"),
            FlagValue.of("10.0.0"),
            FlagValue.of("k1"),
            FlagValue.of(0),
            FlagValue.of(2),
            FlagValue.of(2.5),
            FlagValue.TRUE,
            FlagValue.FALSE);

    @Test
    @DisplayName("answer as before, for every subject")
    void same() {
        int served = 0;
        for (int seed = 0; seed < EXPORTS; seed++) {
            Maker maker = new Maker(seed);
            FlagValue flag = maker.flag();
            Imported imported = Importer.UFC.read("{\"flags\": {\"f\": " + flag + "}}");
            assertThat(imported.count(Finding.Outcome.REFUSED))
                    .as("seed %d: %s", seed, imported.report())
                    .isZero();
            Snapshot snapshot = new SnapshotCompiler(Clock.fixed(NOW, ZoneOffset.UTC), SegmentMembers.NONE)
                    .compile(imported.definitions());
            for (int i = 0; i < 20; i++) {
                String key = maker.key();
                FlagValue.Obj attributes = maker.attributes();
                EvaluationContext.Builder context = EvaluationContext.builder(key);
                attributes.fields().forEach(context::set);
                Evaluation<FlagValue> found = snapshot.evaluate("f", context.build());

                assertThat(found.errorCode() == null ? String.valueOf(found.variant()) : "error")
                        .as("seed %d: %s for %s, %s", seed, flag, key, attributes)
                        .isEqualTo(wanted(new UfcModel(key, attributes, NOW), flag));
                served += found.isDefault() ? 0 : 1;
            }
        }
        assertThat(served).isGreaterThan(5 * EXPORTS);
    }

    private static String wanted(UfcModel model, FlagValue flag) {
        try {
            return String.valueOf(model.variation(flag));
        } catch (UfcModel.NoKey e) {
            return "error";
        }
    }

    private static final class Maker extends RandomValues {

        Maker(int seed) {
            super(seed);
        }

        FlagValue flag() {
            return object(
                    "enabled", FlagValue.of(!chance(20)),
                    "variationType", FlagValue.of("STRING"),
                    "totalShards", FlagValue.of(chance(2) ? 100 : 10_000),
                    "variations",
                            object(
                                    "a", object("key", FlagValue.of("a"), "value", FlagValue.of("A")),
                                    "b", object("key", FlagValue.of("b"), "value", FlagValue.of("B"))),
                    "allocations", list(0, 3, this::allocation));
        }

        String key() {
            return chance(5) ? null : chance(9) ? "" : "k" + random.nextInt(4);
        }

        FlagValue.Obj attributes() {
            Map<String, FlagValue> attributes = new LinkedHashMap<>();
            for (String name : List.of("p", "q", "id")) {
                if (!chance(name.equals("id") ? 2 : 4)) {
                    attributes.put(name, one(VALUES));
                }
            }
            return new FlagValue.Obj(attributes);
        }

        private FlagValue allocation() {
            Map<String, FlagValue> allocation = new LinkedHashMap<>();
            allocation.put("key", FlagValue.of(one(List.of("x", "y", ""))));
            if (chance(4)) {
                allocation.put(chance(2) ? "startAt" : "endAt", FlagValue.of(one(INSTANTS)));
            }
            allocation.put("rules", list(0, 2, () -> object("conditions", list(1, 2, this::condition))));
            allocation.put(
                    "splits",
                    list(
                            1,
                            3,
                            () -> object(
                                    "variationKey",
                                    FlagValue.of(chance(2) ? "a" : "b"),
                                    "shards",
                                    list(0, 2, this::shard))));
            return new FlagValue.Obj(allocation);
        }

        private FlagValue condition() {
            String operator = one(OPERATORS);
            FlagValue value = switch (operator) {
                case "IS_NULL" -> FlagValue.of(chance(2));
                case "ONE_OF", "NOT_ONE_OF" -> list(0, 3, () -> FlagValue.of(text(one(VALUES))));
                case "MATCHES", "NOT_MATCHES" -> FlagValue.of(one(List.of("^k", "2", "e$", "^$")));
                default -> one(List.of(FlagValue.of(2), FlagValue.of(1.5), FlagValue.of("1.2.0")));
            };
            String attribute = one(List.of("p", "q", "id", "id"));
            return object("attribute", FlagValue.of(attribute), "operator", FlagValue.of(operator), "value", value);
        }

        private FlagValue shard() {
            FlagValue ranges = list(0, 2, () -> {
                int start = random.nextInt(60);
                return object("start", FlagValue.of(start), "end", FlagValue.of(start + random.nextInt(60)));
            });
            return object("salt", FlagValue.of(one(List.of("s", "t", "u:"))), "ranges", ranges);
        }

        private static String text(FlagValue value) {
            return value instanceof FlagValue.Text text ? text.value() : value.toString();
        }
    }
}
