package dev.guidon.redis;

import dev.guidon.definition.Shown;
import java.time.Duration;

/**
 * How the members of external segments are cached.
 *
 * @param size how many answers are kept at most; at least 1; 100,000 unless set
 * @param refresh the age from which on an answer is refreshed in the background; above zero; 30 seconds unless set
 * @param expiry the age from which on an evaluation waits for a new answer; not below {@code refresh}; 10 minutes unless set
 * @param limit how long an evaluation waits for an answer; past it the last known one serves, else UNKNOWN; 20 milliseconds unless set
 */
public record MemberCaching(long size, Duration refresh, Duration expiry, Duration limit) {

    /** The values that hold unless something is set. */
    public static final MemberCaching DEFAULT =
            new MemberCaching(100_000, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMillis(20));

    /** Checks the values. */
    public MemberCaching {
        require(size >= 1, "size", size, "at least 1");
        require(!refresh.isNegative() && !refresh.isZero(), "refresh", Shown.duration(refresh), "above zero");
        require(
                expiry.compareTo(refresh) >= 0,
                "expiry",
                Shown.duration(expiry),
                "not below refresh (" + Shown.duration(refresh) + ")");
        require(!limit.isNegative(), "limit", Shown.duration(limit), "not below zero");
    }

    private static void require(boolean condition, String name, Object found, String allowed) {
        if (!condition) {
            throw new IllegalArgumentException("memberCaching." + name + ": found " + found + "; allowed: " + allowed);
        }
    }
}
