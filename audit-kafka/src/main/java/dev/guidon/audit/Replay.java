package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.FlagChangeEvent.Changed;
import dev.guidon.audit.FlagChangeEvent.Entry;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Does again what a trail says, and takes back what the store has lost. */
final class Replay {

    private final Map<DefinitionKey, Versioned> state = new TreeMap<>();
    private final Deque<Changed> done = new ArrayDeque<>();
    private final TreeMap<Long, Long> lastSequences = new TreeMap<>();
    private final Map<Long, Revision> standing = new TreeMap<>();
    private @Nullable Revision revision;
    private boolean complete = true;
    private boolean whole = true;

    void apply(FlagChangeEvent event) {
        if (event instanceof Changed changed) {
            apply(changed);
        } else if (event instanceof Break broken) {
            apply(broken);
        }
    }

    private void apply(Changed changed) {
        Revision made = changed.entry().revision();
        if (revision == null && made.number() == 1) {
            lastSequences.put(0L, 0L);
        } else if (revision == null) {
            complete = false;
        }
        whole = changed.position() == changed.size() - 1;
        put(changed.id(), changed.after());
        done.addLast(changed);
        revision = made;
        lastSequences.put(made.number(), changed.entry().sequence());
        standing.put(made.number(), made);
    }

    private void apply(Break broken) {
        whole = true;
        Revision to = broken.entry().revision();
        boolean known = revision != null
                && revision.epoch().equals(to.epoch())
                && broken.cause() == Break.Cause.DIVERGED
                && lastSequences.containsKey(to.number())
                // Another commit of that number is one that this trail does not have.
                && to.equals(standing.getOrDefault(to.number(), to));
        if (known) {
            takeBack(to.number());
        } else if (broken.cause() == Break.Cause.GAP) {
            complete = false;
        } else {
            // Another history: all that is known of it comes after this.
            state.clear();
            done.clear();
            lastSequences.clear();
            standing.clear();
            complete = to.number() == 0;
        }
        revision = to;
        lastSequences.put(to.number(), broken.entry().sequence());
        standing.put(to.number(), to);
    }

    private void takeBack(long number) {
        while (!done.isEmpty() && done.getLast().entry().revision().number() > number) {
            Changed lost = done.removeLast();
            put(lost.id(), lost.before());
        }
        lastSequences.tailMap(number, false).clear();
    }

    private void put(DefinitionKey id, @Nullable Versioned versioned) {
        if (versioned == null) {
            state.remove(id);
        } else {
            state.put(id, versioned);
        }
    }

    @Nullable
    Revision revision() {
        return revision;
    }

    /** Whether nothing is missing in what was applied, as far as that can be seen here; the last change set too is whole. */
    boolean isComplete() {
        return complete && whole;
    }

    /** The sequence of the last record of a revision; null if it is not in the history that the trail ends with. */
    @Nullable
    Long lastOf(long number) {
        return lastSequences.get(number);
    }

    String range() {
        return lastSequences.isEmpty()
                ? "none, the trail is empty"
                : lastSequences.firstKey() + " to " + lastSequences.lastKey() + ", as far as the trail has them";
    }

    Definitions definitions() {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        state.forEach(
                (id, versioned) -> (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments).put(id.key(), versioned));
        return new Definitions(revision == null ? Revision.NONE : revision, flags, segments, Extra.NONE);
    }

    static Entry entry(FlagChangeEvent event) {
        return event instanceof Changed changed ? changed.entry() : ((Break) event).entry();
    }
}
