package dev.guidon.redis.figures;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** From a commit to the instances, and commits one after the other. */
final class CommitFigures {

    private static final int INSTANCES = 50;
    private static final int FLAGS = 100;
    private static final int COMMITS = 400;
    private static final long PERIOD = 50_000_000;
    private static final int UNCOUNTED = 40;
    private static final int ROUNDS = 3;
    private static final int PER_ROUND = 4_000;

    private CommitFigures() {}

    /** From the call of commit until a listener of the instance hears that the flags are in force. */
    static void applied(Report report) throws Exception {
        AtomicLongArray called = new AtomicLongArray(UNCOUNTED + COMMITS + 2);
        Samples samples = new Samples(INSTANCES * COMMITS);
        try (Bench bench = new Bench()) {
            RedisFlagStore writing = bench.store("applied");
            Version[] versions = Bench.fill(writing, Bench.small(0, FLAGS));
            ClientResources shared = bench.resources();
            Revision last = writing.changes().head();
            List<FeatureFlags> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                instances.add(bench.closing(FeatureFlags.builder(bench.store("applied", shared))
                        .listener(new Stopwatch(last.number(), called, samples))
                        .build()));
            }
            long start = System.nanoTime();
            for (int i = 1; i <= UNCOUNTED + COMMITS; i++) {
                pauseUntil(start + i * PERIOD);
                int flag = i % FLAGS;
                ChangeSet changeSet = put(flag, i % 2 == 0, versions);
                called.set(i, System.nanoTime());
                last = writing.commit(changeSet).revision();
                versions[flag] = Version.of(last);
            }
            for (FeatureFlags each : instances) {
                each.await(last, Duration.ofSeconds(5));
            }
            LockSupport.parkNanos(100_000_000);
        }
        String count = " of " + samples.count();
        report.add("commit to applied, 50 instances, 20 commits/s: p50", Report.ms(samples.at(0.5)) + count);
        long p99 = samples.at(0.99);
        report.add("commit to applied: p99", Report.ms(p99), "at most 25 ms", p99 <= 25_000_000);
        report.add("commit to applied: p99.9", Report.ms(samples.at(0.999)));
    }

    /** One after the other on one connection, in turn with few and with many flags. */
    static void serial(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            Writer few = new Writer(bench.store("few"), FLAGS);
            Writer many = new Writer(bench.store("many"), 100 * FLAGS);
            few.perSecond(PER_ROUND);
            many.perSecond(PER_ROUND);
            double bestOfFew = 0;
            double bestOfMany = 0;
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < ROUNDS; i++) {
                double withFew = few.perSecond(PER_ROUND);
                double withMany = many.perSecond(PER_ROUND);
                all.append(Report.number(withFew))
                        .append('/')
                        .append(Report.number(withMany))
                        .append(' ');
                bestOfFew = Math.max(bestOfFew, withFew);
                bestOfMany = Math.max(bestOfMany, withMany);
            }
            report.add(
                    "serial commits, 100/10,000 flags, all runs", all.toString().strip() + " per s");
            report.add("serial commits, 100 flags", Report.number(bestOfFew) + " per s", "1,500", bestOfFew >= 1_500);
            report.add(
                    "serial commits, 10,000 flags",
                    Report.number(bestOfMany) + " per s, " + Report.number(bestOfMany / bestOfFew),
                    "0.8 of that",
                    bestOfMany >= 0.8 * bestOfFew);
        }
    }

    private static ChangeSet put(int flag, boolean enabled, Version[] versions) {
        return ChangeSet.of("ann", null, List.of(new Change.Put(Bench.small(flag, enabled), versions[flag])));
    }

    private static void pauseUntil(long nanoTime) {
        long left;
        while ((left = nanoTime - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Notes for each commit how long it took to get here. */
    private static final class Stopwatch implements FlagsListener {

        private final long first;
        private final AtomicLongArray called;
        private final Samples samples;
        private long reached;

        Stopwatch(long first, AtomicLongArray called, Samples samples) {
            this.first = first;
            this.called = called;
            this.samples = samples;
        }

        @Override
        public void flagsChanged(Revision revision, Set<String> flags) {
            long now = System.nanoTime();
            while (reached < revision.number() - first) {
                reached++;
                if (reached > UNCOUNTED) {
                    samples.add(now - called.get((int) reached));
                }
            }
        }
    }

    /** Commits changes that are prepared, so that the store alone is measured. */
    private static final class Writer {

        private final RedisFlagStore store;
        private final Version[] versions;
        private long number;
        private int next;

        Writer(RedisFlagStore store, int flags) {
            this.store = store;
            this.versions = Bench.fill(store, Bench.small(0, flags));
            this.number = versions[flags - 1].number();
        }

        double perSecond(int commits) {
            List<ChangeSet> prepared = new ArrayList<>();
            for (int i = 0; i < commits; i++) {
                int flag = next++ % versions.length;
                ChangeSet changeSet = put(flag, next % 2 == 0, versions);
                prepared.add(changeSet);
                versions[flag] = new Version(++number, changeSet.id());
            }
            long start = System.nanoTime();
            prepared.forEach(store::commit);
            return commits * 1e9 / (System.nanoTime() - start);
        }
    }
}
