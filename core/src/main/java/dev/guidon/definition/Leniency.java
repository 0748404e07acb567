package dev.guidon.definition;

/** Which texts are versions besides those of SemVer 2.0.0. */
public enum Leniency {
    /** None. */
    STRICT("false"),
    /** Minor and patch may be missing, and are 0 then. */
    PARTIAL("partial"),
    /** As {@code PARTIAL}, and a leading {@code v} is ignored. */
    FULL("true");

    private final String text;

    Leniency(String text) {
        this.text = text;
    }

    /** {@return the value in the format} */
    @Override
    public String toString() {
        return text;
    }
}
