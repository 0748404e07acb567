package dev.guidon.definition;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The conditions that can be made of an attribute: a method for each operator. Apart from {@link Attribute}, whose constants must not be made
 * while one of its implementations is.
 */
sealed interface Operators permits Attribute {

    /** {@return the condition that the context has the attribute} */
    default Comparison exists() {
        return compare(Operator.EXISTS, FlagValue.TRUE);
    }

    /** {@return the condition that the context lacks the attribute, or it is null} */
    default Comparison isMissing() {
        return compare(Operator.EXISTS, FlagValue.FALSE);
    }

    /**
     * {@return the condition that the attribute equals a string}
     *
     * @param value the string
     */
    default Comparison equalTo(String value) {
        return equalTo(FlagValue.of(value));
    }

    /**
     * {@return the condition that the attribute equals a number}
     *
     * @param value the number
     */
    default Comparison equalTo(Number value) {
        return equalTo(FlagValue.of(value));
    }

    /**
     * {@return the condition that the attribute equals a boolean}
     *
     * @param value the boolean
     */
    default Comparison equalTo(boolean value) {
        return equalTo(FlagValue.of(value));
    }

    /**
     * {@return the condition that the attribute equals a value}
     *
     * @param value any value but null
     */
    default Comparison equalTo(FlagValue value) {
        return compare(Operator.EQUALS, value);
    }

    /**
     * {@return the condition that the attribute equals one of some strings}
     *
     * @param values the strings
     */
    default Comparison in(String... values) {
        return compare(Operator.IN, values);
    }

    /**
     * {@return the condition that the attribute equals one of some numbers}
     *
     * @param values the numbers
     */
    default Comparison in(Number... values) {
        return compare(Operator.IN, values);
    }

    /**
     * {@return the condition that the attribute, a string, contains one of some strings}
     *
     * @param parts the strings
     */
    default Comparison contains(String... parts) {
        return compare(Operator.CONTAINS, parts);
    }

    /**
     * {@return the condition that the attribute, a string, starts with one of some strings}
     *
     * @param prefixes the strings
     */
    default Comparison startsWith(String... prefixes) {
        return compare(Operator.STARTS_WITH, prefixes);
    }

    /**
     * {@return the condition that the attribute, a string, ends with one of some strings}
     *
     * @param suffixes the strings
     */
    default Comparison endsWith(String... suffixes) {
        return compare(Operator.ENDS_WITH, suffixes);
    }

    /**
     * {@return the condition that one of some patterns is found in the attribute, a string}
     *
     * @param patterns regular expressions in RE2 syntax
     */
    default Comparison matches(String... patterns) {
        return compare(Operator.MATCHES, patterns);
    }

    /**
     * {@return the condition that the attribute, a number, is less than another}
     *
     * @param value the number
     */
    default Comparison lessThan(Number value) {
        return compare(Operator.LESS_THAN, value);
    }

    /**
     * {@return the condition that the attribute, a number, is another or less}
     *
     * @param value the number
     */
    default Comparison atMost(Number value) {
        return compare(Operator.AT_MOST, value);
    }

    /**
     * {@return the condition that the attribute, a number, is greater than another}
     *
     * @param value the number
     */
    default Comparison greaterThan(Number value) {
        return compare(Operator.GREATER_THAN, value);
    }

    /**
     * {@return the condition that the attribute, a number, is another or greater}
     *
     * @param value the number
     */
    default Comparison atLeast(Number value) {
        return compare(Operator.AT_LEAST, value);
    }

    /**
     * {@return the condition that the attribute, an instant, is before another}
     *
     * @param instant the instant
     */
    default Comparison before(Instant instant) {
        return compare(Operator.BEFORE, instant.toString());
    }

    /**
     * {@return the condition that the attribute, an instant, is after another}
     *
     * @param instant the instant
     */
    default Comparison after(Instant instant) {
        return compare(Operator.AFTER, instant.toString());
    }

    /**
     * {@return the condition that the attribute, a version, is in one of some ranges}
     *
     * @param ranges each {@code =}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ~} or {@code ^} and a version
     */
    default Comparison semver(String... ranges) {
        return compare(Operator.SEMVER_RANGE, ranges);
    }

    /**
     * {@return the condition that the attribute, an IP address, is in one of some networks}
     *
     * @param networks for example {@code 10.0.0.0/8}
     */
    default Comparison cidr(String... networks) {
        return compare(Operator.CIDR, networks);
    }

    /**
     * {@return the condition that the attribute, a list, has at least one of some strings}
     *
     * @param values the strings
     */
    default Comparison hasAny(String... values) {
        return compare(Operator.HAS_ANY, values);
    }

    /**
     * {@return the condition that the attribute, a list, has all of some strings}
     *
     * @param values the strings
     */
    default Comparison hasAll(String... values) {
        return compare(Operator.HAS_ALL, values);
    }

    /**
     * Compares the attribute with values of any type.
     *
     * @param operator how
     * @param values with what: exactly one, or any number where {@link Operator#takesList()}
     * @return the condition
     */
    default Comparison compare(Operator operator, FlagValue... values) {
        return new Comparison((Attribute) this, operator, List.of(values));
    }

    private Comparison compare(Operator operator, String... values) {
        return compare(operator, Stream.of(values).map(FlagValue::of).toArray(FlagValue[]::new));
    }

    private Comparison compare(Operator operator, Number... values) {
        return compare(operator, Stream.of(values).map(FlagValue::of).toArray(FlagValue[]::new));
    }
}
