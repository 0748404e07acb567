package dev.guidon.redis.figures;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Loading 10,000 flags of 1 KB, from nothing and again. */
final class LoadFigures {

    static final String NAMESPACE = "load";

    private static final int FLAGS = 10_000;
    private static final long MOST_HEAP = 60_000_000;

    private LoadFigures() {}

    static void load(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            RedisFlagStore writing = bench.store(NAMESPACE);
            Bench.fill(writing, Bench.large(0, FLAGS, "x"));
            writing.close();
            for (int i = 0; i < 3; i++) {
                long[] cold = cold(bench.server.uri());
                report.add("connecting in a new process", Report.ms(cold[0]));
                report.add("load in a new process, connected", Report.ms(cold[1]), "1 s", cold[1] <= 1_000_000_000);
            }
            for (int i = 0; i < 3; i++) {
                once(bench.server.uri());
            }
            for (int i = 0; i < 3; i++) {
                long warm = once(bench.server.uri());
                report.add("load in a warm process", Report.ms(warm), "1 s", warm <= 1_000_000_000);
            }
            heap(report, bench, NAMESPACE, "of 3 rules");
            Bench.fill(bench.store("described"), Bench.described(FLAGS));
            heap(report, bench, "described", "of a long description");
        }
    }

    /** How long a new store takes, connecting included. */
    static long once(String uri) {
        long start = System.nanoTime();
        try (RedisFlagStore store = RedisFlagStore.open(uri, NAMESPACE)) {
            Definitions loaded = store.load();
            long nanos = System.nanoTime() - start;
            if (loaded.flags().size() != FLAGS) {
                throw new IllegalStateException(loaded.flags().size() + " flags");
            }
            return nanos;
        }
    }

    private static long[] cold(String uri) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdLoad.class.getName(),
                        uri)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return Arrays.stream(output.strip().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static void heap(Report report, Bench bench, String namespace, String flagsOf) throws InterruptedException {
        long before = usedHeap();
        RedisFlagStore store = bench.store(namespace);
        Definitions definitions = store.load();
        long loaded = usedHeap() - before;
        FeatureFlags flags = bench.closing(FeatureFlags.of(store));
        long all = usedHeap() - before;
        if (!flags.snapshot().revision().equals(definitions.revision())) {
            throw new IllegalStateException(flags.status().toString());
        }
        report.add("heap, flags " + flagsOf + ": definitions and cache", Report.bytes(loaded));
        report.add(
                "heap, flags " + flagsOf + ": with snapshot and connections",
                Report.bytes(all),
                "60 MB",
                all <= MOST_HEAP);
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** What comes from Redis when little or nothing has changed. */
    static void reload(Report report) throws Exception {
        try (Bench bench = new Bench()) {
            TcpProxy proxy = bench.closing(TcpProxy.to(bench.server.host(), bench.server.port()));
            RedisFlagStore writing = bench.store(NAMESPACE);
            Version[] versions = Bench.fill(writing, Bench.large(0, FLAGS, "x"));
            RedisFlagStore reading = bench.closing(RedisFlagStore.open("redis://127.0.0.1:" + proxy.port(), NAMESPACE));
            Definitions loaded = reading.load();
            long full = proxy.bytesToClient();
            report.add("bytes of a full load", Report.bytes(full));

            proxy.cut();
            Definitions again = reading.load();
            long unchanged = proxy.bytesToClient() - full;
            report.add("bytes after a reconnect, nothing changed", unchanged + " bytes", "10 kB", unchanged < 10_000);

            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                changes.add(new Change.Put(Bench.large(i, "y"), versions[i]));
            }
            writing.commit(ChangeSet.of("ann", null, changes));
            bench.server.command("DEL", "guidon:{" + NAMESPACE + "}:changes");
            long before = proxy.bytesToClient();
            Definitions other = reading.load();
            long bytes = proxy.bytesToClient() - before;
            if (!again.equals(loaded) || other.revision().equals(loaded.revision())) {
                throw new IllegalStateException("not loaded as expected");
            }
            long list = listOfVersions(bench);
            report.add("bytes of the list of versions and digests", Report.bytes(list));
            report.add(
                    "bytes after another history, 10 changed",
                    Report.bytes(bytes) + ", " + Report.number(100.0 * bytes / full) + " % of a full load",
                    "the list + 5 %",
                    bytes <= list + full / 20);
        }
    }

    /** As the server sends it: each field and value with its length in front and line ends. */
    private static long listOfVersions(Bench bench) {
        long bytes = 0;
        Object all = bench.server.command("HGETALL", "guidon:{" + NAMESPACE + "}:versions");
        for (Object each : (List<?>) Objects.requireNonNull(all)) {
            int length = String.valueOf(each).length();
            bytes += length + Integer.toString(length).length() + "$\r\n\r\n".length();
        }
        return bytes;
    }
}
