package dev.guidon.evaluation;

import dev.guidon.evaluation.ValueTest.Relation;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for many texts at once, in one pass over the text they are looked for in. States are the beginnings of operands (their ends,
 * backwards, for {@code endsWith}); where none goes on, {@code contains} continues with the longest beginning that the text ends with.
 *
 * @see <a href="https://doi.org/10.1145/360825.360855">A. Aho and M. Corasick, Efficient String Matching (1975)</a>
 */
final class TextSearch implements ValueTest {

    private static final int SPREAD = 0x9E3779B9;
    private static final int ASCII = 128;

    private final Relation relation;
    private final boolean ignoreCase;
    private final int longest;
    /** From the first state, for the characters that nearly all texts consist of. */
    private final int[] first = new int[ASCII];
    /** The first state that a state leads to; 0 for none. Most lead to one. */
    private final int[] child;
    /** The character that leads to a state. */
    private final char[] by;

    private final int[] otherwise;
    private final boolean[] found;

    /** Further edges, in an open hash table: the state and the character, plus one, for 0 is a free slot; and where they lead to. */
    private final long[] edges;

    private final int[] leadTo;
    private final int shift;

    TextSearch(List<String> operands, Relation relation, boolean ignoreCase) {
        this.relation = relation;
        this.ignoreCase = ignoreCase;
        this.longest = operands.stream().mapToInt(String::length).max().orElse(0);
        int states = 1 + operands.stream().mapToInt(String::length).sum();
        int slots = Integer.highestOneBit(Math.max(operands.size(), 1)) * 4;
        this.edges = new long[slots];
        this.leadTo = new int[slots];
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(slots);
        this.child = new int[states];
        this.by = new char[states];
        this.found = new boolean[states];
        int[] parents = new int[states];
        int made = 1;
        for (String operand : operands) {
            int state = 0;
            for (int i = 0; i < operand.length(); i++) {
                char c = at(operand, relation == Relation.ENDS_WITH ? operand.length() - 1 - i : i);
                int to = to(state, c);
                if (to == 0) {
                    to = made++;
                    parents[to] = state;
                    by[to] = c;
                    add(state, c, to);
                }
                state = to;
            }
            found[state] = true;
        }
        for (char c = 0; c < ASCII; c++) {
            first[c] = to(0, c);
        }
        this.otherwise = relation == Relation.CONTAINS ? new int[made] : new int[0];
        if (relation == Relation.CONTAINS) {
            link(Arrays.copyOf(parents, made));
        }
    }

    private void add(int state, char c, int to) {
        if (child[state] == 0) {
            child[state] = to;
        } else {
            int slot = slot(state, c);
            edges[slot] = edge(state, c);
            leadTo[slot] = to;
        }
    }

    /** From short beginnings to long ones: each is continued like the longest other that it ends with. */
    private void link(int[] parents) {
        int[] depths = new int[parents.length];
        for (int state = 1; state < parents.length; state++) {
            depths[state] = depths[parents[state]] + 1;
        }
        for (int state : byDepth(depths)) {
            if (parents[state] != 0) {
                otherwise[state] = next(otherwise[parents[state]], by[state]);
                found[state] |= found[otherwise[state]];
            }
        }
    }

    private static int[] byDepth(int[] depths) {
        int[] starts = new int[depths.length + 1];
        for (int state = 1; state < depths.length; state++) {
            starts[depths[state]]++;
        }
        for (int depth = 1; depth < starts.length; depth++) {
            starts[depth] += starts[depth - 1];
        }
        int[] sorted = new int[depths.length - 1];
        for (int state = depths.length - 1; state > 0; state--) {
            sorted[--starts[depths[state]]] = state;
        }
        return sorted;
    }

    @Override
    public Truth test(Object value) {
        if (!(value instanceof String text)) {
            return Truth.UNKNOWN;
        }
        int length = relation == Relation.CONTAINS ? text.length() : Math.min(text.length(), longest);
        // Of a large table most is not in the processor's cache.
        int steps = (ignoreCase ? 6 : 4) + (edges.length > ASCII ? 6 : 0);
        return Meter.allows(this, (long) length * steps) ? Truth.of(holds(text, length)) : Truth.UNKNOWN;
    }

    private boolean holds(String text, int length) {
        int state = 0;
        for (int i = 0; i < length && !found[state]; i++) {
            char c = at(text, relation == Relation.ENDS_WITH ? text.length() - 1 - i : i);
            if (state == 0 && c < ASCII) {
                state = first[c];
            } else if (relation == Relation.CONTAINS) {
                state = next(state, c);
            } else {
                state = to(state, c);
            }
            if (state == 0 && relation != Relation.CONTAINS) {
                return false;
            }
        }
        return found[state];
    }

    private int next(int from, char c) {
        int state = from;
        int to = to(state, c);
        while (to == 0 && state != 0) {
            state = otherwise[state];
            to = to(state, c);
        }
        return to;
    }

    /** Where a character leads to; 0 for nowhere. Nothing leads to the first state. */
    private int to(int state, char c) {
        int only = child[state];
        return only == 0 || by[only] == c ? only : leadTo[slot(state, c)];
    }

    private int slot(int state, char c) {
        long edge = edge(state, c);
        int slot = (((int) (edge ^ (edge >>> 27))) * SPREAD) >>> shift;
        while (edges[slot] != 0 && edges[slot] != edge) {
            slot = (slot + 1) & (edges.length - 1);
        }
        return slot;
    }

    private static long edge(int state, char c) {
        return (((long) state << Character.SIZE) | c) + 1;
    }

    /** The character of a text, folded if case is ignored. Both halves of a pair are folded together. */
    private char at(String text, int i) {
        char c = text.charAt(i);
        if (!ignoreCase) {
            return c;
        } else if (c < ASCII) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        } else if (!Character.isSurrogate(c)) {
            return Character.toLowerCase(Character.toUpperCase(c));
        }
        boolean high = Character.isHighSurrogate(c);
        int start = high ? i : i - 1;
        if (start < 0
                || start + 1 >= text.length()
                || !Character.isSurrogatePair(text.charAt(start), text.charAt(start + 1))) {
            return c;
        }
        int folded = Character.toLowerCase(Character.toUpperCase(text.codePointAt(start)));
        return high ? Character.highSurrogate(folded) : Character.lowSurrogate(folded);
    }
}
