package dev.guidon.redis;

/**
 * The generation of an external segment: which set holds its members, and how often members were added or removed since it was loaded.
 *
 * @param set names the set
 * @param edits counts the changes
 */
record Generation(String set, long edits) {

    private static final char SEPARATOR = '~';

    static Generation parse(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        try {
            return separator < 0
                    ? new Generation(text, 0)
                    : new Generation(text.substring(0, separator), Long.parseLong(text.substring(separator + 1)));
        } catch (NumberFormatException e) {
            return new Generation(text, 0);
        }
    }

    Generation edited() {
        return new Generation(set, edits + 1);
    }

    @Override
    public String toString() {
        return edits == 0 ? set : set + SEPARATOR + edits;
    }
}
