package dev.guidon.evaluation;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.guidon.definition.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the patterns of one definition. RE2 writes counted repetitions out, so that a short text can become a large program:
 * what a pattern will cost is told from its text before it is compiled.
 *
 * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2 syntax</a>
 */
final class Patterns {

    static final int MOST_CHARACTERS = 1_000;
    static final int MOST_WRITTEN_OUT = 5_000;
    /** The time of a match is that of the pattern's size times the text's length. */
    static final int MOST_MATCHED = 65_536;

    static final String ALLOWED = "a pattern in RE2 syntax, without lookaround and backreferences, of at most "
            + MOST_CHARACTERS + " characters, and of " + MOST_WRITTEN_OUT
            + " with its counted repetitions written out (all patterns of a definition together "
            + Limit.DEFINITION_BYTES.most() + ")";

    /** About what a search takes at most: a large program does not fit into the processor's cache. */
    static long steps(Pattern pattern, int characters) {
        long size = pattern.programSize();
        return (size > 64 ? 35 : 10) * size * (characters + 1);
    }

    private long budget = Limit.DEFINITION_BYTES.most();

    /** The compiled pattern; null if it is none or would be too large. */
    @Nullable
    Pattern compile(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        long writtenOut = new Size(text).writtenOut();
        budget -= writtenOut;
        if (writtenOut > MOST_WRITTEN_OUT || budget < 0) {
            return null;
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException | StackOverflowError invalid) {
            return null;
        }
    }

    /** Counts the characters of a pattern with its counted repetitions written out, rather too many than too few. */
    static final class Size {

        private final String text;
        private final long[] groups;
        private int depth;
        private int at;
        private long last;

        Size(String text) {
            this.text = text;
            this.groups = new long[text.length() + 1];
        }

        /** Something above MOST_WRITTEN_OUT as soon as a part is. */
        long writtenOut() {
            while (at < text.length() && groups[depth] <= MOST_WRITTEN_OUT) {
                switch (text.charAt(at)) {
                    case '(' -> open();
                    case ')' -> {
                        last = depth == 0 ? 1 : groups[depth--] + 2;
                        groups[depth] += last;
                        at++;
                    }
                    case '{' -> repetition();
                    case '*', '+', '?' -> {
                        last++;
                        groups[depth]++;
                        at++;
                    }
                    default -> literal();
                }
            }
            long size = 0;
            for (int i = 0; i <= depth; i++) {
                size += groups[i];
            }
            return size;
        }

        private void open() {
            int end = at + 1;
            while ("?imsU-".indexOf(charAt(end)) >= 0) {
                end++;
            }
            if (text.startsWith("(?", at) && charAt(end) == ')') {
                at = end + 1; // only flags, which are not what a repetition behind them repeats
                groups[depth] += 2;
            } else {
                groups[++depth] = 0;
                last = 1;
                at++;
            }
        }

        private void literal() {
            int end = at + 1;
            if (text.charAt(at) == '[') {
                end = bracket();
            } else if (text.charAt(at) == '\\') {
                end = escape();
            }
            groups[depth] += text.startsWith("\\Q", at) ? end - at : 1;
            last = text.startsWith("\\Q\\E", at) ? last : 1;
            at = end;
        }

        private void repetition() {
            int end = at + 1;
            long number = 0;
            long most = 0;
            while (end < text.length() && (digit(text.charAt(end)) || text.charAt(end) == ',')) {
                number = text.charAt(end) == ',' ? 0 : Math.min(MOST_WRITTEN_OUT, number * 10 + text.charAt(end) - '0');
                most = Math.max(most, number);
                end++;
            }
            groups[depth] += last * most + end - at + 1;
            last = last * (most + 1) + end - at + 1;
            at = end < text.length() && text.charAt(end) == '}' ? end + 1 : end;
        }

        private int escape() {
            if (text.startsWith("\\Q", at)) {
                int end = text.indexOf("\\E", at);
                return end < 0 ? text.length() : end + 2;
            }
            boolean braces = text.startsWith("\\p{", at) || text.startsWith("\\P{", at) || text.startsWith("\\x{", at);
            int end = braces ? text.indexOf('}', at) + 1 : at + 2;
            return end <= at ? text.length() : Math.min(end, text.length());
        }

        /** The end of a character class, found in the way of RE2's own parser. */
        private int bracket() {
            int end = at + (text.startsWith("[^", at) ? 2 : 1);
            int first = end;
            while (end < text.length() && (end == first || text.charAt(end) != ']')) {
                int named = text.startsWith("[:", end) ? text.indexOf(":]", end + 2) : -1;
                if (named >= 0) {
                    end = named + 2;
                    continue;
                }
                boolean several = text.charAt(end) == '\\' && "pPdDsSwW".indexOf(charAt(end + 1)) >= 0;
                end += text.charAt(end) == '\\' ? 2 : 1;
                if (!several && charAt(end) == '-' && charAt(end + 1) != ']') {
                    end += charAt(end + 1) == '\\' ? 3 : 2;
                }
            }
            return Math.min(end + 1, text.length());
        }

        private char charAt(int index) {
            return index < text.length() ? text.charAt(index) : ']';
        }

        private static boolean digit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
