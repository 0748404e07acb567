package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
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
@DisplayName("Random features of Unleash")
class UnleashRandomTest {

    private static final int EXPORTS = Integer.getInteger("guidon.random", 1_000);
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final List<String> OPERATORS = List.of(
            "IN",
            "NOT_IN",
            "STR_CONTAINS",
            "STR_STARTS_WITH",
            "STR_ENDS_WITH",
            "NUM_EQ",
            "NUM_GT",
            "NUM_GTE",
            "NUM_LT",
            "NUM_LTE",
            "SEMVER_EQ",
            "SEMVER_GT",
            "SEMVER_LT",
            "DATE_AFTER",
            "DATE_BEFORE");
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "X",
            "xy",
            "5",
            "5.0",
            "-1",
            "1.2.3",
            "10.0.0",
            "1.2",
            "u1",
            "u2",
            "2026-07-01T12:00:00Z",
            "2027-01-01T00:00:00Z");

    @Test
    @DisplayName("are on for whom they were on")
    void same() {
        int on = 0;
        for (int seed = 0; seed < EXPORTS; seed++) {
            Maker maker = new Maker(seed);
            FlagValue feature = maker.feature();
            Imported imported = Importer.UNLEASH.read("{\"version\": 1, \"features\": [" + feature + "]}");
            assertThat(imported.count(Finding.Outcome.REFUSED))
                    .as("seed %d: %s", seed, imported.report())
                    .isZero();
            Snapshot snapshot = new SnapshotCompiler(Clock.fixed(NOW, ZoneOffset.UTC), SegmentMembers.NONE)
                    .compile(imported.definitions());
            for (int i = 0; i < 20; i++) {
                Map<String, String> context = maker.context();
                EvaluationContext.Builder builder = EvaluationContext.builder(context.get("userId"));
                context.forEach((name, value) -> {
                    if (!name.equals("userId")) {
                        builder.set(name, value);
                    }
                });
                boolean wanted = new UnleashModel(context, NOW).isOn(feature, "f");

                assertThat(snapshot.getBooleanValue("f", false, builder.build()))
                        .as("seed %d: %s for %s%n%s", seed, feature, context, imported.report())
                        .isEqualTo(wanted);
                on += wanted ? 1 : 0;
            }
        }
        assertThat(on).isBetween(5 * EXPORTS, 15 * EXPORTS);
    }

    private static final class Maker extends RandomValues {

        Maker(int seed) {
            super(seed);
        }

        FlagValue feature() {
            return object(
                    "name", FlagValue.of("f"),
                    "enabled", FlagValue.of(random.nextInt(20) > 0),
                    "strategies", list(0, 3, this::strategy));
        }

        Map<String, String> context() {
            Map<String, String> context = new LinkedHashMap<>();
            for (String name : List.of("userId", "sessionId", "p", "q", "currentTime")) {
                if (random.nextInt(3) > (name.equals("currentTime") ? 1 : 0)) {
                    context.put(name, name.equals("userId") ? "u" + random.nextInt(50) : one(TEXTS));
                }
            }
            return context;
        }

        private FlagValue strategy() {
            String name = one(List.of("default", "userWithId", "flexibleRollout"));
            FlagValue parameters = switch (name) {
                case "userWithId" -> object("userIds", FlagValue.of("u1, u2, u3"));
                case "flexibleRollout" ->
                    object(
                            "rollout", FlagValue.of(Integer.toString(random.nextInt(101))),
                            "stickiness", FlagValue.of(one(List.of("userId", "sessionId", "p"))),
                            "groupId", FlagValue.of("f"));
                default -> object();
            };
            return object(
                    "name", FlagValue.of(name), "parameters", parameters, "constraints", list(0, 2, this::constraint));
        }

        private FlagValue constraint() {
            return object(
                    "contextName", FlagValue.of(one(List.of("userId", "p", "q", "currentTime", "unset"))),
                    "operator", FlagValue.of(one(OPERATORS)),
                    "values", list(0, 3, () -> FlagValue.of(one(TEXTS))),
                    "value", FlagValue.of(one(TEXTS)),
                    "inverted", FlagValue.of(random.nextBoolean()),
                    "caseInsensitive", FlagValue.of(random.nextBoolean()));
        }
    }
}
