package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A snapshot after a change")
class ChangedSnapshotTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private static final List<EvaluationContext> CONTEXTS = List.of(
            EvaluationContext.EMPTY,
            EvaluationContext.builder("u-1").set("plan", "pro").set("age", 17).build(),
            EvaluationContext.builder("u-2").set("plan", List.of("free", "pro")).build());

    @DisplayName("is what compiling everything anew makes: answers, explanations, problems and dependents")
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void equalsAFullCompile(long seed) {
        Random random = new Random(seed);
        SnapshotCompiler compiler = new SnapshotCompiler(Yaml.NOON, SegmentMembers.NONE);
        Definitions definitions = Definitions.of();
        Snapshot changed = compiler.notReady();

        for (int step = 0; step < 200; step++) {
            definitions = definitions.with(new Revision("e", step + 1, "c" + step), changes(random, step));
            Snapshot before = changed;
            changed = before.with(definitions);
            Snapshot anew = new SnapshotCompiler(Yaml.NOON, SegmentMembers.NONE).compile(definitions);

            String at = "seed " + seed + ", step " + step;
            assertThat(changed.problems()).as(at).isEqualTo(anew.problems());
            for (String name : NAMES) {
                Set<DefinitionKey> one = Set.of(DefinitionKey.flag(name), DefinitionKey.segment(name));
                assertThat(changed.flagsAffectedBy(one)).as(at).isEqualTo(anew.flagsAffectedBy(one));
                for (EvaluationContext context : CONTEXTS) {
                    assertThat(changed.explain(name, context).toString())
                            .as(at)
                            .isEqualTo(anew.explain(name, context).toString());
                    assertThat(changed.evaluate(name, context)).as(at).isEqualTo(anew.evaluate(name, context));
                }
            }
        }
    }

    @Test
    @DisplayName("has new compiled forms of what changed and of what refers to it, and the old ones of everything else")
    void keepsTheRest() {
        Snapshot before = Yaml.snapshot("""
                flags:
                  changed: {enabled: true}
                  needs: {enabled: true, prerequisites: [{flag: changed, variants: ["on"]}]}
                  member: {enabled: true, rules: [{when: {all: [{attribute: a, contains: [x]}, {segment: s}]}, serve: "off"}], fallthrough: "on"}
                  other: {enabled: true, prerequisites: [{flag: another, variants: ["on"]}]}
                  another: {enabled: true}
                segments:
                  s: {include: {values: [u-1]}, rules: [{when: {flag: changed, variants: ["on"]}}]}
                  t: {}
                """);

        Snapshot after = before.with(before.definitions()
                .with(
                        Revision.initial("e"),
                        Map.of(DefinitionKey.flag("changed"), version(Flag.bool("changed", false)))));

        Set<String> renewed = new TreeSet<>();
        for (String key : before.definitions().flags().keySet()) {
            if (after.flags.get(key) != before.flags.get(key)) {
                renewed.add(key);
            }
        }
        assertThat(renewed).containsExactly("changed", "member", "needs");
        assertThat(after.segments.get("t")).isSameAs(before.segments.get("t"));
        assertThat(after.segments.get("s")).isNotSameAs(before.segments.get("s"));
        assertThat(after.segments.get("s").include())
                .isSameAs(before.segments.get("s").include());
        assertThat(after.flags.get("member").filled().rules()[0].when().inner().get(0))
                .isSameAs(before.flags
                        .get("member")
                        .filled()
                        .rules()[0]
                        .when()
                        .inner()
                        .get(0));
        assertThat(after.isEnabled("needs")).isFalse();
        assertThat(before.isEnabled("needs")).isTrue();
    }

    @Test
    @DisplayName("of one flag among 10,000, some of them huge, is there in milliseconds")
    void isQuick() {
        Map<DefinitionKey, @Nullable Versioned> all = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String rule = "{when: {attribute: plan, in: [pro, p" + i + "]}, serve: 'off'}";
            all.put(
                    DefinitionKey.flag("f" + i),
                    version(flag("f" + i, "{enabled: true, rules: [" + rule + "], fallthrough: 'on'}")));
        }
        List<FlagValue> colliding = new ArrayList<>();
        for (int i = 0; i < 7_800; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                text.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
            }
            colliding.add(new FlagValue.Array(List.of(FlagValue.of(text.toString()))));
        }
        for (int i = 0; i < 10; i++) {
            Flag huge = Flag.bool("huge" + i, true)
                    .withPrerequisites(new Prerequisite("f0", List.of("on", "off")))
                    .withRules(new Rule("r", new Comparison(Attribute.KEY, Operator.IN, colliding), "off"));
            all.put(huge.id(), version(huge));
        }
        Snapshot snapshot = Snapshot.of(Definitions.of().with(Revision.initial("e"), all));
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            Definitions next = snapshot.definitions()
                    .with(
                            new Revision("e", i + 1, "c" + i),
                            Map.of(DefinitionKey.flag("f0"), version(Flag.bool("f0", i % 2 == 0))));
            snapshot = snapshot.with(next);
            best = Math.min(best, System.nanoTime() - start);
            assertThat(snapshot.isEnabled("f0")).isEqualTo(i % 2 == 0);
        }
        assertThat(best).as("nanoseconds").isLessThan(50_000_000L);
    }

    /** Flags and segments that refer to each other, to nothing, and in cycles; some of them broken. */
    private static Map<DefinitionKey, @Nullable Versioned> changes(Random random, int step) {
        Map<DefinitionKey, @Nullable Versioned> changes = new HashMap<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            boolean flag = random.nextInt(3) > 0;
            DefinitionKey id = flag ? DefinitionKey.flag(name) : DefinitionKey.segment(name);
            Definition definition = definition(random, id);
            changes.put(id, definition == null ? null : new Versioned(definition, new Version(step + 1, "c" + step)));
        }
        return changes;
    }

    private static @Nullable Definition definition(Random random, DefinitionKey id) {
        String other = NAMES.get(random.nextInt(NAMES.size()));
        String third = NAMES.get(random.nextInt(NAMES.size()));
        List<String> conditions = List.of(
                "{attribute: plan, in: [pro, team]}",
                "{attribute: age, lessThan: 18}",
                "{segment: " + other + "}",
                "{not: {segment: [" + other + ", " + third + "]}}",
                "{any: [{attribute: plan, contains: fr, ignoreCase: true}, {flag: " + other + ", variants: ['on']}]}",
                "{isTrue: {flag: " + third + ", variants: ['off']}}",
                "{bucket: x, to: 50}",
                random.nextInt(8) == 0 ? "{attribute: plan, matches: '('}" : "{attribute: plan, matches: 'p.o'}");
        String when = conditions.get(random.nextInt(conditions.size()));
        String rollout = random.nextBoolean() ? "" : ", rollout: 50";
        if (random.nextInt(6) == 0) {
            return null;
        } else if (random.nextInt(10) == 0) {
            return new Malformed(id, "{", List.of(new Problem("", "{", "JSON")));
        } else if (id.kind() == DefinitionKey.Kind.SEGMENT) {
            String text = "{include: {values: [u-" + random.nextInt(3) + "]}, rules: [{when: " + when + rollout + "}]}";
            return FlagFormat.readYaml("segments: {" + id.key() + ": " + text + "}")
                    .segments()
                    .get(id.key())
                    .definition();
        }
        String needs = random.nextBoolean() ? "" : ", prerequisites: [{flag: " + other + ", variants: ['on']}]";
        return flag(
                id.key(),
                "{enabled: " + (random.nextInt(5) > 0) + needs + ", rules: [{when: " + when + rollout
                        + ", serve: 'off'}, {when: " + conditions.get(random.nextInt(conditions.size()))
                        + ", serve: 'on'}], fallthrough: 'on'}");
    }

    private static Definition flag(String key, String text) {
        return FlagFormat.readYaml("flags: {" + key + ": " + text + "}")
                .flags()
                .get(key)
                .definition();
    }

    private static Versioned version(Definition definition) {
        return new Versioned(definition, new Version(1, "c1"));
    }
}
