package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagKind;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.evaluation.Truth;
import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An import from LaunchDarkly")
class LaunchDarklyTest {

    @Test
    @DisplayName("makes a flag for users as one would write it for Guidon")
    void natural() {
        Imported imported = read("""
                {"flags": {"redesign": {
                  "key": "redesign", "version": 7, "on": true, "salt": "c0ffee", "clientSide": false, "trackEvents": true,
                  "variations": [true, false], "offVariation": 1,
                  "targets": [{"variation": 0, "values": ["ada"]}],
                  "rules": [{"id": "r1", "variation": 0,
                    "clauses": [{"attribute": "country", "op": "in", "values": ["DE", "FR"], "negate": false}]}],
                  "fallthrough": {"variation": 1}}}}
                """);

        assertThat(imported.report()).startsWith("flag redesign: imported\n");
        assertThat(imported.definitions()).isEqualTo(FlagFormat.parseYaml("""
                flags:
                  redesign:
                    enabled: true
                    rules:
                      - {id: targets-0, when: {attribute: $key, in: [ada]}, serve: "on"}
                      - {id: r1, when: {attribute: country, in: [DE, FR]}, serve: "on"}
                    fallthrough: "off"
                """));
    }

    @ParameterizedTest(name = "{0} with seed {1}: {2}")
    @CsvSource({
        "userKeyA, , 42157",
        "userKeyB, , 67084",
        "userKeyC, , 10343",
        "userKeyA, 61, 9801",
        "userKeyB, 61, 14483",
        "userKeyC, 61, 92426"
    })
    @DisplayName("puts users into the buckets that LaunchDarkly's SDKs test for")
    void buckets(String user, String seed, int bucket) {
        String rollout = "{\"kind\": \"experiment\", %s \"variations\": [{\"variation\": 0, \"weight\": %d},"
                + " {\"variation\": 1, \"weight\": 1}, {\"variation\": 2, \"weight\": 5}]}";
        Snapshot snapshot =
                snapshot("""
                {"flags": {"hashKey": {"on": true, "salt": "saltyA", "variations": ["below", "it", "above"],
                  "fallthrough": {"rollout": %s}}}}
                """.formatted(rollout.formatted(seed == null ? "" : "\"seed\": " + seed + ",", bucket)));

        assertThat(snapshot.getStringValue("hashKey", "", EvaluationContext.of(user)))
                .isEqualTo("it");
    }

    @Test
    @DisplayName("says of an experiment that it is one, and lets the last variation take what the weights leave over")
    void experiment() {
        Definitions definitions = read("""
                {"flags": {"f": {"on": true, "variations": ["a", "b"], "salt": "a:b", "fallthrough": {"rollout": {"kind": "experiment",
                  "bucketBy": "ignored", "variations": [{"variation": 0, "weight": 10}, {"variation": 1, "weight": 20}]}}}}}
                """).definitions();

        assertThat(definitions.flag("f").orElseThrow().about().kind()).isEqualTo(FlagKind.EXPERIMENT);
        assertThat(definitions.flag("f").orElseThrow().fallthrough())
                .isInstanceOfSatisfying(Serve.WeightedSplit.class, split -> {
                    assertThat(split.shares()).extracting(Serve.Weight::weight).containsExactly(10L, 99_990L);
                    assertThat(split.assignment().bucketing().input()).isEqualTo("{key}.a:b.{value}");
                });
    }

    @Test
    @DisplayName("keeps kinds of contexts apart, each under its name with its key")
    void kinds() {
        Snapshot snapshot = snapshot("""
                {"flags": {"f": {"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1},
                  "rules": [{"variation": 0, "clauses": [
                    {"contextKind": "org", "attribute": "/address/country~1code", "op": "in", "values": ["DE"]},
                    {"attribute": "kind", "op": "in", "values": ["org"]},
                    {"contextKind": "org", "attribute": "key", "op": "startsWith", "values": ["x"], "negate": true}]}]}}}
                """);
        Map<String, Object> org = Map.of("key", "o-1", "address", Map.of("country/code", "DE"));

        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("u-1").set("org", org).build()))
                .isTrue();
        assertThat(snapshot.isEnabled("f", EvaluationContext.of("o-1"))).isFalse();
    }

    @Test
    @DisplayName("lets inclusion by one kind beat exclusion by another, as in LaunchDarkly")
    void inclusionFirst() {
        Snapshot snapshot = snapshot("""
                {"flags": {"f": {"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1},
                   "rules": [{"variation": 0, "clauses": [{"op": "segmentMatch", "values": ["s"]}]}]}},
                 "segments": {"s": {"included": ["ada"], "excludedContexts": [{"contextKind": "org", "values": ["o-1"]}],
                   "rules": [{"clauses": []}]}}}
                """);
        Map<String, Object> org = Map.of("key", "o-1");

        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("ada").set("org", org).build()))
                .isTrue();
        assertThat(snapshot.isEnabled(
                        "f", EvaluationContext.builder("bob").set("org", org).build()))
                .isFalse();
        assertThat(snapshot.isEnabled("f", EvaluationContext.of("bob"))).isTrue();
    }

    @Test
    @DisplayName("makes of a big segment one with external members of its generation, and says so")
    void bigSegment() {
        Imported imported = read("""
                {"segments": {"vip": {"unbounded": true, "generation": 3, "unboundedContextKind": "org", "rules": []},
                              "old": {"unbounded": true, "rules": [{"clauses": []}]}},
                 "flags": {"f": {"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1},
                   "rules": [{"variation": 0, "clauses": [{"op": "segmentMatch", "values": ["vip", "old"]}]}]}}}
                """);
        SegmentMembers members = (segment, generation, member) ->
                Truth.of(segment.equals("vip") && generation.equals("3") && member.equals("o-1"));
        Snapshot snapshot = new SnapshotCompiler(Clock.systemUTC(), members).compile(imported.definitions());

        assertThat(imported.findings().get(0).toString()).contains("generation 3");
        assertThat(imported.findings().get(1).toString()).contains("it has no members");
        assertThat(snapshot.isEnabled(
                        "f",
                        EvaluationContext.builder("u")
                                .set("org", Map.of("key", "o-1"))
                                .build()))
                .isTrue();
        assertThat(snapshot.isEnabled("f", EvaluationContext.of("o-1"))).isFalse();
    }

    @Test
    @DisplayName("reads numbers as milliseconds, dates as RFC 3339, and short versions without a leading v")
    void forms() {
        Snapshot snapshot = snapshot("""
                {"flags": {"f": {"on": true, "variations": ["new", "late", "none"], "fallthrough": {"variation": 2}, "rules": [
                  {"variation": 0, "clauses": [{"attribute": "app", "op": "semVerGreaterThan", "values": ["2", "v1", "1.x"]}]},
                  {"variation": 1, "clauses": [{"attribute": "at", "op": "after", "values": [1801396800000.7, "yesterday"]}]}]}}}
                """);

        assertThat(snapshot.getStringValue("f", "", of("app", "2.1"))).isEqualTo("new");
        assertThat(snapshot.getStringValue("f", "", of("app", "v2.1"))).isEqualTo("none");
        assertThat(snapshot.getStringValue("f", "", of("at", 1801396800000L))).isEqualTo("none");
        assertThat(snapshot.getStringValue("f", "", of("at", "2027-01-31T12:00:00.001Z")))
                .isEqualTo("late");
    }

    @Test
    @DisplayName("serves users their targets only in the places that contextTargets has for them")
    void contextTargets() {
        Imported imported = read("""
                {"flags": {"f": {"on": true, "variations": ["a", "b", "c"], "fallthrough": {"variation": 2},
                   "targets": [{"variation": 0, "values": ["x"]}, {"variation": 1, "values": ["y"]}],
                   "contextTargets": [{"contextKind": "org", "variation": 1, "values": ["x"]}, {"contextKind": "user", "variation": 0}]}}}
                """);
        Snapshot snapshot = Snapshot.of(imported.definitions());

        assertThat(imported.report()).contains("flags.f.targets[1]: does not count");
        assertThat(snapshot.getStringValue("f", "", EvaluationContext.of("x"))).isEqualTo("a");
        assertThat(snapshot.getStringValue("f", "", EvaluationContext.of("y"))).isEqualTo("c");
        assertThat(snapshot.getStringValue("f", "", of("org", Map.of("key", "x"))))
                .isEqualTo("b");
    }

    @Test
    @DisplayName("takes the forms of a file and of a stream")
    void otherForms() {
        assertThat(read("{\"flagValues\": {\"a\": true, \"b\": \"x\", \"c\": [1]}}")
                        .definitions())
                .satisfies(file -> {
                    Snapshot snapshot = Snapshot.of(file);
                    assertThat(snapshot.isEnabled("a", EvaluationContext.of("u")))
                            .isTrue();
                    assertThat(snapshot.getStringValue("b", "", EvaluationContext.of("u")))
                            .isEqualTo("x");
                    assertThat(snapshot.getObjectValue("c", FlagValue.NULL, EvaluationContext.of("u")))
                            .hasToString("[1]");
                });
        assertThat(read("{\"path\": \"/\", \"data\": {\"flags\": {}, \"segments\": {\"s\": {}}}}")
                        .findings())
                .extracting(Finding::toString)
                .containsExactly("segment s: imported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{}", "null", "1", "\"flags\"", "{\"items\": []}", "{\"data\": null}", "{\"data\": 5}"})
    @DisplayName("refuses what is no data of an SDK")
    void notData(String json) {
        Imported imported = read(json);

        assertThat(imported.findings()).extracting(Finding::outcome).contains(Outcome.REFUSED);
        assertThat(imported.definitions()).isEqualTo(Definitions.of());
    }

    @Test
    @DisplayName("tells of each flag what is wrong with it, and refuses no other")
    void refusals() {
        Imported imported = read("""
                {"flags": {
                   "good": {"on": true, "variations": ["a"], "fallthrough": {"variation": 0}},
                   "none": null,
                   "twice": {"on": true, "on": false, "variations": ["a"]},
                   "typed": {"on": 1, "variations": {}, "rules": [{"clauses": [{"op": 5, "attribute": "a", "values": "x"}]}]},
                   "weight": {"on": true, "variations": ["a"], "fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": -1}]}}},
                   "looks": {"on": true, "variations": ["a"], "fallthrough": {"variation": 0},
                     "rules": [{"variation": 0, "clauses": [{"attribute": "a", "op": "matches", "values": ["(?=a)b", "("]}]}]},
                   "needs": {"on": true, "variations": ["a"], "fallthrough": {"variation": 0},
                     "prerequisites": [{"key": "weight", "variation": 0}, {"key": "nowhere", "variation": 0}]},
                   "gone": {"deleted": true, "version": 8}},
                 "segments": {
                   "loop": {"rules": [{"clauses": [{"op": "segmentMatch", "values": ["loop"]}]}]}}}
                """);

        assertThat(imported.report()).isEqualTo("""
                segment loop: refused
                  segments.loop.rules: found [{"clauses":[{"op":"segmentMatch","values":["loop"]}]}]; allowed: rules without malformed attribute references and without a cycle of segments
                flag good: imported
                flag none: refused
                  flags.none: found nothing; allowed: an object: a flag
                flag twice: refused
                  flags.twice.on: found the field "on" again; allowed: every field once
                flag typed: refused
                  flags.typed.variations: found {}; allowed: a list
                  flags.typed.on: found 1; allowed: true or false
                  flags.typed.rules[0].clauses[0].op: found 5; allowed: a string
                flag weight: refused
                  flags.weight.fallthrough.rollout.variations[0].weight: found -1; allowed: an integer from 0 to 100000
                flag looks: refused
                  flags.looks.rules[0].clauses[0].values[0]: found "(?=a)b"; allowed: a pattern by RE2 syntax, without lookaround and backreferences, of at most 1000 characters
                flag needs: refused
                  found flag/weight, which is refused; allowed: what is imported
                flag gone: imported with a remark
                  is deleted, and was left out
                1 imported, 1 imported with a remark, 0 imported with a loss, 7 refused
                """);
    }

    @Test
    @DisplayName("makes flags for contexts that are built as the page on moving shows")
    void documentedContext() {
        EvaluationContext context = EvaluationContext.builder("u-1")
                .set("email", "ada@example.com")
                .set("org", Map.of("key", "o-7", "billing", Map.of("plan", "pro")))
                .set("kind", List.of("user", "org"))
                .build();
        Snapshot snapshot = snapshot("""
                {"flags": {"f": {"on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1}, "rules": [
                  {"variation": 0, "clauses": [
                    {"attribute": "key", "op": "in", "values": ["u-1"]},
                    {"contextKind": "org", "attribute": "/billing/plan", "op": "in", "values": ["pro"]},
                    {"contextKind": "org", "attribute": "key", "op": "in", "values": ["o-7"]},
                    {"attribute": "kind", "op": "startsWith", "values": ["or"]}]}]}}}
                """);

        assertThat(snapshot.isEnabled("f", context)).isTrue();
    }

    @Test
    @DisplayName("of 10,000 flags takes seconds")
    void huge() {
        StringBuilder json = new StringBuilder("{\"flags\": {");
        for (int i = 0; i < 10_000; i++) {
            json.append(i == 0 ? "" : ",").append("""
                    "flag-%d": {"on": true, "salt": "s", "variations": [true, false], "offVariation": 1, "rules": [{"id": "r", "rollout":
                    {"variations": [{"variation": 0, "weight": 50000}, {"variation": 1, "weight": 50000}]}, "clauses": [
                    {"attribute": "app", "op": "semVerGreaterThan", "values": ["1.2"]},
                    {"attribute": "at", "op": "before", "values": ["2027-01-31T12:00:00Z"]},
                    {"attribute": "email", "op": "matches", "values": ["@example\\\\.com$"], "negate": true}]}],
                    "fallthrough": {"variation": 1}}""".formatted(i));
        }
        long start = System.nanoTime();

        Imported imported = Importer.LAUNCHDARKLY.read(json.append("}}").toString());

        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("10,000 flags of LaunchDarkly imported in " + millis + " ms");
        assertThat(imported.count(Outcome.IMPORTED)).isEqualTo(10_000);
        assertThat(millis).isLessThan(60_000);
    }

    private static EvaluationContext of(String attribute, Object value) {
        return EvaluationContext.builder(null).set(attribute, value).build();
    }

    private static Snapshot snapshot(String json) {
        Imported imported = read(json);
        assertThat(imported.count(Outcome.REFUSED)).as(imported.report()).isZero();
        return Snapshot.of(imported.definitions());
    }

    private static Imported read(String json) {
        Imported imported = Importer.LAUNCHDARKLY.read(json);
        assertThat(Conformance.everyWay(imported.definitions())).hasSize(3);
        return imported;
    }
}
