package dev.guidon.examples.quickstart;

import dev.guidon.evaluation.EvaluationContext;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Made-up users: a fifth of them in each of five countries, a quarter of those with the plan pro. */
record Users(List<EvaluationContext> all) {

    private static final List<String> COUNTRIES = List.of("DE", "FR", "GB", "US", "JP");

    static Users generate(int count) {
        return new Users(IntStream.range(0, count).mapToObj(Users::user).toList());
    }

    private static EvaluationContext user(int i) {
        return EvaluationContext.builder("user-" + i)
                .set("country", COUNTRIES.get(i % COUNTRIES.size()))
                .set("plan", i / COUNTRIES.size() % 4 == 0 ? "pro" : "free")
                .build();
    }

    /** The percentage of users of whom something is true. */
    double percentage(Predicate<EvaluationContext> test) {
        return 100.0 * all.stream().filter(test).count() / all.size();
    }

    /** The user with an id; somebody of whom nothing else is known if there is none. */
    EvaluationContext find(String id) {
        return all.stream()
                .filter(user -> id.equals(user.targetingKey()))
                .findFirst()
                .orElseGet(() -> EvaluationContext.of(id));
    }
}
