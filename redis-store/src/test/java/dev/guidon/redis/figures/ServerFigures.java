package dev.guidon.redis.figures;

import dev.guidon.FeatureFlags;
import dev.guidon.redis.ExternalSegments;
import dev.guidon.redis.RedisFlagStore;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What the server has to bear: millions of members, and hundreds of instances. */
final class ServerFigures {

    private static final int MEMBERS = 5_000_000;
    private static final int INSTANCES = 500;
    private static final int SECONDS = 10;
    private static final long MOST_MICROS = 50_000;

    private ServerFigures() {}

    static void members(Report report) throws Exception {
        try (Bench bench = new Bench("appendonly no", "slowlog-log-slower-than 10000", "slowlog-max-len 1000")) {
            ExternalSegments segments =
                    ExternalSegments.of(bench.store("members"), "ann").keepingOld(Duration.ZERO);
            double before = bench.info("memory", "used_memory");
            load(report, bench, segments, "first load");
            double memory = bench.info("memory", "used_memory") - before;
            report.add("memory of Redis for 5,000,000 members", Report.bytes((long) memory));
            load(report, bench, segments, "second load and removal of the first");
            report.add("peak of Redis's memory", Report.bytes((long) bench.info("memory", "used_memory_peak")));
        }
    }

    private static void load(Report report, Bench bench, ExternalSegments segments, String name) {
        bench.server.command("SLOWLOG", "RESET");
        bench.server.command("CONFIG", "RESETSTAT");
        long start = System.nanoTime();
        segments.replace(
                "premium",
                IntStream.range(0, MEMBERS).mapToObj(i -> "user-" + i).iterator(),
                sent -> {});
        double perSecond = MEMBERS * 1e9 / (System.nanoTime() - start);
        report.add(name + " of 5,000,000 members", Report.number(perSecond) + " per s", "100,000", perSecond >= 1e5);
        report.add(name + ": µs per SADD of 1,000, UNLINK", perCall(bench, "sadd") + ", " + perCall(bench, "unlink"));
        List<?> slow = (List<?>) Objects.requireNonNull(bench.server.command("SLOWLOG", "GET", "1000"));
        long slowest = 0;
        String which = "none above 10 ms";
        for (Object each : slow) {
            List<?> entry = (List<?>) each;
            long micros = Long.parseLong(String.valueOf(entry.get(2)));
            if (micros > slowest) {
                slowest = micros;
                which = ((List<?>) entry.get(3)).get(0) + " " + Report.number(micros / 1e3) + " ms, " + slow.size()
                        + " above 10 ms";
            }
        }
        report.add(name + ": slowest command", which, "50 ms", slowest <= MOST_MICROS);
    }

    private static String perCall(Bench bench, String command) {
        return bench.server
                .text("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .filter(field -> field.startsWith("usec_per_call="))
                .map(field -> field.substring("usec_per_call=".length()))
                .findFirst()
                .orElse("none");
    }

    static void idle(Report report) throws Exception {
        try (Bench bench = new Bench("maxclients 5000")) {
            Bench.fill(bench.store("idle"), Bench.small(0, 100));
            double memory = bench.info("memory", "used_memory");
            double idleBefore = cpu(bench);
            ClientResources shared = bench.resources();
            for (int i = 0; i < INSTANCES; i++) {
                RedisFlagStore store = bench.store("idle", shared);
                bench.closing(FeatureFlags.of(store));
            }
            double connecting = cpu(bench) - idleBefore;
            Thread.sleep(2_000);
            double perInstance = (bench.info("memory", "used_memory") - memory) / INSTANCES;
            double commands = bench.info("stats", "total_commands_processed");
            double before = cpu(bench);
            Thread.sleep(SECONDS * 1_000L);
            double used = cpu(bench) - before;
            double perSecond = (bench.info("stats", "total_commands_processed") - commands) / SECONDS;
            report.add("500 idle instances: connections", Report.number(bench.info("clients", "connected_clients")));
            report.add("500 idle instances: memory of Redis", Report.bytes((long) perInstance) + " per instance");
            report.add("500 idle instances: CPU of Redis to start them", Report.number(connecting) + " s");
            report.add(
                    "500 idle instances: CPU of Redis",
                    Report.number(used) + " s in 10 s, " + Report.number(perSecond) + " commands per s");
        }
    }

    private static double cpu(Bench bench) {
        return bench.info("cpu", "used_cpu_user") + bench.info("cpu", "used_cpu_sys");
    }
}
