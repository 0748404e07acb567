package dev.guidon.testkit;

/**
 * A flag and what it is set to, in the words of an annotation.
 *
 * @param flag the flag's key
 * @param kind what the text is
 * @param text a variant's name or a value
 */
record Setting(String flag, Kind kind, String text) {

    /** What a text is. */
    enum Kind {
        VARIANT,
        VALUE
    }

    static Setting of(WithFlag annotation) {
        return annotation.variant().isEmpty()
                ? new Setting(annotation.key(), Kind.VALUE, annotation.value())
                : new Setting(annotation.key(), Kind.VARIANT, annotation.variant());
    }

    void applyTo(TestFlags flags) {
        if (kind == Kind.VARIANT) {
            flags.variant(flag, text);
        } else {
            flags.set(flag, FixedFlag.parse(text, flags.defined(flag)));
        }
    }

    @Override
    public String toString() {
        return flag + "=" + text;
    }
}
