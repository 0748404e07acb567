package dev.guidon.definition;

import java.util.Collection;
import java.util.List;

/** The sizes that a definition may reach. They bound the time and memory that any definition can cost. */
public enum Limit {
    /** Characters of a flag's or segment's key. */
    KEY_LENGTH(256, "characters in a key"),
    /** Characters of a variant's name, a rule's id, a salt, a generation, a tag or an attribute's name. */
    NAME_LENGTH(256, "characters in a name"),
    /** UTF-8 bytes of one definition in its compact JSON form. */
    DEFINITION_BYTES(256 * 1024, "bytes in a definition"),
    /** Levels of conditions inside conditions. */
    CONDITION_DEPTH(16, "levels of nested conditions"),
    /** Levels of lists and objects inside a JSON value. */
    VALUE_DEPTH(64, "levels of nested values"),
    /** Entries of any list of values or members. */
    VALUES(20_000, "entries"),
    /** Conditions in one {@code all} or {@code any}. */
    CONDITIONS(1_000, "conditions"),
    /** Variants of a flag. */
    VARIANTS(256, "variants"),
    /** Rules of a flag or a segment. */
    RULES(1_000, "rules"),
    /** Shares of a split. */
    SHARES(1_000, "shares"),
    /** Steps of a ramp. */
    RAMP_STEPS(100, "steps"),
    /** Prerequisites of a flag. */
    PREREQUISITES(100, "prerequisites"),
    /** Tags of a flag. */
    TAGS(100, "tags"),
    /** Attributes of a flag or a segment that are said to be sensitive. */
    SENSITIVE(100, "sensitive attributes"),
    /** Names in an attribute's path, and attributes that are joined into one bucketing value. */
    PATH(16, "names"),
    /** Definitions that refer to each other in one chain. */
    REFERENCE_DEPTH(32, "definitions in a chain of references"),
    /** Definitions that one evaluation may have to look at. */
    REFERENCES(10_000, "definitions looked at in one evaluation"),
    /** Digits of a number, before and after the decimal point together, written without an exponent. */
    NUMBER_DIGITS(400, "digits");

    private final int most;
    private final String unit;

    Limit(int most, String unit) {
        this.most = most;
        this.unit = unit;
    }

    /** {@return the largest allowed size} */
    public int most() {
        return most;
    }

    /** {@return the limit in words, for example {@code at most 100 steps}} */
    public String text() {
        return "at most " + most + " " + unit;
    }

    void check(String path, Collection<?> entries, List<Problem> problems) {
        check(path, entries.size(), problems);
    }

    void check(String path, int size, List<Problem> problems) {
        if (size > most) {
            problems.add(new Problem(path, Integer.toString(size), text()));
        }
    }
}
