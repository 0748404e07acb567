package dev.guidon.definition;

import static dev.guidon.definition.Conversion.INSTANT;
import static dev.guidon.definition.Conversion.NUMBER;
import static dev.guidon.definition.Conversion.SEMVER;
import static dev.guidon.definition.Conversion.STRING;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The comparisons of an attribute with given values. */
public enum Operator {
    /** The attribute is there ({@code true}) or not ({@code false}); null counts as missing. Never UNKNOWN. */
    EXISTS("exists", Operands.FLAG, Set.of(), false),
    /** Typed deep equality: 1 equals 1.0, {@code true} never equals 1. Different types are FALSE. */
    EQUALS("equals", Operands.ONE, Set.of(STRING, NUMBER, INSTANT, SEMVER), true),
    /** Equal to one of the values. */
    IN("in", Operands.MANY, Set.of(STRING, NUMBER, INSTANT, SEMVER), true),
    /** The string contains one of the strings. */
    CONTAINS("contains", Operands.STRINGS, Set.of(STRING), true),
    /** The string starts with one of the strings. */
    STARTS_WITH("startsWith", Operands.STRINGS, Set.of(STRING), true),
    /** The string ends with one of the strings. */
    ENDS_WITH("endsWith", Operands.STRINGS, Set.of(STRING), true),
    /** One of the RE2 patterns is found in the string. */
    MATCHES("matches", Operands.STRINGS, Set.of(STRING), false),
    /** The number is less than the value. */
    LESS_THAN("lessThan", Operands.ORDERED, Set.of(NUMBER, INSTANT, SEMVER), false),
    /** The number is less than the value or equal to it. */
    AT_MOST("atMost", Operands.ORDERED, Set.of(NUMBER, INSTANT, SEMVER), false),
    /** The number is greater than the value. */
    GREATER_THAN("greaterThan", Operands.ORDERED, Set.of(NUMBER, INSTANT, SEMVER), false),
    /** The number is greater than the value or equal to it. */
    AT_LEAST("atLeast", Operands.ORDERED, Set.of(NUMBER, INSTANT, SEMVER), false),
    /** The instant is before the value. */
    BEFORE("before", Operands.ORDERED, Set.of(INSTANT), false),
    /** The instant is after the value. */
    AFTER("after", Operands.ORDERED, Set.of(INSTANT), false),
    /** The version is in one of the ranges, each {@code =}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ~} or {@code ^} and a version. */
    SEMVER_RANGE("semver", Operands.STRINGS, Set.of(SEMVER), false),
    /** The IP address is in one of the networks, IPv4 or IPv6. */
    CIDR("cidr", Operands.STRINGS, Set.of(), false),
    /** The list has at least one of the values. */
    HAS_ANY("hasAny", Operands.MANY, Set.of(STRING, NUMBER, INSTANT, SEMVER), true),
    /** The list has all of the values. */
    HAS_ALL("hasAll", Operands.MANY, Set.of(STRING, NUMBER, INSTANT, SEMVER), true);

    /** Which values an operator is given. */
    enum Operands {
        FLAG,
        ONE,
        MANY,
        STRINGS,
        ORDERED
    }

    private final String text;
    private final Operands operands;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Conversion> conversions;

    private final boolean ignoresCase;

    Operator(String text, Operands operands, Set<Conversion> conversions, boolean ignoresCase) {
        this.text = text;
        this.operands = operands;
        this.conversions = conversions;
        this.ignoresCase = ignoresCase;
    }

    /** {@return whether it is given any number of values, any of which may match} */
    public boolean takesList() {
        return operands == Operands.MANY || operands == Operands.STRINGS;
    }

    /** {@return whether it works on a list as a whole instead of element by element} */
    public boolean wantsList() {
        return this == HAS_ANY || this == HAS_ALL;
    }

    Operands operands() {
        return operands;
    }

    Set<Conversion> conversions() {
        return conversions;
    }

    boolean converts(@Nullable Conversion as) {
        return as == null || conversions.contains(as);
    }

    boolean comparesInstants(@Nullable Conversion as) {
        return as == INSTANT || this == BEFORE || this == AFTER;
    }

    /** The conversions that it knows, in words. */
    String conversionsText() {
        if (operands == Operands.ORDERED && conversions.size() > 1) {
            return "number, instant or semver (strings have no order)";
        }
        return conversions.isEmpty()
                ? "no conversion with " + text
                : "one of " + conversions.stream().sorted().toList() + " with " + text;
    }

    /** What is allowed in place of a value; null if it is allowed. */
    @Nullable
    String refusal(FlagValue value, @Nullable Conversion as, boolean unit) {
        boolean string = value instanceof FlagValue.Text;
        boolean number = value instanceof FlagValue.Number;
        return switch (operands) {
            case FLAG -> value instanceof FlagValue.Bool ? null : "true or false";
            case ONE, MANY -> value instanceof FlagValue.Null ? "a value (for null use exists)" : null;
            case STRINGS -> string ? null : "a string";
            case ORDERED -> {
                if (comparesInstants(as)) {
                    boolean instant = string || (number && unit);
                    yield instant ? null : "an RFC 3339 instant, or with unit: s or ms a number";
                }
                if (as == SEMVER) {
                    yield string ? null : "a version as a string";
                }
                boolean ordered = number || (string && as == NUMBER);
                yield ordered ? null : "a number (strings have no order; as: number, instant or semver converts)";
            }
        };
    }

    boolean ignoresCase() {
        return ignoresCase;
    }

    /** {@return the name in the format} */
    @Override
    public String toString() {
        return text;
    }
}
