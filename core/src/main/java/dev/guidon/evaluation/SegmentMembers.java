package dev.guidon.evaluation;

/** Answers whether somebody is a member of an external segment. Safe for use by many threads. */
@FunctionalInterface
public interface SegmentMembers {

    /** Knows nothing: every answer is UNKNOWN. */
    SegmentMembers NONE = (segment, generation, member) -> Truth.UNKNOWN;

    /**
     * Asks for one member. An answer comes within a limit of time (20 ms unless configured otherwise); what throws counts as
     * UNKNOWN.
     *
     * @param segment the segment's key
     * @param generation the generation of its members that is in force
     * @param member the text of the attribute that the segment is looked up by, usually the targeting key
     * @return TRUE or FALSE, or UNKNOWN if it cannot be told in time
     */
    Truth contains(String segment, String generation, String member);
}
