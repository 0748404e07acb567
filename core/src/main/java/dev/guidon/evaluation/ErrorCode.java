package dev.guidon.evaluation;

/**
 * What was wrong in an evaluation.
 *
 * @see <a href="https://openfeature.dev/specification/types#error-code">OpenFeature, error code</a>
 */
public enum ErrorCode {
    /** There is no such flag. */
    FLAG_NOT_FOUND,
    /** The flag is malformed, or lies on a cycle of references. */
    PARSE_ERROR,
    /** The flag has another type than was asked for, or its number does not fit. */
    TYPE_MISMATCH,
    /** A rollout or split had no value to put into a bucket. */
    TARGETING_KEY_MISSING,
    /** Nothing was ever loaded. */
    PROVIDER_NOT_READY,
    /** Anything else, such as an exception inside the evaluation. */
    GENERAL
}
