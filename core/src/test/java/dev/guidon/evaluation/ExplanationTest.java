package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An explanation")
class ExplanationTest {

    private static final Snapshot SNAPSHOT = Yaml.snapshot("""
            flags:
              base: {enabled: true}
              checkout:
                type: string
                enabled: true
                variants: {old: v1, new: v2}
                offVariant: old
                prerequisites: [{flag: base, variants: ["on"]}]
                rules:
                  - {id: staff, when: {segment: [staff, nowhere]}, serve: new}
                  - id: eu
                    when: {all: [{attribute: country, in: [DE, FR]}, {not: {attribute: age, exists: false}}, {isTrue: {flag: base, variants: ["on"]}}]}
                    rollout: {percent: 50}
                    serve: {split: [{variant: old, weight: 1}, {variant: new, weight: 3}]}
                  - {when: {any: [{bucket: holdout, from: 0, to: 5}, {attribute: tags, hasAny: [x], ifMissing: [y]}]}, serve: old}
                  - {id: gap, when: {attribute: [account, plan], equals: Pro, ignoreCase: true}, serve: {split: [{variant: new, from: 40, to: 60}], by: account.id}}
                fallthrough: old
              ramped:
                enabled: true
                rules: [{rollout: {ramp: [{at: "2026-01-01T00:00:00Z", percent: 25}, {at: "2027-01-01T00:00:00Z", percent: 100}]}, serve: "on"}]
                fallthrough: "off"
              split: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}, {variant: "off", weight: 1}], bucketing: {hash: sha1, reduce: {fraction: float64}}}}
              open: {type: string, enabled: true, variants: {a: A}}
              off: {enabled: false}
              gone: {enabled: true, archived: true}
              fallen: {enabled: true, prerequisites: [{flag: missing, variants: [a]}]}
              waiting: {enabled: true, prerequisites: [{flag: broken, variants: [a]}]}
              broken: {enabled: true, rules: [{when: {attribute: a, matches: "("}, serve: "on"}]}
              in-cycle: {enabled: true, rules: [{when: {segment: s1}, serve: "off"}], fallthrough: "on"}
            segments:
              staff: {include: {values: [root]}, rules: [{id: mail, when: {attribute: email, endsWith: "@example.com"}}, {when: {segment: vip}}]}
              vip: {rules: [{when: {attribute: level, atLeast: 9}}]}
              s1: {rules: [{when: {segment: s2}}]}
              s2: {rules: [{when: {segment: s1}}]}
            """);

    @Test
    @DisplayName("tells people what each rule did, what was found, the bucket and the limit")
    void tellsPeople() {
        EvaluationContext context = EvaluationContext.builder("u-1")
                .set("country", "DE")
                .set("age", 30)
                .set("level", 3)
                .build();

        String text = SNAPSHOT.explain("checkout", context).toString();

        assertThat(text.lines().toList())
                .contains(
                        "  prerequisite base serves one of [on]: met (it serves on)",
                        "  rule staff: does not match",
                        "    when segment staff, nowhere: UNKNOWN",
                        "      segment staff: UNKNOWN",
                        "        rules[0] email endsWith \"@example.com\": UNKNOWN (missing)",
                        "        rules[1] segment vip: FALSE",
                        "          segment vip: FALSE",
                        "            rules[0] level atLeast 9: FALSE (found 3)",
                        "      segment nowhere: FALSE (there is no such segment)",
                        "    when all: TRUE",
                        "      country in \"DE\", \"FR\": TRUE (found DE)",
                        "      not: TRUE",
                        "        age exists false: FALSE (found 30)",
                        "      isTrue: TRUE",
                        "        flag base serves one of [on]: TRUE (it serves on)");
        assertThat(text)
                .startsWith("checkout -> ")
                .containsPattern("rollout: (not )?included \\(bucket \\d+ of 100000, limit 50000 of 100000\\)");
    }

    @Test
    @DisplayName("shows the shares of a split with their limits, as buckets or as fractions")
    void showsShares() {
        EvaluationContext inRollout = EvaluationContext.builder("u-2")
                .set("country", "FR")
                .set("age", 1)
                .build();

        assertThat(SNAPSHOT.explain("checkout", inRollout).toString())
                .containsPattern("split: (old|new) \\(bucket \\d+ of 100000\\)")
                .contains("old: ", "buckets below 25000 of 100000")
                .contains("new: ", "buckets from 25000 of 100000");
        assertThat(SNAPSHOT.explain("split", inRollout).toString())
                .containsPattern("split: (on|off) \\(bucket 0\\.\\d+\\)")
                .contains("buckets below 0.5", "buckets from 0.5");
        assertThat(SNAPSHOT.explain("split", EvaluationContext.EMPTY).toString())
                .contains("split: off (no value to put into a bucket)");
        assertThat(SNAPSHOT.explain("ramped", inRollout).toString()).contains("limit 25000 of 100000");
    }

    @Test
    @DisplayName("shows gaps, missing buckets, paths, options and stand-ins")
    void showsOptions() {
        EvaluationContext context = EvaluationContext.builder(null)
                .set("account", Yaml.value("{\"plan\": \"PRO\", \"id\": 1}"))
                .build();

        assertThat(SNAPSHOT.explain("checkout", context).toString())
                .contains("bucket holdout from 0 % to 5 %: UNKNOWN (no value to put into a bucket)")
                .contains("tags hasAny \"x\", if missing [\"y\"]: FALSE")
                .contains("when account/plan equals \"Pro\" ignoring case: TRUE (found PRO)")
                .contains("rule gap: does not match", "split: a gap (bucket ")
                .contains("fallthrough: serves old");
    }

    @DisplayName("exists for every end")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    off      | off -> off = false (DISABLED) at revision 0               | enabled: no
                    gone     | gone -> off = false (DISABLED) at revision 0              | archived: yes
                    fallen   | fallen -> off = false (PREREQUISITE_FAILED, prerequisite missing) | not met (there is no such flag)
                    waiting  | waiting -> off = false (PREREQUISITE_FAILED               | not met (it is broken)
                    base     | base -> on = true (STATIC)                                | fallthrough: serves on
                    open     | open -> the caller's default (DEFAULT)                    | fallthrough: the caller's default
                    broken   | broken -> the caller's default (ERROR, the flag 'broken'  | rules[0].when.matches[0]
                    nowhere  | nowhere -> the caller's default (ERROR                    | there is no such flag: 'nowhere'
                    in-cycle | in-cycle -> on = true (DEFAULT)                           | segment s1: UNKNOWN (it is broken)
                    """)
    void existsForEveryEnd(String flag, String start, String inside) {
        assertThat(SNAPSHOT.explain(flag, EvaluationContext.EMPTY).toString())
                .startsWith(start)
                .contains(inside)
                .doesNotContain("evaluation: failed");
    }

    @Test
    @DisplayName("tells machines the same as JSON")
    void tellsMachines() {
        Explanation explanation = SNAPSHOT.explain("checkout", EvaluationContext.of("root"));

        FlagValue json = FlagFormat.readValue(explanation.toValue().toString());

        assertThat(json).isEqualTo(explanation.toValue());
        assertThat(json.toString())
                .startsWith(
                        "{\"flag\":\"checkout\",\"revision\":0,\"variant\":\"new\",\"value\":\"v2\",\"reason\":\"TARGETING_MATCH\",\"ruleId\":\"staff\",\"steps\":[{")
                .contains(
                        "{\"what\":\"prerequisite base serves one of [on]\",\"outcome\":\"met\",\"detail\":\"it serves on\"}")
                .contains(
                        "{\"what\":\"rule staff\",\"outcome\":\"serves new\",\"steps\":[{\"what\":\"when segment staff, nowhere\",\"outcome\":\"TRUE\"");
        assertThat(SNAPSHOT.explain("fallen", EvaluationContext.EMPTY).toValue().toString())
                .contains("\"reason\":\"PREREQUISITE_FAILED\",\"prerequisite\":\"missing\"");
        assertThat(SNAPSHOT.explain("nowhere", EvaluationContext.EMPTY)
                        .toValue()
                        .toString())
                .contains(
                        "\"value\":null,\"reason\":\"ERROR\",\"errorCode\":\"FLAG_NOT_FOUND\",\"errorMessage\":\"there is");
    }

    @Test
    @DisplayName("agrees with the evaluation, and its last step serves what was served")
    void agrees() {
        Random random = new Random(9);
        for (int i = 0; i < 1_000; i++) {
            EvaluationContext context = random(random, i);
            for (String flag : List.of("checkout", "ramped", "split", "base", "fallen", "off", "open", "in-cycle")) {
                Explanation explanation = SNAPSHOT.explain(flag, context);
                String last =
                        explanation.steps().get(explanation.steps().size() - 1).outcome();
                String variant = explanation.evaluation().variant();

                assertThat(explanation.evaluation()).isSameAs(SNAPSHOT.evaluate(flag, context));
                assertThat(last).isIn(variant == null ? "the caller's default" : "serves " + variant, "not met", "no");
                assertThat(explanation.revision()).isEqualTo(SNAPSHOT.revision());
            }
        }
    }

    @Test
    @DisplayName(
            "leaves out what a sensitive attribute, a part of it or what it is in is compared with, in flags and segments")
    void sensitive() {
        Snapshot snapshot = Yaml.snapshot("""
                flags:
                  f:
                    enabled: true
                    sensitive: [user.mail]
                    rules:
                      - when:
                          any:
                            - {attribute: [user, mail], equals: ada@example.com, ifMissing: eve@example.com}
                            - {attribute: user.mail.domain, in: [example.com]}
                            - {attribute: user, equals: {mail: bob@example.com}}
                            - {attribute: user.mail, exists: false}
                            - {attribute: user.mailbox, equals: open}
                            - {segment: s}
                        serve: "on"
                segments:
                  s: {sensitive: [phone], rules: [{when: {attribute: phone, startsWith: "+49"}}]}
                """);

        String text = snapshot.explain("f", EvaluationContext.of("u-1")).toString();

        assertThat(text)
                .contains(
                        "user/mail equals (sensitive), if missing (sensitive): FALSE ((sensitive))",
                        "user.mail.domain in (sensitive)",
                        "user equals (sensitive)",
                        "user.mail exists false",
                        "user.mailbox equals ",
                        "open",
                        "phone startsWith (sensitive)")
                .doesNotContain("example.com", "+49");
    }

    @Test
    @DisplayName("shortens what is long")
    void shortensWhatIsLong() {
        EvaluationContext context = EvaluationContext.builder("u")
                .set("country", "x".repeat(900_000))
                .build();

        assertThat(SNAPSHOT.explain("checkout", context).toString())
                .hasSizeLessThan(10_000)
                .contains("x".repeat(200) + "…");
    }

    @Test
    @DisplayName("says what failed while it was made")
    void saysWhatFailed() {
        Snapshot snapshot = Yaml.snapshot(
                "flags: {f: {enabled: true, rules: [{when: {attribute: $now, exists: true}, serve: 'on'}]}}",
                new MutableClock(() -> {
                    throw new IllegalStateException("no clock");
                }),
                SegmentMembers.NONE);

        assertThat(snapshot.explain("f", EvaluationContext.EMPTY).toString())
                .contains(
                        "f -> the caller's default (ERROR",
                        "evaluation: failed (java.lang.IllegalStateException: no clock)");
    }

    private static EvaluationContext random(Random random, int i) {
        EvaluationContext.Builder context = EvaluationContext.builder(random.nextInt(9) == 0 ? null : "u-" + i);
        if (random.nextBoolean()) {
            context.set("country", List.of("DE", "FR", "US").get(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            context.set("age", random.nextInt(90)).set("tags", List.of(random.nextBoolean() ? "x" : "z"));
        }
        if (random.nextBoolean()) {
            context.set("email", i + (random.nextBoolean() ? "@example.com" : "@example.org"))
                    .set("level", i % 12);
        }
        if (random.nextBoolean()) {
            context.set("account", Map.of("plan", random.nextBoolean() ? "pro" : "free", "id", i));
        }
        return context.build();
    }
}
