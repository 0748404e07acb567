package dev.guidon.evaluation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes values in the form of {@link ContextValues} as texts that are equal if and only if the values are. */
final class CanonicalText {

    private CanonicalText() {}

    /** Null if the text would be longer than that. */
    static @Nullable String of(Object value, int most) {
        StringBuilder text = new StringBuilder();
        append(value, text, most);
        return text.length() > most ? null : text.toString();
    }

    private static void append(@Nullable Object value, StringBuilder text, int most) {
        if (text.length() > most) {
            return;
        } else if (value instanceof List<?> list) {
            text.append('[').append(list.size()).append(':');
            for (int i = 0; i < list.size() && text.length() <= most; i++) {
                append(list.get(i), text, most);
            }
        } else if (value instanceof Map<?, ?> map) {
            text.append('{').append(map.size()).append(':');
            if (map.size() > most) {
                // Each field takes at least a character, and sorting them takes long.
                text.append(" ".repeat(most));
                return;
            }
            new TreeMap<>(map).forEach((name, field) -> {
                append(name, text, most);
                append(field, text, most);
            });
        } else if (value instanceof Double fraction) {
            scalar('d', Long.toHexString(Double.doubleToLongBits(fraction)), text);
        } else if (value == null) {
            text.append('0');
        } else {
            // A Long and a BigInteger are never equal, nor are their digits.
            char kind = value instanceof String
                    ? 's'
                    : value instanceof Boolean ? 'b' : value instanceof Number ? 'n' : 'i';
            scalar(kind, value.toString(), text);
        }
    }

    private static void scalar(char kind, String scalar, StringBuilder text) {
        text.append(kind).append(scalar.length()).append(':').append(scalar);
    }
}
