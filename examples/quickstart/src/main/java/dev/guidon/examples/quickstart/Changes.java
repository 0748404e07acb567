package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;

/** Hears of every change once it is in force, whoever made it and where, and tells the pages and the console. */
@Component
@DependsOn("firstFlags")
class Changes {

    private static final int KEPT = 20;

    private final FlagStore store;
    private final FeatureFlags flags;
    private final Live live;
    private final Console console;
    private final Deque<Entry> latest = new ArrayDeque<>();
    private Revision known;

    Changes(FlagStore store, FeatureFlags flags, Live live, Console console) {
        this.store = store;
        this.flags = flags;
        this.live = live;
        this.console = console;
        known = store.changes().base();
        catchUp();
        flags.addListener(new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> keys) {
                tell(revision, keys);
            }
        });
    }

    private void tell(Revision revision, Set<String> keys) {
        Instant applied = Instant.now();
        catchUp();
        Entry entry = latest().stream()
                .filter(change -> change.revision() == revision.number())
                .findFirst()
                .orElse(null);
        live.tell("flags", new News(revision.number(), keys, entry, entry == null ? null : millis(entry, applied)));
        console.changed(entry, keys, flags.snapshot());
    }

    private static long millis(Entry entry, Instant applied) {
        return Math.max(0, Duration.between(entry.at(), applied).toMillis());
    }

    /** The latest changes, the newest first. */
    synchronized List<Entry> latest() {
        return List.copyOf(latest);
    }

    /** Reads on in the log of changes, from where it was last. */
    private synchronized void catchUp() {
        try {
            while (true) {
                Read read = store.changes().read(known, 100, Duration.ZERO);
                if (read instanceof Read.Gap gap) {
                    known = gap.head();
                } else if (read instanceof Read.Changes more && !more.changes().isEmpty()) {
                    more.changes().forEach(this::add);
                } else {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(CommittedChange change) {
        known = change.revision();
        latest.addFirst(Entry.of(change));
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
    }

    /** What pages are told. */
    record News(
            long revision,
            Set<String> flags,
            @Nullable Entry change,
            @Nullable Long millis) {}

    /** One commit, for people. */
    record Entry(
            long revision,
            Instant at,
            String actor,
            @Nullable String reason,
            List<String> what) {

        static Entry of(CommittedChange change) {
            List<String> what = change.edits().stream().map(Entry::words).toList();
            return new Entry(change.revision().number(), change.at(), change.actor(), change.reason(), what);
        }

        private static String words(CommittedChange.Edit edit) {
            String key = edit.id().key();
            if (edit.after() == null) {
                return key + " deleted";
            } else if (edit.before() == null) {
                return key + " created";
            } else if (edit.before().definition() instanceof Flag before
                    && edit.after().definition() instanceof Flag after) {
                return key + " " + difference(before, after);
            }
            return key + " edited";
        }

        private static String difference(Flag before, Flag after) {
            if (before.enabled() != after.enabled()) {
                return after.enabled() ? "on" : "off";
            }
            Percent from = Share.of(before);
            Percent to = Share.of(after);
            return from == null || to == null || from.equals(to) ? "edited" : from + " → " + to;
        }
    }
}
