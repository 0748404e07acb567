package dev.guidon.definition;

import java.util.HexFormat;
import java.util.Map;

/**
 * Writes values as JSON on one line, without white space.
 *
 * @param json what has been written
 */
record CompactJson(StringBuilder json) {

    static String of(FlagValue value) {
        CompactJson written = new CompactJson(new StringBuilder());
        written.append(value);
        return written.json.toString();
    }

    private void append(FlagValue value) {
        if (value instanceof FlagValue.Text text) {
            quote(text.value());
        } else if (value instanceof FlagValue.Array array) {
            char before = '[';
            for (FlagValue element : array.values()) {
                json.append(before);
                append(element);
                before = ',';
            }
            json.append(before == '[' ? "[]" : "]");
        } else if (value instanceof FlagValue.Obj object) {
            char before = '{';
            for (Map.Entry<String, FlagValue> field : object.fields().entrySet()) {
                json.append(before);
                quote(field.getKey());
                json.append(':');
                append(field.getValue());
                before = ',';
            }
            json.append(before == '{' ? "{}" : "}");
        } else {
            json.append(value);
        }
    }

    private void quote(String text) {
        json.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (!Character.isSurrogate(c) || paired(text, i))) {
                continue;
            }
            json.append(text, written, i);
            written = i + 1;
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        json.append(text, written, text.length()).append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
