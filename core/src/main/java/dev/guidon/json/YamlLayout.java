package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes JSON as block YAML, with quotes only where a reader of YAML 1.1 or 1.2 could take a string for something else. */
final class YamlLayout {

    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    /** A key must be told by {@code ?} if it is longer than 1024 characters. */
    private static final int LONG_KEY = 1000;
    /** Deeper levels stay on one line, which bounds the room that indentation takes. */
    private static final int DEEPEST = 24;

    private final JsonParser parser;
    private final StringBuilder yaml = new StringBuilder();

    private YamlLayout(JsonParser parser) {
        this.parser = parser;
    }

    /** The YAML of a JSON object that is not empty. */
    static String of(String json) {
        try (JsonParser parser = JsonText.parser(json)) {
            YamlLayout layout = new YamlLayout(parser);
            layout.block(parser.nextToken(), 0, false);
            return layout.yaml.append('\n').toString();
        }
    }

    /** Writes a value after a key or, on the same line, after a dash. */
    private void block(JsonToken token, int level, boolean afterDash) {
        if (!token.isStructStart() || level == DEEPEST) {
            flow(token, yaml.append(' '));
            return;
        }
        JsonToken next = parser.nextToken();
        if (next.isStructEnd()) {
            yaml.append(token == JsonToken.START_OBJECT ? " {}" : " []");
            return;
        }
        for (boolean first = true; !next.isStructEnd(); next = parser.nextToken()) {
            if (first && afterDash) {
                yaml.append(' ');
            } else {
                newLine(level);
            }
            first = false;
            if (next == JsonToken.PROPERTY_NAME) {
                key(level);
                block(parser.nextToken(), level + 1, false);
            } else {
                yaml.append('-');
                block(next, level + 1, true);
            }
        }
    }

    private void newLine(int level) {
        yaml.append(yaml.isEmpty() ? "" : "\n").append("  ".repeat(level));
    }

    private void key(int level) {
        String key = scalar(parser.currentName());
        if (key.length() > LONG_KEY) {
            yaml.append("? ").append(key);
            newLine(level);
            yaml.append(':');
        } else {
            yaml.append(key).append(':');
        }
    }

    private void flow(JsonToken token, StringBuilder line) {
        if (token == JsonToken.VALUE_STRING) {
            line.append(scalar(parser.getString()));
        } else if (!token.isStructStart()) {
            line.append(parser.getString());
        } else {
            String before = token == JsonToken.START_OBJECT ? "{" : "[";
            line.append(before);
            before = "";
            for (JsonToken next = parser.nextToken(); !next.isStructEnd(); next = parser.nextToken()) {
                line.append(before);
                before = ", ";
                if (next == JsonToken.PROPERTY_NAME) {
                    String key = quoted(parser.currentName());
                    line.append(key.length() > LONG_KEY ? "? " : "").append(key).append(" : ");
                    next = parser.nextToken();
                }
                flow(next, line);
            }
            line.append(token == JsonToken.START_OBJECT ? "}" : "]");
        }
    }

    private static String scalar(String text) {
        return isPlain(text) ? text : quoted(text);
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.length() <= LONG_KEY
                && (Character.isLetter(text.charAt(0)) || "_/$^".indexOf(text.charAt(0)) >= 0)
                && text.chars().allMatch(c -> (c >= ' ' && c <= '~') || Character.isLetterOrDigit((char) c))
                && !text.endsWith(" ")
                && !text.endsWith(":")
                && !text.contains(": ")
                && !text.contains(" #")
                && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** A JSON string is a double-quoted YAML scalar, once those characters are escaped that YAML does not allow or changes. */
    private static String quoted(String text) {
        String json = FlagValue.of(text).toString();
        StringBuilder quoted = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean verbatim = c == ' ' || Character.isSurrogate(c) || (YamlText.isPrintable(c) && !isBreak(c));
            quoted.append(verbatim ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c));
        }
        return quoted.toString();
    }

    /** Line breaks of any version of YAML, and other invisible characters. */
    private static boolean isBreak(char c) {
        int type = Character.getType(c);
        return type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.CONTROL
                || type == Character.FORMAT;
    }
}
