/**
 * Evaluation: definitions are compiled into an immutable {@link dev.guidon.evaluation.Snapshot}, which answers for any context.
 * Nothing here reaches a store; the members of external segments are asked through
 * {@link dev.guidon.evaluation.SegmentMembers}.
 */
@NullMarked
package dev.guidon.evaluation;

import org.jspecify.annotations.NullMarked;
