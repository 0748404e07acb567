package dev.guidon.spring;

import java.util.List;

/** A {@link FlagSet} cannot be what it is declared to be, or does not go with the flags there are. */
public final class InvalidFlagSetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    InvalidFlagSetException(List<String> problems) {
        super("Flag sets have problems: " + String.join("; ", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** {@return everything that is wrong, each beginning with the method} */
    public List<String> problems() {
        return List.of(problems);
    }
}
