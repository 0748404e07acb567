package dev.guidon.json;

/** Lays compact JSON out for people: short objects and lists on one line, others with a line for each entry. */
final class JsonLayout {

    private static final int SHORT = 72;
    /** Deeper levels stay on one line, which bounds the room that indentation takes. */
    private static final int DEEPEST = 24;

    private final String json;
    private final StringBuilder text;
    private int at;

    private JsonLayout(String json) {
        this.json = json;
        this.text = new StringBuilder(json.length() * 2);
    }

    /** The same JSON, laid out, with a line break at the end. */
    static String of(String compact) {
        JsonLayout layout = new JsonLayout(compact);
        layout.value(0);
        return layout.text.append('\n').toString();
    }

    private void value(int level) {
        char open = json.charAt(at);
        boolean container = open == '{' || open == '[';
        if (!container || level == DEEPEST || end(level > 1 ? SHORT : 2) > 0) {
            oneLine(end(json.length()));
            return;
        }
        text.append(json.charAt(at++));
        for (char c = open; c != '}' && c != ']'; c = json.charAt(at - 1)) {
            newLine(level + 1);
            if (open == '{') {
                oneLine(json.indexOf(':', stringEnd(at)) + 1);
            }
            value(level + 1);
            if (json.charAt(at) != ',') {
                newLine(level);
            }
            text.append(json.charAt(at++));
        }
    }

    private void newLine(int level) {
        text.append('\n').append("  ".repeat(level));
    }

    /** Where the value at the position ends; 0 if it is longer than that. */
    private int end(int most) {
        int last = Math.min(json.length(), at + most);
        int depth = 0;
        int i = at;
        while (i < last) {
            char c = json.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            i = c == '"' ? stringEnd(i) : i + 1;
            boolean ends = i == json.length() || ",}]".indexOf(json.charAt(i)) >= 0;
            if (depth == 0 && ends) {
                return i <= last ? i : 0;
            }
        }
        return 0;
    }

    private int stringEnd(int start) {
        int i = start + 1;
        while (json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    private void oneLine(int end) {
        while (at < end) {
            char c = json.charAt(at);
            int next = c == '"' ? stringEnd(at) : at + 1;
            text.append(json, at, next).append(c == ',' || c == ':' ? " " : "");
            at = next;
        }
    }
}
