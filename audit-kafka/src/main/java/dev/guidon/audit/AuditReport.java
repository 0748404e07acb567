package dev.guidon.audit;

import dev.guidon.definition.Shown;
import java.util.List;

/**
 * What {@link AuditVerifier} has found.
 *
 * @param records how many records there were
 * @param findings everything that is worth telling, trail by trail in the order of the trails
 */
public record AuditReport(long records, List<Finding> findings) {

    /** Copies the list. */
    public AuditReport {
        findings = List.copyOf(findings);
    }

    /** {@return whether nothing is wrong: all findings are {@linkplain Kind#isTold() told by the trail itself}} */
    public boolean isWhole() {
        return findings.stream().allMatch(finding -> finding.kind().isTold());
    }

    /** What can be found. */
    public enum Kind {
        /** Records are missing between two others. */
        GAP(false),
        /** A record, or a change, is there twice. */
        DUPLICATE(false),
        /** A record stands before one that it follows, in the same partition. */
        REORDERED(false),
        /** A record is not the one that was published, or its successor is not. */
        EDITED(false),
        /** A record cannot be read. */
        UNREADABLE(false),
        /** The trail says that the store has lost changes that were published. */
        DIVERGED(true),
        /** The trail says that the store's log did not hold some changes any more when they were to be published. */
        NOT_KEPT(true),
        /** The oldest records are not in the topic any more, as its retention has it; or somebody has deleted them. */
        BEGINS_LATER(true);

        private final boolean told;

        Kind(boolean told) {
            this.told = told;
        }

        /** {@return whether a sound trail can have this} */
        public boolean isTold() {
            return told;
        }
    }

    /**
     * One thing that was found.
     *
     * @param kind what
     * @param namespace in whose trail; empty if that is not known
     * @param partition the partition of the record where it was seen
     * @param offset the offset of that record
     * @param text what was found, for people
     */
    public record Finding(Kind kind, String namespace, int partition, long offset, String text) {

        /** Keeps the text on one line. */
        public Finding {
            text = Shown.message(text);
        }

        /** {@return all of it in one line} */
        @Override
        public String toString() {
            String where = namespace.isEmpty() ? "" : Shown.part(namespace) + ", ";
            return kind + " (" + where + "partition " + partition + ", offset " + offset + "): " + text;
        }
    }
}
