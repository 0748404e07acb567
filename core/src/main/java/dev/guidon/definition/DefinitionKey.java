package dev.guidon.definition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names a flag or a segment. Flags and segments have separate name spaces.
 *
 * @param kind whether a flag or a segment is named
 * @param key its key; for a {@link Malformed} definition any string
 */
public record DefinitionKey(Kind kind, String key) implements Comparable<DefinitionKey> {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/-]*");
    private static final String ALLOWED =
            "letters, digits, '.', '_', '-' and '/', starting with a letter, a digit or '_', "
                    + Limit.KEY_LENGTH.text();

    /** What a key names. */
    public enum Kind {
        /** A flag. */
        FLAG,
        /** A segment. */
        SEGMENT
    }

    /**
     * Names a flag.
     *
     * @param key the flag's key
     * @return the name
     */
    public static DefinitionKey flag(String key) {
        return new DefinitionKey(Kind.FLAG, key);
    }

    /**
     * Names a segment.
     *
     * @param key the segment's key
     * @return the name
     */
    public static DefinitionKey segment(String key) {
        return new DefinitionKey(Kind.SEGMENT, key);
    }

    static void check(String path, String key, List<Problem> problems) {
        if (key.length() > Limit.KEY_LENGTH.most() || !SYNTAX.matcher(key).matches()) {
            problems.add(Problem.at(path, key, ALLOWED));
        }
    }

    static void checkName(String path, String name, List<Problem> problems) {
        if (name.isEmpty() || name.length() > Limit.NAME_LENGTH.most() || hasControl(name)) {
            problems.add(Problem.at(
                    path, name, "a name that is not empty, without control characters, " + Limit.NAME_LENGTH.text()));
        }
    }

    /** A text that is only hashed: unlike a name it may have control characters. */
    static void checkHashed(String path, String text, List<Problem> problems) {
        if (text.isEmpty() || text.length() > Limit.NAME_LENGTH.most()) {
            problems.add(Problem.at(path, text, "a text that is not empty, " + Limit.NAME_LENGTH.text()));
        }
    }

    private static boolean hasControl(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int compareTo(DefinitionKey other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : key.compareTo(other.key);
    }

    /** {@return kind and key for programs, for example {@code flag/checkout} or {@code segment/beta-testers}} */
    public String text() {
        return (kind == Kind.FLAG ? "flag/" : "segment/") + key;
    }

    /** {@return {@link #text()} for messages and log lines, which no key can break} */
    @Override
    public String toString() {
        return Shown.part(text());
    }
}
