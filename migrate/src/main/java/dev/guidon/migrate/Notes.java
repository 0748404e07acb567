package dev.guidon.migrate;

import dev.guidon.definition.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What there is to say of one flag or segment while it is imported. */
final class Notes {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();

    /** Something for which the definition must be refused. */
    void problem(Problem problem) {
        problems.add(problem);
    }

    /** Something to know of a definition that is imported; said once. */
    void remark(String path, String remark) {
        remarks.add(new Problem("", path.isEmpty() ? remark : path + ": " + remark, "").found());
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
