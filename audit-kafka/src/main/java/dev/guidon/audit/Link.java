package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A record in its trail.
 *
 * @param namespace whose trail
 * @param sequence where in it; not what the record says if its predecessor shows that this was edited
 * @param entry what every record has
 * @param event what it says
 * @param hash its hash
 * @param partition where it is
 * @param offset where it is
 * @param problem why it is not what a relay has written; null if that does not show
 */
record Link(
        String namespace,
        long sequence,
        Entry entry,
        FlagChangeEvent event,
        String hash,
        int partition,
        long offset,
        @Nullable String problem) {

    Link {
        event = event instanceof Changed changed ? withoutDefinitions(changed) : event;
    }

    /** A trail can be held in memory, all definitions that there ever were need not fit. */
    private static Changed withoutDefinitions(Changed changed) {
        return new Changed(
                changed.entry(), changed.type(), changed.position(), changed.size(), changed.id(), null, null, null);
    }

    /** Where in which trail a record is. */
    record Place(String namespace, long sequence) {}

    Place place() {
        return new Place(namespace, sequence);
    }

    /** Where the one after it is. */
    Place next() {
        return new Place(namespace, sequence + 1);
    }

    /** Where it is if there is none that it names as its predecessor: where it says, or at the beginning if it names none. */
    Place start() {
        return entry.predecessor().isEmpty() ? new Place(namespace, 1) : place();
    }

    /** The same record in another place than the one that it says. */
    Link placed(Place place) {
        return new Link(
                place.namespace,
                place.sequence,
                entry,
                event,
                hash,
                partition,
                offset,
                problem != null
                        ? problem
                        : "found record " + sequence + " of " + namespace + "; allowed: record " + place.sequence
                                + " of " + place.namespace + ", as its predecessor has it");
    }

    Finding finding(Kind kind, String text) {
        return new Finding(kind, namespace, partition, offset, text);
    }

    String position() {
        return "partition " + partition + ", offset " + offset;
    }
}
