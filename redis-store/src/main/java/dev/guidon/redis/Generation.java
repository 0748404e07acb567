package dev.guidon.redis;

/**
 * The generation of an external segment: which set holds its members, and which change set added or removed members last. A count of
 * changes would come again after a failover that lost some.
 *
 * @param set names the set
 * @param edit the id of the change set; empty if no members were added or removed since the set was loaded
 */
record Generation(String set, String edit) {

    private static final char SEPARATOR = '~';

    /** A set as it was loaded. */
    static Generation of(String set) {
        return new Generation(set, "");
    }

    static Generation parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0 ? of(text) : new Generation(text.substring(0, separator), text.substring(separator + 1));
    }

    Generation edited(String changeSet) {
        return new Generation(set, changeSet);
    }

    @Override
    public String toString() {
        return edit.isEmpty() ? set : set + SEPARATOR + edit;
    }
}
