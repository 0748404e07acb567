package dev.guidon.redis.figures;

import dev.guidon.FlagEditor;
import dev.guidon.definition.About;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.redis.RawFollowers;
import dev.guidon.redis.RedisFlagStore;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What a commit of one flag costs Redis while many instances follow. The followers are connections only. */
final class FanOutFigures {

    private static final int FOLLOWERS = 2_000;
    private static final int LARGE = 250_000;
    private static final long MOST_MEMORY = 100_000_000;

    private FanOutFigures() {}

    static void fanOut(Report report) throws Exception {
        measure(report, "1 KB", 1_000);
        measure(report, "250 KB", LARGE);
    }

    private static void measure(Report report, String size, int bytes) throws Exception {
        try (Bench bench = new Bench("maxclients 5000", "appendonly no")) {
            RedisFlagStore store = bench.store("fan-out");
            FlagEditor editor = FlagEditor.of(store, "ann");
            Revision first = editor.put(flag(bytes, true));
            try (RawFollowers followers = new RawFollowers(bench.server, "fan-out", FOLLOWERS, first.number())) {
                until(() -> bench.info("clients", "blocked_clients") >= FOLLOWERS);
                double memory = bench.info("memory", "used_memory");
                long start = System.nanoTime();
                Revision second = editor.put(flag(bytes, false));
                long committed = System.nanoTime() - start;
                until(() -> followers.haveReached(second.number()));
                long applied = System.nanoTime() - start;
                double peak = bench.info("memory", "used_memory_peak") - memory;
                String name = FOLLOWERS + " followers, one flag of " + size + " changed: ";
                report.add(
                        name + "peak of Redis's memory above before",
                        Report.bytes((long) peak),
                        "100 MB",
                        peak <= MOST_MEMORY);
                report.add(name + "the commit", Report.ms(committed));
                report.add(name + "until all have it", Report.ms(applied));
                report.add(
                        name + "sent to each; at once",
                        Report.bytes(followers.bytes() / FOLLOWERS) + "; " + Report.bytes(followers.largest()));
            }
        }
    }

    private static Flag flag(int bytes, boolean enabled) {
        return Flag.bool("large", enabled).withAbout(new About("x".repeat(bytes), null, null, List.of(), null));
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
