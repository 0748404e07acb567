package dev.guidon.migrate;

import dev.guidon.definition.Problem;
import dev.guidon.migrate.Finding.Outcome;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What there is to say of one flag or segment while it is imported. */
final class Notes {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private final Set<String> losses = new HashSet<>();

    /** Something for which the definition must be refused. */
    void problem(Problem problem) {
        problems.add(problem);
    }

    /** Something to know of a definition that is imported; said once. */
    void remark(String path, String remark) {
        remarks.add(text(path, remark));
    }

    /** A remark on something for which answers are not, or may not be, as before. */
    void loss(String path, String remark) {
        remark(path, remark);
        losses.add(text(path, remark));
    }

    private static String text(String path, String remark) {
        return new Problem("", path.isEmpty() ? remark : path + ": " + remark, "").found();
    }

    /** What becomes of a definition with these remarks, all of which are among those here. */
    Outcome outcome(List<String> some) {
        return some.isEmpty()
                ? Outcome.IMPORTED
                : some.stream().anyMatch(losses::contains) ? Outcome.LOSSY : Outcome.REMARKED;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
