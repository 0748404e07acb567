package dev.guidon.redis;

/**
 * What happens to the log of changes when a consumer that it is {@linkplain dev.guidon.store.ChangeLog#retain kept for} has more commits to
 * read than {@link RedisFlagStore.Builder#logLimit} says.
 */
public enum LogLimit {
    /** Everything is kept, and commits go on: nothing is lost, but the memory of Redis that the log takes is not bounded. */
    KEEP,
    /**
     * What is beyond the limit is dropped, although a consumer has not read it: memory is bounded, and the consumer is told by a
     * {@link dev.guidon.store.ChangeLog.Read.Gap} of {@link dev.guidon.store.ChangeLog.Cause#TRIMMED}.
     */
    DROP
}
