package dev.guidon.definition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says which attribute of the evaluation context is meant, and makes conditions about it.
 *
 * <pre>{@code
 * Attribute country = Attribute.of("country");
 * Condition grownUp = Attribute.of("age").atLeast(18).as(Conversion.NUMBER);
 * Condition all = country.in("DE", "FR").and(grownUp);
 * }</pre>
 *
 * <p>Each operator of the format has a method of its name; {@code equals} is {@link #equalTo}. What is refused by the format is refused with
 * an {@link IllegalArgumentException}.
 */
public sealed interface Attribute {

    /** The targeting key. */
    Attribute KEY = new Named("$key");
    /** The instant of the evaluation. */
    Attribute NOW = new Named("$now");

    /**
     * An attribute by name: {@code $key} and {@code $now}, else the top-level attribute of exactly this name, else, if the
     * name has dots, a path into nested objects.
     *
     * @param name the name; other names that start with {@code $} are reserved and refused (a {@link Path} reaches them)
     */
    record Named(String name) implements Attribute {
        /** Checks the name. */
        public Named {
            List<Problem> problems = new ArrayList<>();
            if (name.startsWith("$") && !name.equals("$key") && !name.equals("$now")) {
                problems.add(
                        Problem.at("", name, "$key, $now, or a name without a leading $ (a list is a path verbatim)"));
            }
            DefinitionKey.checkName("", name, problems);
            Problem.refuse(problems);
        }
    }

    /**
     * An attribute by its path, verbatim: the first name is a top-level attribute, each further one a field of a nested
     * object.
     *
     * @param names the names from the outside in; at least one
     */
    record Path(List<String> names) implements Attribute {
        /** Copies and checks the names. */
        public Path {
            names = List.copyOf(names);
            List<Problem> problems = new ArrayList<>();
            if (names.isEmpty()) {
                problems.add(new Problem("", "an empty list", "at least one name"));
            }
            Limit.PATH.check("", names, problems);
            for (int i = 0; i < names.size(); i++) {
                DefinitionKey.checkName("[" + i + "]", names.get(i), problems);
            }
            Problem.refuse(problems);
        }
    }

    /**
     * An attribute by name.
     *
     * @param name see {@link Named}
     * @return the attribute
     */
    static Attribute of(String name) {
        return new Named(name);
    }

    /**
     * An attribute of a nested object.
     *
     * @param names see {@link Path}
     * @return the attribute
     */
    static Attribute path(String... names) {
        return new Path(List.of(names));
    }

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
        return new Comparison(this, operator, List.of(values));
    }

    private Comparison compare(Operator operator, String... values) {
        return compare(operator, Stream.of(values).map(FlagValue::of).toArray(FlagValue[]::new));
    }

    private Comparison compare(Operator operator, Number... values) {
        return compare(operator, Stream.of(values).map(FlagValue::of).toArray(FlagValue[]::new));
    }
}
