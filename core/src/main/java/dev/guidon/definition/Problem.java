package dev.guidon.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a definition: where, what stood there, and what is allowed.
 *
 * @param path where, relative to what was validated, for example {@code rules[0].serve}; empty for the whole
 * @param found what stood there, on one line and shortened
 * @param allowed what is allowed there
 */
public record Problem(String path, String found, String allowed) {

    private static final Pattern LINE = Pattern.compile("(?s)(?:(.*?): )?found (.*); allowed: (.*)");

    /** Makes all three parts printable on one line. */
    public Problem {
        path = Shown.part(path);
        found = Shown.part(found);
        allowed = Shown.part(allowed);
    }

    /**
     * A problem with a value that is shown as it is written in JSON.
     *
     * @param path where
     * @param found the value that stood there; null if nothing did
     * @param allowed what is allowed there
     * @return the problem
     */
    public static Problem at(String path, @org.jspecify.annotations.Nullable Object found, String allowed) {
        return new Problem(path, show(found), allowed);
    }

    /**
     * Refuses data that has problems.
     *
     * @param problems what was found; nothing happens when it is empty
     * @throws IllegalArgumentException with one problem a line
     */
    public static void refuse(Collection<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }

    /**
     * Reads back the problems that {@link #refuse} put into an exception's message.
     *
     * @param refusal an exception thrown by a constructor of this package
     * @return its problems; one without a path when the message is not of that form
     */
    public static List<Problem> of(IllegalArgumentException refusal) {
        String message = refusal.getMessage() == null ? refusal.toString() : refusal.getMessage();
        List<Problem> problems = new ArrayList<>();
        for (String line : message.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            problems.add(
                    matcher.matches()
                            ? new Problem(
                                    matcher.group(1) == null ? "" : matcher.group(1),
                                    matcher.group(2),
                                    matcher.group(3))
                            : new Problem("", line, "a valid value"));
        }
        return problems;
    }

    /**
     * The same problem seen from further out.
     *
     * @param prefix the path of the part that was validated
     * @return a problem whose path starts with the prefix
     */
    public Problem under(String prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        String joined = path.isEmpty() ? prefix : path.startsWith("[") ? prefix + path : prefix + "." + path;
        return new Problem(joined, found, allowed);
    }

    /** {@return the problem as one line: path, what was found, what is allowed} */
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + "found " + found + "; allowed: " + allowed;
    }

    private static String show(@org.jspecify.annotations.Nullable Object found) {
        if (found == null) {
            return "nothing";
        }
        if (found instanceof Duration duration) {
            return Shown.duration(duration);
        }
        return found instanceof CharSequence text ? Shown.quoted(text.toString()) : found.toString();
    }
}
