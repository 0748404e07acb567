package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.definition.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one trail, held against each other. What an edited record says besides is not believed. */
final class TrailCheck {

    private final List<Link> links;
    private final List<Finding> findings = new ArrayList<>();
    /** Of each record, why it is not the one that was written; null if it is. */
    private final @Nullable String[] edited;

    private TrailCheck(TrailOrder order) {
        this.links = order.links();
        this.edited = new String[links.size()];
        for (int i = 0; i < edited.length; i++) {
            edited[i] = links.get(i).problem();
        }
    }

    /**
     * What is to be said of a trail.
     *
     * @param records all of its records, those of one partition in order
     */
    static List<Finding> of(List<Link> records) {
        TrailOrder order = new TrailOrder(records);
        TrailCheck check = new TrailCheck(order);
        check.chain();
        check.follow();
        check.findings.addAll(order.findings());
        return check.findings;
    }

    /**
     * Finds the records that are not those that their successors name. A record that names another predecessor is not the one that its
     * own successor names, either: then it is the one that was edited.
     */
    private void chain() {
        for (int i = 0; i + 1 < edited.length; i++) {
            if (edited[i] == null && isTorn(i)) {
                boolean next = isTorn(i + 1);
                if (!next) {
                    edited[i] = isEdited(i + 1) && i + 2 >= edited.length ? null : isNot(i);
                } else if (edited[i + 1] == null) {
                    edited[i + 1] = isNot(i + 1) + ", and names another one before it than record "
                            + links.get(i).sequence();
                }
            }
        }
    }

    private boolean isEdited(int i) {
        return edited[i] != null;
    }

    private String isNot(int i) {
        Link next = links.get(i + 1);
        return "record " + links.get(i).sequence() + " is not the one that record " + next.sequence() + " at "
                + next.position() + " was written after";
    }

    /** Whether a record is not the one that the next one names. */
    private boolean isTorn(int i) {
        return i + 1 < edited.length
                && isAdjacent(i + 1)
                && !links.get(i + 1).entry().predecessor().equals(links.get(i).hash());
    }

    private boolean isAdjacent(int i) {
        return links.get(i).sequence() == links.get(i - 1).sequence() + 1;
    }

    private void follow() {
        for (int i = 0; i < edited.length; i++) {
            Link link = links.get(i);
            String problem = edited[i];
            if (i == 0) {
                first(link, problem == null);
            } else if (!isAdjacent(i)) {
                gap(links.get(i - 1), link);
            } else if (problem == null && edited[i - 1] == null) {
                revisions(links.get(i - 1), link);
            }
            if (problem == null) {
                told(link);
            } else {
                add(link, Kind.EDITED, problem);
            }
        }
        int last = edited.length - 1;
        if (last >= 0 && edited[last] == null && !isLast(links.get(last).event())) {
            add(links.get(last), Kind.GAP, "the trail ends with " + describe(links.get(last)));
        }
    }

    private void add(Link link, Kind kind, String text) {
        findings.add(link.finding(kind, text));
    }

    private void first(Link link, boolean believed) {
        if (link.sequence() > 1) {
            add(
                    link,
                    Kind.BEGINS_LATER,
                    "the topic begins with record " + link.sequence() + "; those before are not in it");
        } else if (believed
                && link.event() instanceof Changed changed
                && (changed.entry().revision().number() > 1 || changed.position() > 0)) {
            add(
                    link,
                    Kind.GAP,
                    "the trail begins with " + describe(link) + " and does not say what became of those before");
        }
    }

    private void gap(Link previous, Link link) {
        long missing = link.sequence() - previous.sequence() - 1;
        add(
                link,
                Kind.GAP,
                missing + (missing == 1 ? " record is" : " records are") + " missing between record "
                        + previous.sequence() + " at " + previous.position() + " and record " + link.sequence());
    }

    /** The chain is whole: whether the relay has put into it what it should have. */
    private void revisions(Link previous, Link link) {
        Revision was = previous.entry().revision();
        if (!(link.event() instanceof Changed next)) {
            if (!isLast(previous.event())) {
                add(link, Kind.GAP, "record " + link.sequence() + " follows " + describe(previous));
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
            add(
                    link,
                    again ? Kind.DUPLICATE : Kind.GAP,
                    "change " + next.position() + " of revision " + is + " follows " + describe(previous));
        }
    }

    private static boolean isLast(FlagChangeEvent event) {
        return !(event instanceof Changed changed) || changed.position() == changed.size() - 1;
    }

    private static String describe(Link link) {
        Revision revision = link.entry().revision();
        return link.event() instanceof Changed changed
                ? "change " + changed.position() + " of " + changed.size() + " of revision " + revision
                : "a break that goes on after revision " + revision;
    }

    private void told(Link link) {
        if (link.event() instanceof Break broken) {
            Revision to = broken.entry().revision();
            @Nullable Revision from = broken.from();
            String was = from == null ? "it begins" : "it was at revision " + from;
            if (broken.cause() == Break.Cause.DIVERGED) {
                add(
                        link,
                        Kind.DIVERGED,
                        "the store has lost changes: " + was + " and went on after revision " + to + ", as noticed at "
                                + broken.entry().at());
            } else {
                add(link, Kind.NOT_KEPT, "the store's log began after revision " + to + ": " + was);
            }
        }
    }
}
