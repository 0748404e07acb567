package dev.guidon.definition;

import java.time.Duration;
import java.util.StringJoiner;

/**
 * How text that comes from outside is shown in messages and log lines: keys, names, paths, reasons, what a server says. Whatever it holds,
 * it stays on its line, is shown in the order in which it is stored, and is not too long.
 *
 * <p>Control characters, line separators, characters that change the direction of text or cannot be seen, and halves of surrogate pairs are
 * written as in JSON: {@code \n}, {@code \}{@code u202e}. Letters of all languages and emoji stay as they are. What has been made fit
 * to be shown stays the same when it is made so again.
 */
public enum Shown {
    /** A part of a message. */
    PART(120),
    /** A message. */
    MESSAGE(4_000),
    /** A text that is of no use if it is cut. */
    WHOLE(1 << 29);

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int FIRST_AFTER_LATIN = 0x300;

    /** How many characters are left of a text that has more than twice as many. */
    private final int kept;

    Shown(int kept) {
        this.kept = kept;
    }

    /**
     * A part of a message, for example a name, or a value as it is written.
     *
     * @param text the text
     * @return the text on one line, its beginning and its length if it is longer than 240 characters
     */
    public static String part(String text) {
        return PART.fit(text);
    }

    /**
     * A part of a message that is a string, in quotation marks.
     *
     * @param text the text
     * @return the text as a string of JSON, its beginning and its length if it is longer than 240 characters
     */
    public static String quoted(String text) {
        return part('"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    /**
     * A message.
     *
     * @param text the text
     * @return the text on one line, its beginning and its length if it is longer than 8,000 characters
     */
    public static String message(String text) {
        return MESSAGE.fit(text);
    }

    /**
     * A text that is shown for itself, for example JSON, which stays the same JSON.
     *
     * @param text the text
     * @return the text on one line, all of it
     */
    public static String whole(String text) {
        return WHOLE.fit(text);
    }

    /**
     * A duration as people write it, exactly.
     *
     * @param duration the duration
     * @return its parts that are not zero, with their units, for example {@code 200 ms}, {@code 1 min 30 s} or {@code 2 d 1 h}
     */
    public static String duration(Duration duration) {
        if (duration.isNegative() && duration.toSeconds() != Long.MIN_VALUE) {
            return "-" + duration(duration.negated());
        }
        StringJoiner parts = new StringJoiner(" ").setEmptyValue("0 s");
        add(duration.toDaysPart(), "d", parts);
        add(duration.toHoursPart(), "h", parts);
        add(duration.toMinutesPart(), "min", parts);
        add(duration.toSecondsPart(), "s", parts);
        add(duration.toMillisPart(), "ms", parts);
        add(duration.toNanosPart() % 1_000_000, "ns", parts);
        return parts.toString();
    }

    private static void add(long part, String unit, StringJoiner parts) {
        if (part != 0) {
            parts.add(part + " " + unit);
        }
    }

    private String fit(String text) {
        int most = 2 * kept;
        if (text.length() <= most && isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), most) + 32);
        int end = 0;
        int before = 0;
        for (int i = 0; i < text.length() && line.length() <= most; ) {
            int c = text.codePointAt(i);
            if (isShown(c, before)) {
                line.appendCodePoint(c);
            } else {
                escape(c, line);
            }
            end = line.length() <= kept ? line.length() : end;
            before = c;
            i += Character.charCount(c);
        }
        if (line.length() > most) {
            line.setLength(end);
            line.append("… (").append(text.length()).append(" characters)");
        }
        return line.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Joiners are part of emoji and of some languages, but between Latin letters only hide that two texts are not the same. */
    private static boolean isShown(int c, int before) {
        if (c == JOINER || c == NON_JOINER) {
            return before >= FIRST_AFTER_LATIN;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static void escape(int c, StringBuilder line) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                for (char half : Character.toChars(c)) {
                    line.append(String.format("\\u%04x", (int) half));
                }
            }
        }
    }
}
