package dev.guidon;

import dev.guidon.definition.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A change was refused because of what it asks for. Nothing was committed. */
public final class InvalidChangeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * A refusal.
     *
     * @param problems everything that is wrong; each path starts with the definition, for example {@code flag/checkout}
     */
    public InvalidChangeException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** {@return everything that is wrong} */
    public List<Problem> problems() {
        return problems;
    }
}
