package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were read before. Definitions hold the same few names and values thousands of times, and this keeps one of each, as long as
 * no other text takes its place. Safe for use by many threads: what is lost in a race is only read once more.
 */
final class SharedTexts {

    private static final int LONGEST = 64;
    private static final int MOST = 1 << 12;

    private static final FlagValue.@Nullable Text[] TEXTS = new FlagValue.Text[MOST];

    private SharedTexts() {}

    static FlagValue.Text of(String text) {
        if (text.length() > LONGEST) {
            return new FlagValue.Text(text);
        }
        int hash = text.hashCode();
        int place = (hash ^ (hash >>> 16)) & (MOST - 1);
        FlagValue.Text known = TEXTS[place];
        if (known == null || !known.value().equals(text)) {
            known = new FlagValue.Text(text);
            TEXTS[place] = known;
        }
        return known;
    }
}
