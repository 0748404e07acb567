package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.InMemoryFlagStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where the time of a flag with rules goes: the best time, in nanoseconds, of flags with none, one and several, and of what a rule compares by itself. */
@SuppressWarnings("SystemOut") // What it prints is read by {@link Programs}.
final class RuleCost {

    private static final int ROUNDS = 60;
    private static final int REPEATED = 400;

    private static final String PLAN = "{when: {attribute: plan, equals: enterprise}, serve: \"off\"}";
    private static final String COUNTRY = "{when: {attribute: country, in: [FR, US]}, serve: \"off\"}";
    private static final String EMAIL = "{when: {attribute: email, endsWith: \"@example.com\"}, serve: \"on\"}";

    private static final String YAML = """
            flags:
              none: {enabled: true}
              split: {enabled: true, fallthrough: {split: [{variant: "on", weight: 50}, {variant: "off", weight: 50}]}}
              plan: {enabled: true, rules: [%1$s], fallthrough: "on"}
              plans: {enabled: true, rules: [%1$s, %1$s, %1$s], fallthrough: "on"}
              country: {enabled: true, rules: [%2$s], fallthrough: "on"}
              email: {enabled: true, rules: [%3$s], fallthrough: "on"}
              all: {enabled: true, rules: [%2$s, %1$s, %3$s], fallthrough: "on"}
            """.formatted(PLAN, COUNTRY, EMAIL);

    private RuleCost() {}

    public static void main(String[] arguments) {
        List<User> users = User.all();
        List<EvaluationContext> contexts = users.stream()
                .map(user -> EvaluationContext.builder(user.id())
                        .set("country", user.country())
                        .set("plan", user.plan())
                        .set("email", user.email())
                        .build())
                .toList();
        InMemoryFlagStore store = InMemoryFlagStore.of(FlagFormat.parseYaml(YAML).flags().values().stream()
                .map(Versioned::definition)
                .toArray(Definition[]::new));
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            Map<String, Loop<?>> loops = new LinkedHashMap<>();
            loops.put("no rule: on for everybody", evaluation(flags, "none", contexts));
            loops.put("50/50 by user id", evaluation(flags, "split", contexts));
            loops.put("one rule: `plan` equals, which it does not", evaluation(flags, "plan", contexts));
            loops.put("three rules of that kind", evaluation(flags, "plans", contexts));
            loops.put("one rule: `country` is one of two, which it is not", evaluation(flags, "country", contexts));
            loops.put(
                    "one rule: `email` ends with twelve characters, which it does",
                    evaluation(flags, "email", contexts));
            loops.put("the three rules of the workload", evaluation(flags, "all", contexts));
            loops.put(
                    "by itself: `email.endsWith(\"@example.com\")`",
                    new Loop<>(users, user -> user.email().endsWith("@example.com")));
            loops.put("by itself: nothing but the loop", new Loop<>(users, user -> true));
            Map<String, Double> best = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                loops.forEach((title, loop) -> best.merge(title, loop.nanos(), Math::min));
            }
            best.forEach((title, nanos) -> System.out.println(nanos + " " + title));
        }
    }

    private static Loop<?> evaluation(FeatureFlags flags, String key, List<EvaluationContext> contexts) {
        return new Loop<>(contexts, context -> flags.getBooleanValue(key, false, context));
    }

    /** Asks for one user after the other. There are several, so that the compiler cannot make one of the loop and what it asks. */
    private record Loop<T>(List<T> users, Predicate<T> asked) {

        double nanos() {
            long start = System.nanoTime();
            int on = 0;
            for (int i = 0; i < REPEATED; i++) {
                for (T user : users) {
                    on += asked.test(user) ? 1 : 0;
                }
            }
            double nanos = (System.nanoTime() - start) / (double) (REPEATED * users.size());
            if (on < 0) {
                throw new IllegalStateException();
            }
            return nanos;
        }
    }
}
