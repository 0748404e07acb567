package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.guidon.definition.FlagValue;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("With a prebuilt context, an evaluation allocates nothing:")
class AllocationTest {

    private static final int CALLS = 100_000;

    private static final Snapshot SNAPSHOT = Yaml.snapshot(
            """
            flags:
              plain: {enabled: true}
              disabled: {}
              three-rules:
                enabled: true
                rules:
                  - {when: {attribute: country, in: [FR, US]}, serve: "off"}
                  - {when: {all: [{attribute: account.plan, equals: pro}, {attribute: age, lessThan: 18}]}, serve: "off"}
                  - {when: {attribute: email, endsWith: ["@example.com"], ignoreCase: true}, serve: "off"}
                fallthrough: "on"
              half: {enabled: true, fallthrough: {split: [{variant: "on", weight: 50}, {variant: "off", weight: 50}]}}
              rolled-out: {enabled: true, rules: [{rollout: 20, serve: "off"}, {when: {bucket: holdout, to: 5}, serve: "off"}], fallthrough: "on"}
              listed: {enabled: true, rules: [{when: {attribute: $key, in: [%s]}, serve: "off"}], fallthrough: "on"}
              needing: {enabled: true, prerequisites: [{flag: half, variants: ["on", "off"]}], rules: [{when: {segment: [staff, eu]}, serve: "off"}], fallthrough: "on"}
              text: {type: string, enabled: true, variants: {a: A, b: B}, fallthrough: {split: [{variant: a, weight: 1}, {variant: b, weight: 1}]}}
              number: {type: number, enabled: true, variants: {n: 123456789}, fallthrough: n}
              fraction: {type: number, enabled: true, variants: {n: 1.5}, fallthrough: n}
              json: {type: json, enabled: true, variants: {n: {a: 1}}, fallthrough: n}
              keyless: {enabled: true, fallthrough: {split: [{variant: "on", weight: 1}], by: nothing}}
            segments:
              staff: {include: {values: [u-1]}, rules: [{when: {attribute: email, endsWith: "@guidon.dev"}}]}
              eu: {rules: [{when: {attribute: country, in: [DE, IT]}, rollout: 50}]}
            """.formatted(IntStream.range(0, 10_000).mapToObj(i -> "k-" + i).collect(Collectors.joining(", "))));

    static Stream<Arguments> reads() {
        List<String> booleans = List.of(
                "plain", "disabled", "three-rules", "half", "rolled-out", "listed", "needing", "unknown", "keyless");
        return Stream.concat(
                booleans.stream()
                        .map(flag -> read(
                                "the value of " + flag, context -> SNAPSHOT.getBooleanValue(flag, false, context))),
                Stream.of(
                        read(
                                "details of three-rules",
                                context -> SNAPSHOT.getBooleanDetails("three-rules", false, context)),
                        read("details of text", context -> SNAPSHOT.getStringDetails("text", "", context)),
                        read("evaluate listed", context -> SNAPSHOT.evaluate("listed", context)),
                        read("the value of text", context -> SNAPSHOT.getStringValue("text", "", context)),
                        read("a text that is unknown", context -> SNAPSHOT.getStringValue("unknown", "", context)),
                        read("an int", context -> SNAPSHOT.getIntegerValue("number", 0, context)),
                        read("a long", context -> SNAPSHOT.getLongValue("number", 0, context)),
                        read("a double", context -> SNAPSHOT.getDoubleValue("fraction", 0, context)),
                        read("JSON", context -> SNAPSHOT.getObjectValue("json", FlagValue.NULL, context)),
                        read("without a context", context -> SNAPSHOT.isEnabled("plain"))));
    }

    @DisplayName("reading")
    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void allocatesNothing(String name, Consumer<EvaluationContext> read) {
        EvaluationContext[] contexts = IntStream.range(0, 64)
                .mapToObj(i -> EvaluationContext.builder("user-" + i)
                        .set("country", i % 2 == 0 ? "DE" : "ÖS")
                        .set("age", 20 + i)
                        .set("email", "jürgen" + i + "@Example.org")
                        .set("account", Map.of("plan", "pro"))
                        .build())
                .toArray(EvaluationContext[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        // Until the compiler is through; what is compiled never allocates again.
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 50 && allocated >= CALLS / 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                read.accept(contexts[i & 63]);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocated).as("bytes of %,d calls", CALLS).isLessThan(CALLS / 10);
    }

    private static Arguments read(String name, Consumer<EvaluationContext> read) {
        return Arguments.of(name, read);
    }
}
