package dev.guidon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that all systems answer alike, measures them, and writes docs/performance.md, .json and .svg. The first argument is
 * {@code quick} or {@code full}, the second the folder of the docs; the properties {@code bench.contenders} and
 * {@code bench.workloads} narrow what is measured, {@code bench.rounds} sets how often.
 */
@SuppressWarnings("SystemOut") // A program for the command line.
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs it.
     *
     * @param arguments the effort and the folder of the docs
     */
    public static void main(String[] arguments) throws IOException {
        Effort effort = Effort.of(arguments[0]);
        Path docs = Path.of(arguments[1]);
        List<Contenders> contenders = chosen("bench.contenders", Contenders.values());
        List<Workload> workloads = chosen("bench.workloads", Workload.values());
        contenders.forEach(Benchmarks::check);
        System.setProperty("jmh.ignoreLock", "true");

        Results results = new Results(new Measurement(effort, contenders, workloads).run());
        List<String> figures = effort.programs() ? new Programs().run() : List.of();

        Machine machine = Machine.here("mvn -q -Pbenchmarks -pl benchmarks -am test-compile"
                + (effort.name().equals("quick") ? "" : " -Dbench=" + effort.name())
                + (Integer.getInteger("bench.rounds") == null ? "" : " -Dbench.rounds=" + effort.rounds()));
        Page page = new Page(results, machine, figures);
        System.out.println(page.text());
        boolean all = contenders.size() == Contenders.values().length && workloads.size() == Workload.values().length;
        if (all) {
            Path file = docs.resolve("performance.md");
            Files.writeString(file, page.into(Files.readString(file)));
            Files.writeString(docs.resolve("performance.svg"), new Chart(results).svg());
            Files.writeString(docs.resolve("performance.json"), json(results, machine));
            System.out.println("Written to " + file.toAbsolutePath().normalize());
        }
        System.exit(0); // Some systems leave threads behind.
    }

    private static void check(Contenders contender) {
        try (Contender<?> system = contender.open()) {
            List<String> problems = AnswerCheck.problems(contender, system);
            if (!problems.isEmpty()) {
                throw new IllegalStateException(contender.title + " answers otherwise: " + problems);
            }
        }
    }

    private static <T extends Enum<T>> List<T> chosen(String property, T[] all) {
        String names = System.getProperty(property, "");
        return Arrays.stream(all)
                .filter(one ->
                        names.isBlank() || Arrays.asList(names.split(",", -1)).contains(one.name()))
                .toList();
    }

    private static String json(Results results, Machine machine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", machine.date());
        json.put("command", machine.command());
        json.put("machine", machine.text());
        Map<String, String> versions = new LinkedHashMap<>();
        for (Contenders contender : Contenders.values()) {
            versions.put(contender.title, contender.version());
        }
        json.put("versions", versions);
        json.put("results", results.all());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(json)
                .concat("\n");
    }
}
