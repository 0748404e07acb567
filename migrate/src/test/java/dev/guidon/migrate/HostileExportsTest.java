package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dguidon.fuzz=100000} tries more. */
@DisplayName("No export makes an importer throw, or make what the format cannot hold")
class HostileExportsTest {

    private static final int TRIES = Integer.getInteger("guidon.fuzz", 300);

    private static final Map<Importer, String> EXPORTS =
            Map.of(Importer.LAUNCHDARKLY, """
            {"flags": {"f": {"key": "f", "on": true, "version": 1, "salt": "s", "variations": [true, false], "offVariation": 1,
              "prerequisites": [{"key": "g", "variation": 0}], "targets": [{"values": ["u"], "variation": 0}],
              "rules": [{"id": "r", "clauses": [{"contextKind": "user", "attribute": "age", "op": "lessThan", "values": [3], "negate": true}],
                         "rollout": {"variations": [{"variation": 0, "weight": 60000}, {"variation": 1, "weight": 40000}]}},
                        {"id": "q", "clauses": [{"attribute": "", "op": "segmentMatch", "values": ["s"]}], "variation": 1}],
              "fallthrough": {"variation": 0}}},
             "segments": {"s": {"key": "s", "included": ["u"], "excluded": ["v"], "salt": "t",
              "rules": [{"clauses": [{"attribute": "v", "op": "semVerEqual", "values": ["1.0"]}], "weight": 50000}]}}}
            """, Importer.UNLEASH, """
            {"version": 2, "features": [
              {"name": "f", "enabled": true, "type": "release", "dependencies": [{"feature": "p", "variants": ["v"]}],
               "strategies": [{"name": "flexibleRollout", "segments": [1], "variants": [{"name": "w", "weight": 500}, {"name": "x", "weight": 500}],
                 "parameters": {"rollout": "50", "stickiness": "userId", "groupId": "g"},
                 "constraints": [{"contextName": "x", "operator": "NUM_GT", "value": "3", "inverted": true},
                                 {"contextName": "ip", "operator": "IN_CIDR", "values": ["10.0.0.0/8"]}]}]},
              {"name": "p", "enabled": true, "strategies": [{"name": "userWithId", "parameters": {"userIds": "a,b"}}],
               "variants": [{"name": "v", "weight": 1, "payload": {"type": "string", "value": "p"},
                 "overrides": [{"contextName": "userId", "values": ["z"]}]}]}],
             "segments": [{"id": 1, "constraints": [{"contextName": "n", "operator": "REGEX", "value": "^a"}]}]}
            """, Importer.UFC, """
            {"format": "SERVER", "flags": {"f": {"key": "f", "enabled": true, "variationType": "STRING", "totalShards": 10000,
              "variations": {"a": {"key": "a", "value": "A"}, "b": {"key": "b", "value": "B"}},
              "allocations": [{"key": "x", "startAt": "2026-01-01T00:00:00Z",
                "rules": [{"conditions": [{"attribute": "id", "operator": "ONE_OF", "value": ["u"]},
                                          {"attribute": "v", "operator": "GTE", "value": "1.2.3"}]}],
                "splits": [{"variationKey": "a", "shards": [{"salt": "s", "ranges": [{"start": 0, "end": 5000}]},
                                                            {"salt": "t", "totalShards": 100, "ranges": [{"start": 20, "end": 30}]}]},
                           {"variationKey": "b", "shards": []}]}]}}}
            """, Importer.FLAGD, """
            {"flags": {"f": {"state": "ENABLED", "variants": {"a": 1, "b": 2}, "defaultVariant": "a", "targeting":
              {"if": [{"and": [{"==": [{"var": "x"}, "1"]}, {"!": [{"in": ["y", {"var": "l"}]}]}, {"$ref": "e"}]}, "a",
                      {"sem_ver": [{"var": "v"}, "^", "1.0.0"]}, {"fractional": [{"cat": ["s", {"var": "k"}]}, ["a", 1], ["b", 2]]},
                      {"<": [1, {"var": ["n", 2]}, 3]}, {"var": "b"}, null]}}},
             "$evaluators": {"e": {"starts_with": [{"var": "m"}, "q"]}}}
            """);

    @ParameterizedTest
    @EnumSource
    @DisplayName("exports with something broken in them: what comes out is valid, reads back equal, and can be asked")
    void mutations(Importer importer) {
        FlagValue export = FlagFormat.readValue(EXPORTS.get(importer));
        assertThat(importer.read(export.toString()).count(Outcome.REFUSED)).isLessThanOrEqualTo(1);
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            FlagValue broken = export;
            for (int i = 0; i <= random.nextInt(3); i++) {
                broken = mutated(broken, random, importer);
            }
            check(importer, broken.toString(), seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("texts with something broken in them: what is no JSON is said to be none, with the place")
    void brokenTexts(Importer importer) {
        String export = EXPORTS.get(importer);
        for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(export);
            for (int i = 0; i <= random.nextInt(4); i++) {
                int at = random.nextInt(text.length());
                String piece = List.of("\"", "{", "}", "[", "]", ",", ":", "0", "\\", "null", "\u0000", "\uD800", "e9")
                        .get(random.nextInt(13));
                if (random.nextBoolean()) {
                    text.insert(at, piece);
                } else {
                    text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
                }
                text.append(text.length() == 0 ? "x" : "");
            }
            check(importer, text.toString(), seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a huge export is imported in seconds")
    void huge(Importer importer) {
        FlagValue.Obj export = (FlagValue.Obj) FlagFormat.readValue(EXPORTS.get(importer));
        Map<String, FlagValue> fields = new LinkedHashMap<>(export.fields());
        if (importer == Importer.UNLEASH) {
            List<FlagValue> features = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                Map<String, FlagValue> feature =
                        new LinkedHashMap<>(((FlagValue.Obj) ((FlagValue.Array) fields.get("features"))
                                        .values()
                                        .get(0))
                                .fields());
                feature.put("name", FlagValue.of("f" + i));
                feature.remove("dependencies");
                features.add(new FlagValue.Obj(feature));
            }
            fields.put("features", new FlagValue.Array(features));
        } else {
            Map<String, FlagValue> flags = new LinkedHashMap<>();
            FlagValue.Obj flag = (FlagValue.Obj)
                    ((FlagValue.Obj) fields.get("flags")).fields().get("f");
            for (int i = 0; i < 5_000; i++) {
                Map<String, FlagValue> copy = new LinkedHashMap<>(flag.fields());
                copy.computeIfPresent("key", (name, value) -> value);
                copy.remove("prerequisites");
                if (copy.containsKey("key")) {
                    copy.put("key", FlagValue.of("f" + i));
                }
                flags.put("f" + i, new FlagValue.Obj(copy));
            }
            fields.put("flags", new FlagValue.Obj(flags));
        }
        String text = new FlagValue.Obj(fields).toString();

        long start = System.nanoTime();
        Imported imported = importer.read(text);

        assertThat(imported.definitions().flags()).hasSizeGreaterThanOrEqualTo(5_000);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("a field that comes twice is told, with the flag that it stands in")
    void twice() {
        Imported imported = Importer.FLAGD.read("""
                {"flags": {"f": {"state": "ENABLED", "state": "DISABLED", "variants": {"a": 1}},
                           "g": {"state": "ENABLED", "variants": {"a": 1}, "defaultVariant": "a"}}}
                """);

        assertThat(imported.definitions().flags()).containsOnlyKeys("g");
        assertThat(imported.findings().get(0).notes().get(0)).contains("flags.f.state");
    }

    @Test
    @DisplayName("and not with another flag whose name is the beginning of its name")
    void twiceInDotted() {
        Imported imported = Importer.FLAGD.read("""
                {"flags": {"f": {"state": "ENABLED", "variants": {"a": 1}, "defaultVariant": "a"},
                           "f.g": {"state": "ENABLED", "state": "DISABLED", "variants": {"a": 1}},
                           "f[0]": {"state": "ENABLED", "variants": {"a": 1}, "defaultVariant": "a"}}}
                """);

        assertThat(imported.definitions().flags()).containsOnlyKeys("f", "f_x5b_0_x5d_");
        assertThat(imported.report()).contains("flag f.g: refused", "flags[\"f.g\"].state");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("null in place of all that an export can hold is no export")
    void nothing(Importer importer) {
        for (String part : List.of("flags", "flagValues", "segments", "features", "events", "items", "kind")) {
            Imported imported = importer.read("{\"" + part + "\": null}");

            assertThat(imported.count(Outcome.REFUSED)).as(part).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a hundred thousand things to say of one flag are said in seconds")
    void manyRemarks() {
        StringBuilder values = new StringBuilder("1");
        for (int i = 0; i < 100_000; i++) {
            values.append(",{\"n\":").append(i).append('}');
        }

        long start = System.nanoTime();
        Imported imported = Importer.LAUNCHDARKLY.read("""
                {"flags": {"f": {"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1},
                  "rules": [{"variation": 0, "clauses": [{"attribute": "a", "op": "startsWith", "values": [%s]}]}]}}}
                """.formatted(values));

        assertThat(imported.findings().get(0).notes()).hasSize(100_001);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private static void check(Importer importer, String text, int seed) {
        Imported imported = importer.read(text);

        Definitions made = imported.definitions();
        assertThat(FlagFormat.parseJson(FlagFormat.writeJson(made)))
                .as("seed " + seed)
                .isEqualTo(made);
        assertThat(FlagFormat.parseYaml(FlagFormat.writeYaml(made)))
                .as("seed " + seed)
                .isEqualTo(made);
        Snapshot snapshot = Snapshot.of(made);
        assertThat(snapshot.problems()).as("seed " + seed).isEmpty();
        made.flags()
                .keySet()
                .forEach(key -> assertThat(snapshot.evaluate(key, EvaluationContext.of("u")))
                        .isNotNull());
        if (!imported.readable()) {
            assertThat(imported.findings().get(0).notes().get(0)).startsWith("line ");
        }
        boolean silent = imported.findings().isEmpty();
        boolean nothing = text.contains("\"flags\":{}") || text.contains("\"features\":[]");
        assertThat(silent && !nothing).as("seed " + seed + ": " + text).isFalse();
    }

    /** The value with one part of it replaced, removed or doubled. */
    private static FlagValue mutated(FlagValue value, Random random, Importer importer) {
        boolean here = random.nextInt(6) == 0;
        if (value instanceof FlagValue.Obj object && !object.fields().isEmpty() && !here) {
            Map<String, FlagValue> fields = new LinkedHashMap<>(object.fields());
            String name = new ArrayList<>(fields.keySet()).get(random.nextInt(fields.size()));
            int what = random.nextInt(12);
            if (what == 0) {
                fields.remove(name);
            } else if (what == 1) {
                fields.put(name + " \u00e9\n", fields.remove(name));
            } else {
                fields.put(name, mutated(fields.get(name), random, importer));
            }
            return new FlagValue.Obj(fields);
        } else if (value instanceof FlagValue.Array array && !array.values().isEmpty() && !here) {
            List<FlagValue> values = new ArrayList<>(array.values());
            int at = random.nextInt(values.size());
            values.set(at, mutated(values.get(at), random, importer));
            if (random.nextInt(8) == 0) {
                values.add(values.get(random.nextInt(values.size())));
            }
            return new FlagValue.Array(values);
        }
        return switch (random.nextInt(12)) {
            case 0 -> FlagValue.NULL;
            case 1 -> FlagValue.TRUE;
            case 2 -> FlagValue.of(-1);
            case 3 -> FlagFormat.readValue("1e300");
            case 4 -> FlagValue.of(0.5);
            case 5 -> FlagValue.of("");
            case 6 -> FlagValue.of("(");
            case 7 -> FlagValue.of("a:{b}\n\u0001" + "x".repeat(random.nextInt(300)));
            case 8 -> new FlagValue.Array(List.of(FlagValue.NULL, FlagValue.of("p"), FlagValue.of(3)));
            case 9 -> new FlagValue.Obj(Map.of("var", FlagValue.of("x"), "y", FlagValue.NULL));
            case 10 -> FlagFormat.readValue(EXPORTS.get(importer));
            default -> FlagValue.of(Integer.MAX_VALUE);
        };
    }
}
