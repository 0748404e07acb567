package dev.guidon.json;

import dev.guidon.definition.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A text that was refused, with everything that is wrong with it. */
public final class FlagFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 50;

    private final transient List<Finding> findings;

    FlagFormatException(List<Finding> findings) {
        super(message(findings));
        this.findings = List.copyOf(findings);
    }

    /**
     * A problem and where it stands in the text.
     *
     * @param problem the problem; its path begins at the text's root, for example {@code flags.checkout.rules[0].serve}
     * @param line the line, from 1; 0 if it is not known
     * @param column the column, from 1; 0 if it is not known
     */
    public record Finding(Problem problem, int line, int column) {

        /** {@return for example {@code line 3, column 7: flags.checkout.serve: found …; allowed: …}} */
        @Override
        public String toString() {
            return (line > 0 ? "line " + line + ", column " + column + ": " : "") + problem;
        }
    }

    /** {@return all problems with their places in the text, at least one} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return all problems, at least one} */
    public List<Problem> problems() {
        return findings.stream().map(Finding::problem).toList();
    }

    /** {@return the line of the first problem, from 1; 0 if it is not known} */
    public int line() {
        return findings.get(0).line();
    }

    /** {@return the column of the first problem, from 1; 0 if it is not known} */
    public int column() {
        return findings.get(0).column();
    }

    private static String message(List<Finding> findings) {
        String shown = findings.stream().limit(SHOWN).map(Finding::toString).collect(Collectors.joining("\n"));
        return findings.size() <= SHOWN ? shown : shown + "\n… and " + (findings.size() - SHOWN) + " more problems";
    }
}
