package dev.guidon.definition;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a flag's variants hold. */
public enum FlagType {
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A string. */
    STRING,
    /** A finite number. */
    NUMBER,
    /** Any JSON value. */
    JSON;

    /** {@return the name in the format} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The narrowest type that holds all values; boolean if there are none. */
    static FlagType of(Collection<FlagValue> values) {
        return Stream.of(values())
                .filter(type -> values.stream().allMatch(type::holds))
                .findFirst()
                .orElse(JSON);
    }

    boolean holds(FlagValue value) {
        return switch (this) {
            case BOOLEAN -> value instanceof FlagValue.Bool;
            case STRING -> value instanceof FlagValue.Text;
            case NUMBER -> value instanceof FlagValue.Number;
            case JSON -> true;
        };
    }

    void check(String path, FlagValue value, List<Problem> problems) {
        if (!holds(value)) {
            problems.add(Problem.at(path, value, "a " + this + " value (the flag's type)"));
        } else if (this == NUMBER
                && value instanceof FlagValue.Number number
                && Double.isInfinite(number.value().doubleValue())) {
            problems.add(Problem.at(path, value, "a number within the range of a 64 bit floating point number"));
        }
    }
}
