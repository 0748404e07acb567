package dev.guidon.json;

import dev.guidon.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with one definition, and the fields that nobody knows. */
final class Report {

    /** Stands in for a text that could not be read, so that everything around it can still be checked. */
    static final String PLACEHOLDER = "\uFFFF";

    private static final int MOST = 100;

    private final List<Problem> problems = new ArrayList<>();
    private final List<Supplier<Problem>> unknownFields = new ArrayList<>();
    private int more;

    void add(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            more++;
        }
    }

    void addUnknownField(Supplier<Problem> field) {
        if (unknownFields.size() < MOST) {
            unknownFields.add(field);
        }
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** The first hundred problems; the last entry tells how many more there are. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        if (more > 0) {
            all.add(new Problem("", more + " more problems", "none"));
        }
        return all;
    }

    /** The problems and the unknown fields. */
    List<Problem> allProblems() {
        List<Problem> all = problems();
        all.addAll(unknownFields());
        return all;
    }

    List<Problem> unknownFields() {
        return unknownFields.stream().map(Supplier::get).toList();
    }

    /** Whether something at this place, or inside of it, could not be read. */
    boolean failed(Place place) {
        if (problems.isEmpty()) {
            return false;
        }
        String path = place.toString();
        return problems.stream()
                .map(Problem::path)
                .anyMatch(found -> found.startsWith(path)
                        && (found.length() == path.length() || ".[".indexOf(found.charAt(path.length())) >= 0));
    }

    <T> T build(Place place, T placeholder, Supplier<T> constructor) {
        return build(place, placeholder, constructor, found -> found);
    }

    /**
     * Calls a constructor of the model and takes down what it refuses, except for what merely follows from problems that are
     * known already.
     *
     * @param paths from a path in the model to the path in the format; null for a problem that follows from a known one
     */
    <T> T build(Place place, T placeholder, Supplier<T> constructor, Function<String, @Nullable String> paths) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException refusal) {
            List<Problem> all = Problem.of(refusal);
            List<Problem> told = new ArrayList<>();
            for (Problem problem : all) {
                String inFormat = paths.apply(problem.path());
                if (inFormat != null && !problem.found().contains(PLACEHOLDER)) {
                    told.add(new Problem(inFormat, problem.found(), problem.allowed()).under(place.toString()));
                }
            }
            told.removeIf(
                    problem -> problems.stream().anyMatch(known -> known.path().equals(problem.path())));
            (told.isEmpty() && problems.isEmpty() ? all : told).forEach(this::add);
            return placeholder;
        }
    }
}
