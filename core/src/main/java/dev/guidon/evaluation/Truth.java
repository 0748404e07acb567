package dev.guidon.evaluation;

/**
 * The three values of Kleene's strong logic of indeterminacy.
 *
 * @see <a href="https://plato.stanford.edu/entries/logic-manyvalued/">Many-Valued Logic</a>
 */
public enum Truth {
    /** It holds. */
    TRUE,
    /** It does not hold. */
    FALSE,
    /** It cannot be told, for example because an attribute is missing. */
    UNKNOWN;

    /**
     * A boolean as a truth value.
     *
     * @param value the boolean
     * @return TRUE or FALSE
     */
    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth negated() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
