package dev.guidon.migrate;

import dev.guidon.definition.Problem;
import java.util.ArrayList;
import java.util.List;

/** What there is to say of one flag or segment while it is imported. */
final class Notes {

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** Something for which the definition must be refused. */
    void problem(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Something to know of a definition that is imported; said once. */
    void remark(String path, String remark) {
        String line = new Problem("", path.isEmpty() ? remark : path + ": " + remark, "").found();
        if (!remarks.contains(line)) {
            remarks.add(line);
        }
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> remarks() {
        return remarks;
    }
}
