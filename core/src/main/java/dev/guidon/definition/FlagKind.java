package dev.guidon.definition;

import java.util.Locale;

/** What a flag is for. It never affects evaluation; it tells people how long the flag should live. */
public enum FlagKind {
    /** Hides unfinished work; short-lived. */
    RELEASE,
    /** Compares variants; lives as long as the experiment. */
    EXPERIMENT,
    /** Operates the system, for example a kill switch; may live for ever. */
    OPERATIONAL,
    /** Grants features to some users, for example by plan; may live for ever. */
    PERMISSION;

    /** {@return the name in the format} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
