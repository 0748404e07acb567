package dev.guidon.definition;

import java.util.Locale;

/** What a number means as an instant. */
public enum InstantUnit {
    /** Seconds since 1970-01-01T00:00:00Z, fractions allowed. */
    S,
    /** Milliseconds since 1970-01-01T00:00:00Z. */
    MS;

    /** {@return the name in the format} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
