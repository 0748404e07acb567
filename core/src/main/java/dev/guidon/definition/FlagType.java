package dev.guidon.definition;

import java.util.Locale;

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

    boolean holds(FlagValue value) {
        return switch (this) {
            case BOOLEAN -> value instanceof FlagValue.Bool;
            case STRING -> value instanceof FlagValue.Text;
            case NUMBER -> value instanceof FlagValue.Number;
            case JSON -> true;
        };
    }
}
