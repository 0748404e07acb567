package dev.guidon.evaluation;

/**
 * Why an evaluation gave what it gave.
 *
 * @see <a href="https://openfeature.dev/specification/types#resolution-reason">OpenFeature, resolution reason</a>
 */
public enum Reason {
    /** The flag has no rules, prerequisites or split: the answer is the same for everybody. */
    STATIC,
    /** A rule matched. */
    TARGETING_MATCH,
    /** A rollout or a split decided. */
    SPLIT,
    /** No rule matched: the fallthrough, or the caller's default where there is none. */
    DEFAULT,
    /** The flag is disabled or archived. */
    DISABLED,
    /** Another flag does not serve what this one needs. */
    PREREQUISITE_FAILED,
    /** Something is wrong; the error code says what. */
    ERROR
}
