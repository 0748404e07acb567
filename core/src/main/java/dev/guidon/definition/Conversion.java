package dev.guidon.definition;

import java.util.Locale;

/** What both sides of a comparison are converted to. */
public enum Conversion {
    /** Text: booleans, numbers (integral ones without a fraction) and instants (RFC 3339) as they are written. */
    STRING,
    /** A number: decimal text is read. */
    NUMBER,
    /** An instant: RFC 3339 text is read, with a unit numbers too. */
    INSTANT,
    /** A version: SemVer 2.0.0 text is read. */
    SEMVER;

    /** {@return the name in the format} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
