package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.AuditVerifier.Link;
import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.definition.Revision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one trail, held against each other. */
final class TrailCheck {

    private final String namespace;
    private final List<Link> links = new ArrayList<>();
    private final Map<Integer, Link> lastOfPartition = new HashMap<>();
    private final List<Finding> reordered = new ArrayList<>();

    TrailCheck(String namespace) {
        this.namespace = namespace;
    }

    void add(Link link) {
        Link last = lastOfPartition.put(link.partition(), link);
        if (last != null && last.entry().sequence() > link.entry().sequence()) {
            reordered.add(link.finding(
                    Kind.REORDERED,
                    "record " + link.entry().sequence() + " stands after record "
                            + last.entry().sequence()));
        }
        links.add(link);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        links.sort(Comparator.comparingLong((Link link) -> link.entry().sequence())
                .thenComparingInt(Link::partition)
                .thenComparingLong(Link::offset));
        Link previous = null;
        for (Link link : links) {
            if (link.problem() != null) {
                findings.add(link.finding(Kind.EDITED, link.problem()));
            }
            if (previous == null) {
                first(link, findings);
            } else if (link.entry().sequence() == previous.entry().sequence()) {
                twice(previous, link, findings);
                continue;
            } else {
                follow(previous, link, findings);
            }
            told(link, findings);
            previous = link;
        }
        if (previous != null && !isLast(previous.event())) {
            findings.add(previous.finding(
                    Kind.GAP,
                    "the trail ends with "
                            + describe(previous.event(), previous.entry().revision())));
        }
        findings.addAll(reordered);
        return findings;
    }

    private static void first(Link link, List<Finding> findings) {
        long sequence = link.entry().sequence();
        if (sequence > 1) {
            findings.add(link.finding(
                    Kind.BEGINS_LATER, "the topic begins with record " + sequence + "; those before are not in it"));
        } else if (link.event() instanceof Changed changed
                && (changed.entry().revision().number() > 1 || changed.position() > 0)) {
            findings.add(link.finding(
                    Kind.GAP,
                    "the trail begins with "
                            + describe(changed, changed.entry().revision())
                            + " and does not say what became of those before"));
        }
    }

    private void twice(Link first, Link second, List<Finding> findings) {
        String same = first.hash().equals(second.hash()) ? "the same record" : "another record of this number";
        findings.add(second.finding(
                Kind.DUPLICATE,
                "record " + second.entry().sequence() + " of " + namespace + ": " + same + " stands at "
                        + first.place()));
    }

    private static void follow(Link previous, Link link, List<Finding> findings) {
        long missing = link.entry().sequence() - previous.entry().sequence() - 1;
        if (missing > 0) {
            findings.add(link.finding(
                    Kind.GAP,
                    missing + (missing == 1 ? " record is" : " records are") + " missing between record "
                            + previous.entry().sequence() + " at " + previous.place() + " and record "
                            + link.entry().sequence()));
        } else if (!link.entry().predecessor().equals(previous.hash())) {
            findings.add(previous.finding(
                    Kind.EDITED,
                    "record " + previous.entry().sequence() + " is not the one that record "
                            + link.entry().sequence() + " at " + link.place() + " was written after"));
        } else {
            revisions(previous, link, findings);
        }
    }

    /** The chain is whole: whether the relay has put into it what it should have. */
    private static void revisions(Link previous, Link link, List<Finding> findings) {
        Revision was = previous.entry().revision();
        if (!(link.event() instanceof Changed next)) {
            if (!isLast(previous.event())) {
                findings.add(link.finding(
                        Kind.GAP, "record " + link.entry().sequence() + " follows " + describe(previous.event(), was)));
            }
            return;
        }
        Revision is = next.entry().revision();
        boolean same = is.equals(was)
                && previous.event() instanceof Changed before
                && next.position() == before.position() + 1;
        boolean following = is.epoch().equals(was.epoch())
                && is.number() == was.number() + 1
                && next.position() == 0
                && isLast(previous.event());
        if (!same && !following) {
            boolean again = is.epoch().equals(was.epoch()) && is.number() <= was.number();
            findings.add(link.finding(
                    again ? Kind.DUPLICATE : Kind.GAP,
                    "change " + next.position() + " of revision " + is + " follows "
                            + describe(previous.event(), was)));
        }
    }

    private static boolean isLast(FlagChangeEvent event) {
        return !(event instanceof Changed changed) || changed.position() == changed.size() - 1;
    }

    private static String describe(FlagChangeEvent event, Revision revision) {
        return event instanceof Changed changed
                ? "change " + changed.position() + " of " + changed.size() + " of revision " + revision
                : "a break that goes on after revision " + revision;
    }

    private static void told(Link link, List<Finding> findings) {
        if (link.event() instanceof Break broken) {
            Revision to = broken.entry().revision();
            @Nullable Revision from = broken.from();
            String was = from == null ? "it begins" : "it was at revision " + from;
            if (broken.cause() == Break.Cause.DIVERGED) {
                findings.add(link.finding(
                        Kind.DIVERGED,
                        "the store has lost changes: " + was + " and went on after revision " + to + ", as noticed at "
                                + broken.entry().at()));
            } else {
                findings.add(link.finding(Kind.NOT_KEPT, "the store's log began after revision " + to + ": " + was));
            }
        }
    }
}
