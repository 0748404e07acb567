package dev.guidon.redis.figures;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Truth;
import dev.guidon.redis.ExternalSegments;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Evaluation while Redis answers and while it does not, and look-ups in the near cache. */
final class EvaluationFigures {

    private static final int PAIRS = 4;
    private static final Duration PHASE = Duration.ofSeconds(2);
    private static final int MEMBERS = 10_000;
    private static final int LOOKUPS = 5_000_000;

    private EvaluationFigures() {}

    /** Each evaluation timed by itself, of a flag with rules and a rollout and of one that asks for cached members. */
    static void frozen(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore store = bench.store("frozen");
            Bench.fill(store, Bench.large(0, 100, "x"));
            store.commit(ChangeSet.of("ann", null, List.of(new Change.Put(Bench.lounge(), Version.NONE))));
            ExternalSegments.of(store, "ann")
                    .replace("premium", users(0, MEMBERS).iterator(), sent -> {});
            FeatureFlags flags = bench.closing(FeatureFlags.of(store));
            for (Asked asked : Asked.values()) {
                compare(report, bench, flags, asked);
            }
        }
    }

    private static void compare(Report report, Bench bench, FeatureFlags flags, Asked asked) {
        evaluate(flags, asked);
        Samples undisturbed = new Samples(60_000_000);
        Samples frozen = new Samples(60_000_000);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            Samples one = evaluate(flags, asked);
            bench.server.pause();
            Samples other;
            try {
                other = evaluate(flags, asked);
            } finally {
                bench.server.resume();
            }
            all.append(one.at(0.999)).append('/').append(other.at(0.999)).append(' ');
            one.moveTo(undisturbed);
            other.moveTo(frozen);
        }
        String name = "evaluation of " + asked.text + ", undisturbed/frozen: ";
        report.add(name + "p99.9 of all runs", all.toString().strip() + " ns");
        for (double share : new double[] {0.5, 0.999}) {
            double ratio = (double) frozen.at(share) / undisturbed.at(share);
            report.add(
                    name + "p" + (100 * share),
                    undisturbed.at(share) + "/" + frozen.at(share) + " ns, " + Report.number(ratio) + " times",
                    "1.5 times",
                    ratio <= 1.5);
        }
    }

    private static Samples evaluate(FeatureFlags flags, Asked asked) {
        Samples samples = new Samples(15_000_000);
        List<EvaluationContext> contexts =
                users(0, 1_000).stream().map(EvaluationContext::of).toList();
        long end = System.nanoTime() + PHASE.toNanos();
        for (int i = 0; ; i++) {
            EvaluationContext context = contexts.get(i % contexts.size());
            long before = System.nanoTime();
            flags.getBooleanValue(asked.key, false, context);
            long after = System.nanoTime();
            samples.add(after - before);
            if (after > end) {
                return samples;
            }
        }
    }

    /** Look-ups of members that are all in the near cache. */
    static void members(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore store = bench.store("members");
            List<String> users = users(0, MEMBERS);
            ExternalSegments.of(store, "ann").replace("premium", users.iterator(), sent -> {});
            String generation = Objects.requireNonNull(
                            store.load().segment("premium").orElseThrow().external())
                    .generation();
            long best = Long.MAX_VALUE;
            List<String> all = new ArrayList<>();
            for (int run = 0; run < 5; run++) {
                long nanos = lookUp(store.members(), generation, users);
                if (run >= 2) {
                    all.add(Report.number((double) nanos / LOOKUPS));
                    best = Math.min(best, nanos);
                }
            }
            double each = (double) best / LOOKUPS;
            report.add("look-up of a cached member, all runs", String.join(" ", all) + " ns");
            report.add("look-up of a cached member", Report.number(each) + " ns", "200 ns", each <= 200);
        }
    }

    private static long lookUp(SegmentMembers members, String generation, List<String> users) {
        long found = 0;
        long start = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            if (members.contains("premium", generation, users.get(i % MEMBERS)) == Truth.TRUE) {
                found++;
            }
        }
        long nanos = System.nanoTime() - start;
        if (found < LOOKUPS - MEMBERS) {
            throw new IllegalStateException("found " + found);
        }
        return nanos;
    }

    private static List<String> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "user-" + i).toList();
    }

    private enum Asked {
        RULES("flag-7", "rules and a rollout"),
        MEMBERS("lounge", "cached members");

        private final String key;
        private final String text;

        Asked(String key, String text) {
            this.key = key;
            this.text = text;
        }
    }
}
