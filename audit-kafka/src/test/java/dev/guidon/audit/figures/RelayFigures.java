package dev.guidon.audit.figures;

import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.AuditReport;
import dev.guidon.audit.AuditVerifier;
import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Version;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.ChangeSet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What the relay takes. */
final class RelayFigures {

    private static final int BACKLOG = 100_000;
    private static final int THREADS = 8;

    private static final int RATE = 20;
    private static final int WARM_SECONDS = 10;
    private static final int SECONDS = 60;

    private static final int IDLE_SECONDS = 30;
    private static final int TAKE_OVERS = 3;

    private RelayFigures() {}

    /** How fast a backlog gets into the topic, by a process that has published nothing before. */
    static void backlog(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore store = bench.store("backlog");
            fill(store);
            long start = System.nanoTime();
            AuditRelay relay = bench.relay(store);
            Bench.until(Duration.ofSeconds(60), () -> relay.status().state() == State.ACTIVE);
            long active = System.nanoTime();
            Bench.until(Duration.ofSeconds(80), () -> relay.status().published() >= BACKLOG);
            long end = System.nanoTime();
            double rate = BACKLOG * 1e9 / (end - active);
            report.add(
                    "a backlog of 100,000 changes of a flag of 1 KB published",
                    Report.number(rate) + " per s",
                    "5,000 per s",
                    rate >= 5_000);
            report.add(
                    "CPU time of the relay's thread for each of them",
                    Report.number(cpu("guidon-backlog-audit") / 1e3 / BACKLOG) + " µs");
            report.add("from the start of the first relay until it publishes", Report.seconds(active - start));
            verify(bench, report);
        }
    }

    private static double cpu(String thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(info -> info.getThreadName().equals(thread))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static void verify(Bench bench, Report report) {
        long start = System.nanoTime();
        AuditReport found = AuditVerifier.verify(
                Map.of("bootstrap.servers", bench.broker.bootstrapServers()), Bench.TOPIC, "backlog");
        long took = System.nanoTime() - start;
        report.add(
                "these records read and verified",
                Report.seconds(took) + (found.isWhole() && found.records() == BACKLOG ? "" : ", NOT WHOLE: " + found));
    }

    private static void fill(RedisFlagStore store) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    Version version = Version.NONE;
                    for (int j = 0; j < BACKLOG / THREADS; j++) {
                        ChangeSet put = Bench.put(Bench.flag(number, j % 2 == 0), version);
                        version = Version.of(store.commit(put).revision());
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** From when a commit is begun until a consumer has the record. */
    static void latency(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore store = bench.store("latency");
            Version version = Version.of(
                    store.commit(Bench.put(Bench.flag(0, true), Version.NONE)).revision());
            AuditRelay relay = bench.relay(store);
            Bench.until(Duration.ofSeconds(60), () -> relay.status().published() == 1);
            TopicReader reader = bench.closing(new TopicReader(bench.broker));
            List<Long> times = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            long next = System.nanoTime();
            for (int i = 1; i <= RATE * (WARM_SECONDS + SECONDS); i++) {
                ChangeSet put = Bench.put(Bench.flag(0, i % 2 == 0), version);
                times.add(System.nanoTime());
                ids.add(put.id());
                version = Version.of(store.commit(put).revision());
                next += TimeUnit.SECONDS.toNanos(1) / RATE;
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            }
            int warm = RATE * WARM_SECONDS;
            List<Long> took = new ArrayList<>();
            for (int i = warm; i < ids.size(); i++) {
                took.add(reader.at(ids.get(i)) - times.get(i));
            }
            took.sort(null);
            String what = "commit to readable by a read_committed consumer, 20 commits/s for 60 s: ";
            report.add(what + "p50", Report.ms(took.get(took.size() / 2)));
            long p99 = took.get(took.size() * 99 / 100);
            report.add(what + "p99", Report.ms(p99), "300 ms", p99 <= TimeUnit.MILLISECONDS.toNanos(300));
            report.add(what + "longest", Report.ms(took.get(took.size() - 1)));
        }
    }

    /** The CPU time of a process that does nothing but relay, when nothing is committed. */
    static void idle(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            TopicReader reader = bench.closing(new TopicReader(bench.broker));
            Process active = bench.relayProcess("idle");
            firstChange(bench.store("idle"), reader);
            Process standby = bench.relayProcess("idle");
            Process store = bench.storeProcess("idle");
            // Until what is compiled at all is compiled.
            TimeUnit.SECONDS.sleep(6 * IDLE_SECONDS);
            long activeBefore = cpu(active);
            long standbyBefore = cpu(standby);
            long storeBefore = cpu(store);
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double idle = percent(cpu(active) - activeBefore);
            double waiting = percent(cpu(standby) - standbyBefore);
            double alone = percent(cpu(store) - storeBefore);
            below1(report, "CPU of an idle relay's process over 30 s, of one core", idle);
            below1(report, "CPU of a standby's process, of one core", waiting);
            report.add("CPU of the same process with its store and no relay", Report.number(alone) + " %");
            report.add("what the idle relay adds", Report.number(idle - alone) + " %");
        }
    }

    private static void below1(Report report, String figure, double percent) {
        report.add(figure, Report.number(percent) + " %", "below 1 %", percent < 1);
    }

    private static double percent(long nanos) {
        return 100.0 * nanos / TimeUnit.SECONDS.toNanos(IDLE_SECONDS);
    }

    /** Of all threads, also those that compile and collect garbage. */
    private static long cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** From the end of the active relay's process until what is committed then can be read. */
    static void takeOver(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore store = bench.store("take-over");
            TopicReader reader = bench.closing(new TopicReader(bench.broker));
            Process active = bench.relayProcess("take-over");
            Version version = firstChange(store, reader);
            List<String> took = new ArrayList<>();
            for (int i = 1; i <= TAKE_OVERS; i++) {
                Process standby = bench.relayProcess("take-over");
                // Until it has joined, and the group has settled.
                TimeUnit.SECONDS.sleep(12);
                active.destroyForcibly().waitFor();
                long killed = System.nanoTime();
                ChangeSet put = Bench.put(Bench.flag(0, i % 2 == 0), version);
                version = Version.of(store.commit(put).revision());
                took.add(Report.seconds(reader.at(put.id()) - killed));
                active = standby;
            }
            report.add(
                    "active relay killed until the next change can be read, published by another",
                    String.join(", ", took));
        }
    }

    private static Version firstChange(RedisFlagStore store, TopicReader reader) {
        ChangeSet put = Bench.put(Bench.flag(0, true), Version.NONE);
        Version version = Version.of(store.commit(put).revision());
        reader.at(put.id());
        return version;
    }
}
