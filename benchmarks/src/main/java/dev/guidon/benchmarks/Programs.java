package dev.guidon.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures what happens once, each in new processes, on this JDK and on those whose homes the property {@code bench.jdks} names. */
final class Programs {

    private static final int STARTS = 11;
    private static final int MOST_MILLIS = 150;

    /** One class of each jar that an application needs that has nothing but Guidon's core. */
    private static final List<String> NEEDED = List.of(
            Programs.class.getName(),
            "dev.guidon.FeatureFlags",
            "tools.jackson.core.JsonParser",
            "tools.jackson.dataformat.yaml.YAMLFactory",
            "org.snakeyaml.engine.v2.api.Load",
            "com.google.re2j.Pattern",
            "org.slf4j.Logger",
            "org.slf4j.simple.SimpleLogger");

    List<String> run() {
        return List.of(rules(), firstAnswer(), compile(), swap());
    }

    private static String rules() {
        StringBuilder text = new StringBuilder("""
                ### Where the time of rules goes

                Nanoseconds per evaluation with a prebuilt context, the best of 60 rounds of a loop over the users. What the loop itself takes is part of each, and stands in the last row.

                | flag | time |
                |---|---|
                """);
        for (String line : java(homes().get(0), RuleCost.class)) {
            String[] figures = line.split(" ", 2);
            text.append(String.format(Locale.ROOT, "| %s | %.1f |%n", figures[1], Double.parseDouble(figures[0])));
        }
        return text.toString();
    }

    private static String firstAnswer() {
        String file = TemporaryFile.of(".json", Samples.json(1_000)).toString();
        StringBuilder text = new StringBuilder("""
                ### Cold start

                From the start of `main` to the first answer, 1,000 flags in a JSON file, %d new processes each; the goal is 150 ms. The class path
                holds the core and what it needs. By default the store keeps a history beside the file, which it reads too. Then the same is done
                again in the same process, to see what is only slow at first: classes that are loaded and code that is interpreted.

                | JDK | store | median | slowest | met | second time | twentieth |
                |---|---|---|---|---|---|---|
                """.formatted(STARTS));
        for (Path home : homes()) {
            text.append(starts(home, file, "read-only")).append(starts(home, file, "default"));
        }
        return text.toString();
    }

    private static String starts(Path home, String file, String store) {
        List<double[]> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            String millis = java(home, FirstAnswer.class, file, store).get(0);
            starts.add(Arrays.stream(millis.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        double median = sorted(starts, 0)[STARTS / 2];
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f ms | %.0f ms | %s | %.0f ms | %.0f ms |%n",
                home.getFileName(),
                store,
                median,
                sorted(starts, 0)[STARTS - 1],
                median <= MOST_MILLIS ? "yes" : "no",
                sorted(starts, 1)[STARTS / 2],
                sorted(starts, 2)[STARTS / 2]);
    }

    private static double[] sorted(List<double[]> starts, int time) {
        return starts.stream().mapToDouble(start -> start[time]).sorted().toArray();
    }

    private static String compile() {
        StringBuilder text = new StringBuilder("""
                ### Compiling a snapshot

                Flags with three rules, one of them a rollout. 10,000 of them are to compile within 500 ms.

                | flags | in a new process | in a warm one | heap of the snapshot |
                |---|---|---|---|
                """);
        for (int count : new int[] {100, 1_000, 10_000, 100_000}) {
            String[] figures = java(homes().get(0), CompileCost.class, Integer.toString(count))
                    .get(0)
                    .split(" ", -1);
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.1f ms | %.2f ms | %.1f MB |%n",
                    count,
                    Double.parseDouble(figures[0]),
                    Double.parseDouble(figures[1]),
                    Double.parseDouble(figures[2])));
        }
        return text.toString();
    }

    private static String swap() {
        StringBuilder text = new StringBuilder("""
                ### Snapshots that are swapped under load

                One thread evaluates 20,000,000 times, reading a clock around each; 1,000 flags, of which another thread changes one every 10 ms.

                | snapshots swapped | p50 | p99 | p99.9 |
                |---|---|---|---|
                """);
        for (String line : java(homes().get(0), SwapUnderLoad.class)) {
            String[] figures = line.split(" ", -1);
            text.append(
                    String.format("| %s | %s ns | %s ns | %s ns |%n", figures[0], figures[1], figures[2], figures[3]));
        }
        return text.toString();
    }

    private static String jar(String name) {
        try {
            return Path.of(Class.forName(name)
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> homes() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Arrays.stream(System.getProperty("bench.jdks", "").split(",", -1))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .forEach(homes::add);
        return homes;
    }

    private static List<String> java(Path home, Class<?> program, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(
                                home.resolve("bin/java").toString(),
                                "-Xms2g",
                                "-Xmx2g",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                NEEDED.stream().map(Programs::jar).collect(Collectors.joining(File.pathSeparator)),
                                program.getName()),
                        Arrays.stream(arguments))
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program.getSimpleName() + " failed: " + output);
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
