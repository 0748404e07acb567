package dev.guidon.testkit;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Truth;
import dev.guidon.store.CommittedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stores of which each breaks one promise about what is read, as real ones have done. */
final class BrokenReads {

    private BrokenReads() {}

    private static void pause() {
        LockSupport.parkNanos(300_000);
    }

    /** Gives the newest commit first. */
    static class ReversesTheLog extends DelegatingStore {
        @Override
        public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
            Read read = super.read(after, limit, wait);
            if (read instanceof Read.Changes some) {
                List<CommittedChange> reversed = new ArrayList<>();
                some.changes().forEach(change -> reversed.add(0, change));
                return new Read.Changes(reversed);
            }
            return read;
        }
    }

    /** Forgets to log a removal. */
    static class LeavesCommitsOut extends DelegatingStore {
        @Override
        public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
            Read read = super.read(after, limit, wait);
            return read instanceof Read.Changes some && some.changes().size() > 3
                    ? new Read.Changes(some.changes().stream()
                            .filter(change -> change.revision().number() % 4 != 0)
                            .toList())
                    : read;
        }
    }

    /** Reads one definition after the other, without a transaction. */
    static class LoadsInPieces extends DelegatingStore {
        @Override
        public Definitions load() {
            Definitions first = good.load();
            Map<String, Versioned> flags = new LinkedHashMap<>();
            for (String key : first.flags().keySet()) {
                pause();
                Versioned now = good.load().flags().get(key);
                if (now != null) {
                    flags.put(key, now);
                }
            }
            return new Definitions(good.load().revision(), flags, first.segments(), first.extra());
        }
    }

    /** Answers from a cache that is filled again with every third load. */
    static class LoadsLate extends DelegatingStore {
        private int loads;
        private Definitions cached = good.load();

        @Override
        public synchronized Definitions load() {
            Definitions now = good.load();
            cached = loads++ % 3 == 0 ? now : cached;
            return cached;
        }
    }

    /** Lists consumers, and trims as if there were none. */
    static class TrimsPastConsumers extends DelegatingStore {
        private final Map<String, Long> consumers = new ConcurrentHashMap<>();

        @Override
        public void retain(String consumer, Revision reached) {
            super.retain(consumer, reached);
            super.release(consumer);
            consumers.put(consumer, reached.number());
        }

        @Override
        public void release(String consumer) {
            head();
            consumers.remove(consumer);
        }

        @Override
        public Map<String, Long> retained() {
            head();
            return Map.copyOf(consumers);
        }
    }

    /** Waits as long as it was told to, whatever happens. */
    static class HangsOnTail extends DelegatingStore {
        @Override
        public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
            Read now = super.read(after, limit, Duration.ZERO);
            if (now instanceof Read.Changes some && some.changes().isEmpty() && !wait.isZero()) {
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
                return super.read(after, limit, Duration.ZERO);
            }
            return now;
        }
    }

    /** Gives an empty answer where it has to say that it does not continue. */
    static class HidesGaps extends DelegatingStore {
        @Override
        public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
            Read read = super.read(after, limit, wait);
            return read instanceof Read.Gap ? new Read.Changes(List.of()) : read;
        }
    }

    /** Counts versions for each key from 1. */
    static class ReusesVersions extends DelegatingStore {
        @Override
        public Definitions load() {
            Definitions loaded = good.load();
            Map<String, Versioned> flags = new LinkedHashMap<>();
            loaded.flags()
                    .forEach((key, flag) ->
                            flags.put(key, new Versioned(flag.definition(), new Version(1, "always the same"))));
            return new Definitions(loaded.revision(), flags, loaded.segments(), loaded.extra());
        }
    }

    /** Reads a flag into the fields that it knows. */
    static class ForgetsUnknownFields extends DelegatingStore {
        @Override
        public Definitions load() {
            Definitions loaded = good.load();
            Map<String, Versioned> flags = new LinkedHashMap<>();
            loaded.flags()
                    .forEach((key, flag) -> flags.put(
                            key,
                            flag.definition() instanceof Flag read
                                            && !read.extra().fields().isEmpty()
                                    ? new Versioned(Flag.bool(key, read.enabled()), flag.version())
                                    : flag));
            return new Definitions(loaded.revision(), flags, loaded.segments(), loaded.extra());
        }
    }

    /** Answers from memory after it was closed. */
    static class WorksWhenClosed extends DelegatingStore {
        private volatile Definitions last = good.load();

        @Override
        public Definitions load() {
            if (good.status().available()) {
                last = good.load();
            }
            return last;
        }
    }

    /** Lets blocked readers wait on when it is closed. */
    static class DoesNotWakeReaders extends HangsOnTail {
        @Override
        public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
            Duration step = wait.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : wait;
            return good.status().available() ? super.read(after, limit, step) : super.read(after, limit, Duration.ZERO);
        }
    }

    /** Takes no for an answer where it does not know. */
    static class GuessesMembers extends DelegatingStore {
        @Override
        public SegmentMembers members() {
            return (segment, generation, member) ->
                    Truth.of(good.members().contains(segment, generation, member) == Truth.TRUE);
        }
    }
}
