package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes flags, segments and contexts as LaunchDarkly has them. The same seed makes the same ones. */
final class RandomLaunchDarkly extends RandomValues {

    private static final List<String> OPERATORS = List.of(
            "in",
            "in",
            "in",
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "lessThan",
            "lessThanOrEqual",
            "greaterThan",
            "greaterThanOrEqual",
            "before",
            "after",
            "semVerEqual",
            "semVerLessThan",
            "semVerGreaterThan",
            "segmentMatch",
            "segmentMatch",
            "noSuchOperator");
    private static final List<String> ATTRIBUTES =
            List.of("a", "b", "key", "anonymous", "kind", "kind", "/a", "c.d", "$e", "");
    private static final List<FlagValue> VALUES = List.of(
            FlagValue.of("x"),
            FlagValue.of("xyz"),
            FlagValue.of(""),
            FlagValue.of("2"),
            FlagValue.of("2.0.0"),
            FlagValue.of("10.1"),
            FlagValue.of("v2.0.0"),
            FlagValue.of("2027-01-31T12:00:00Z"),
            FlagValue.of("2027-01-31T13:00:00.5+01:00"),
            FlagValue.of(2),
            FlagValue.of(2.5),
            FlagValue.of(1801396800000L),
            FlagValue.TRUE,
            FlagValue.FALSE,
            FlagValue.of("user"),
            FlagValue.of("org"));

    private static final List<FlagValue> INSTANTS = List.of(
            FlagValue.of("2027-01-31T12:00:00Z"),
            FlagValue.of("2027-01-31T13:00:00.5+01:00"),
            FlagValue.of(1801396800000L),
            FlagValue.of("2"),
            FlagValue.TRUE);

    RandomLaunchDarkly(long seed) {
        super(seed);
    }

    FlagValue.Obj data() {
        Map<String, FlagValue> segments = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            segments.put("s" + i, segment(i));
        }
        Map<String, FlagValue> flags = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            flags.put("f" + i, flag(i));
        }
        return new FlagValue.Obj(Map.of("flags", new FlagValue.Obj(flags), "segments", new FlagValue.Obj(segments)));
    }

    /** A context of users, of organisations, or of both. */
    Map<String, FlagValue.Obj> context() {
        Map<String, FlagValue.Obj> kinds = new LinkedHashMap<>();
        for (String kind : List.of("user", "org")) {
            if ((kinds.isEmpty() && kind.equals("org")) || chance(2)) {
                Map<String, FlagValue> fields = new LinkedHashMap<>();
                fields.put("key", FlagValue.of(chance(2) ? "k" + random.nextInt(3) : "k" + random.nextInt()));
                for (String name : List.of("a", "b", "c.d", "$e")) {
                    if (chance(2)) {
                        fields.put(name, chance(4) ? list(0, 3, () -> one(VALUES)) : one(VALUES));
                    }
                }
                if (chance(3)) {
                    fields.put("anonymous", FlagValue.of(chance(2)));
                }
                kinds.put(kind, new FlagValue.Obj(fields));
            }
        }
        return kinds;
    }

    private FlagValue flag(int number) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("on", FlagValue.of(!chance(6)));
        fields.put("salt", FlagValue.of(chance(4) ? "" : "salt:" + random.nextInt(9)));
        fields.put("variations", FlagValue.of(List.of("a", "b", "c")));
        put(fields, "offVariation", 3, this::variation);
        put(fields, "targets", 3, () -> list(0, 2, () -> object("variation", variation(), "values", keys())));
        if (number > 0 && chance(3)) {
            FlagValue other = FlagValue.of(chance(9) ? "nowhere" : "f" + random.nextInt(number));
            fields.put("prerequisites", list(1, 1, () -> object("key", other, "variation", variation())));
        }
        fields.put("rules", list(0, 3, () -> rule()));
        put(fields, "fallthrough", 20, this::serve);
        return new FlagValue.Obj(fields);
    }

    private FlagValue rule() {
        Map<String, FlagValue> fields = new LinkedHashMap<>(((FlagValue.Obj) serve()).fields());
        put(fields, "id", 2, () -> FlagValue.of("r" + random.nextInt()));
        fields.put("clauses", list(0, 2, () -> clause(4)));
        return new FlagValue.Obj(fields);
    }

    private FlagValue serve() {
        if (chance(2)) {
            return object("variation", variation());
        }
        Map<String, FlagValue> rollout = new LinkedHashMap<>();
        put(rollout, "kind", 2, () -> FlagValue.of(chance(2) ? "experiment" : "rollout"));
        put(rollout, "seed", 2, () -> FlagValue.of(random.nextInt()));
        put(rollout, "contextKind", 2, this::kind);
        put(rollout, "bucketBy", 2, () -> FlagValue.of("key"));
        rollout.put(
                "variations",
                list(chance(9) ? 0 : 1, 4, () -> object("variation", variation(), "weight", weight(60_000))));
        return object("rollout", new FlagValue.Obj(rollout));
    }

    private FlagValue segment(int number) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        put(fields, "salt", 5, () -> FlagValue.of("pepper"));
        put(fields, "included", 3, this::keys);
        put(fields, "excluded", 3, this::keys);
        put(fields, "includedContexts", 3, () -> list(0, 2, () -> object("contextKind", kind(), "values", keys())));
        put(fields, "excludedContexts", 3, () -> list(0, 2, () -> object("contextKind", kind(), "values", keys())));
        fields.put("rules", list(0, 2, () -> {
            Map<String, FlagValue> rule = new LinkedHashMap<>();
            rule.put("clauses", list(0, 2, () -> segmentClause(number)));
            put(rule, "weight", 2, () -> weight(100_000));
            put(rule, "rolloutContextKind", 2, this::kind);
            return new FlagValue.Obj(rule);
        }));
        return new FlagValue.Obj(fields);
    }

    /** Without what makes a whole segment malformed. */
    private FlagValue segmentClause(int number) {
        FlagValue.Obj clause = clause(number);
        boolean valid = !clause.fields().get("attribute").equals(FlagValue.of(""))
                || clause.fields().get("op").equals(FlagValue.of("segmentMatch"));
        return valid ? clause : segmentClause(number);
    }

    private FlagValue.Obj clause(int segments) {
        String operator = one(OPERATORS);
        boolean instants = operator.equals("before") || operator.equals("after");
        boolean member = operator.equals("segmentMatch");
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        String attribute = one(ATTRIBUTES);
        fields.put("attribute", FlagValue.of(chance(4) || !attribute.isEmpty() ? attribute : "a"));
        fields.put("op", FlagValue.of(operator));
        put(fields, "negate", 2, () -> FlagValue.of(chance(2)));
        fields.put(
                "values",
                list(
                        0,
                        3,
                        () -> instants
                                ? one(INSTANTS)
                                : member
                                        ? FlagValue.of(
                                                segments == 0 || chance(9) ? "nowhere" : "s" + random.nextInt(segments))
                                        : one(VALUES)));
        if (chance(2) && !attribute.startsWith("/")) {
            fields.put("contextKind", kind());
        }
        return new FlagValue.Obj(fields);
    }

    private FlagValue variation() {
        return FlagValue.of(chance(12) ? 7 : random.nextInt(3));
    }

    private FlagValue weight(int most) {
        return FlagValue.of(chance(4) ? 0 : random.nextInt(most + 1));
    }

    private FlagValue kind() {
        return FlagValue.of(chance(2) ? "user" : "org");
    }

    private FlagValue keys() {
        return list(0, 3, () -> FlagValue.of("k" + random.nextInt(4)));
    }

    private void put(Map<String, FlagValue> fields, String name, int likely, Supplier<FlagValue> value) {
        if (random.nextInt(likely + 1) > 0) {
            fields.put(name, value.get());
        }
    }
}
