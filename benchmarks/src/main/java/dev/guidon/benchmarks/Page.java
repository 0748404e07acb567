package dev.guidon.benchmarks;

import dev.guidon.benchmarks.Result.Mode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The generated part of docs/performance.md. */
final class Page {

    static final String BEGIN = "<!-- generated from here: do not edit -->";
    static final String END = "<!-- to here -->";

    private static final int FACTOR_PEER = 4;
    private static final int FACTOR_FLOOR = 2;
    private static final int MOST_FOR_METRICS = 15;

    private final Results results;
    private final Machine machine;
    private final List<String> figures;

    Page(Results results, Machine machine, List<String> figures) {
        this.results = results;
        this.machine = machine;
        this.figures = figures;
    }

    /** Replaces what is between the markers. */
    String into(String page) {
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page lacks the markers " + BEGIN + " and " + END);
        }
        return page.substring(0, from) + BEGIN + "\n\n" + text() + "\n" + page.substring(to);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Measured on ")
                .append(machine.date())
                .append(" by `")
                .append(machine.command())
                .append("` on ")
                .append(machine.text())
                .append(": [all results](performance.json).\n\n");
        if (results.has(Mode.PREBUILT)) {
            text.append("![Nanoseconds per evaluation, by workload and library](performance.svg)\n\n");
            goals(text, Mode.PREBUILT);
            metrics(text);
        }
        if (results.has(Mode.BUILT)) {
            goals(text, Mode.BUILT);
        }
        for (Mode mode : Mode.values()) {
            if (results.has(mode)) {
                table(text, mode);
            }
        }
        text.append(reasons()).append('\n');
        if (results.has(Mode.TWO_THREADS)) {
            scaling(text);
        }
        figures.forEach(figure -> text.append(figure).append("\n"));
        return text.toString();
    }

    private void goals(StringBuilder text, Mode mode) {
        text.append("### Guidon beside the fastest of the others and the floor, ")
                .append(mode.title)
                .append("\n\n")
                .append(
                        "| workload | Guidon | by hand | fastest other library | it takes, times Guidon | goal | met |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (Workload workload : Workload.values()) {
            double guidon = results.nanos(Contenders.GUIDON, workload, mode).orElse(Double.NaN);
            if (Double.isNaN(guidon)) {
                continue;
            }
            double floor = results.nanos(Contenders.BY_HAND, workload, mode).orElse(Double.NaN);
            Contenders peer = results.fastestPeer(workload, mode).orElse(Contenders.BY_HAND);
            double ratio =
                    results.ratio(Contenders.GUIDON, peer, workload, mode).orElse(Double.NaN);
            double above = results.ratio(Contenders.BY_HAND, Contenders.GUIDON, workload, mode)
                    .orElse(Double.NaN);
            boolean met = ratio >= FACTOR_PEER || above <= FACTOR_FLOOR;
            text.append(String.format(
                    "| %s | %s | %s | %s: %s | %.1f | %s ns | %s |%n",
                    workload.title,
                    nanos(guidon),
                    nanos(floor),
                    peer.title,
                    nanos(results.nanos(peer, workload, mode).orElse(Double.NaN)),
                    ratio,
                    number(Math.max(FACTOR_FLOOR * floor, ratio * guidon / FACTOR_PEER)),
                    met ? "yes" : ratio < 1 ? "no: " + peer.title + " is faster" : "no"));
        }
        text.append("\nThe goal is ")
                .append(FACTOR_PEER)
                .append(" times as fast as the fastest other library, or within ")
                .append(FACTOR_FLOOR)
                .append(" times the code by hand, whichever is slower.\n\n");
    }

    private void metrics(StringBuilder text) {
        text.append("### What metrics add\n\n")
                .append("Nanoseconds per evaluation, with a prebuilt context on one thread; the goal is at most ")
                .append(MOST_FOR_METRICS)
                .append(".\n\n| workload | more | met |\n|---|---|---|\n");
        for (Workload workload : Workload.values()) {
            results.difference(Contenders.GUIDON, Contenders.GUIDON_METRICS, workload, Mode.PREBUILT)
                    .ifPresent(more -> text.append(String.format(
                            "| %s | %s | %s |%n",
                            workload.title, number(more), more <= MOST_FOR_METRICS ? "yes" : "no")));
        }
        text.append('\n');
    }

    private void table(StringBuilder text, Mode mode) {
        text.append("### ")
                .append(capitalised(mode.title))
                .append("\n\nNanoseconds and bytes per evaluation.\n\n| library |");
        for (Workload workload : Workload.values()) {
            text.append(' ').append(workload.title).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Workload.values().length)).append('\n');
        for (Contenders contender : measured(mode)) {
            String version = contender.version();
            text.append("| ")
                    .append(contender.title)
                    .append(version.isEmpty() ? "" : " " + version)
                    .append(" |");
            for (Workload workload : Workload.values()) {
                OptionalDouble nanos = results.nanos(contender, workload, mode);
                text.append(' ')
                        .append(
                                nanos.isEmpty()
                                        ? "–"
                                        : number(nanos.getAsDouble()) + " / "
                                                + number(results.bytes(contender, workload, mode)
                                                        .orElse(Double.NaN)))
                        .append(" |");
            }
            text.append('\n');
        }
        text.append('\n');
    }

    private List<Contenders> measured(Mode mode) {
        return Arrays.stream(Contenders.values())
                .filter(contender -> Arrays.stream(Workload.values())
                        .anyMatch(workload ->
                                results.nanos(contender, workload, mode).isPresent()))
                .toList();
    }

    private static String reasons() {
        return Arrays.stream(Contenders.values())
                .filter(contender -> !contender.unsupported.isEmpty())
                .map(contender -> contender.title + ": "
                        + contender.unsupported.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .collect(Collectors.groupingBy(
                                        Map.Entry::getValue,
                                        LinkedHashMap::new,
                                        Collectors.mapping(entry -> entry.getKey().title, Collectors.joining("; "))))
                                .entrySet()
                                .stream()
                                .map(entry -> entry.getValue() + ": " + entry.getKey())
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(".\n- ", "What is not there (–), and why:\n\n- ", ".\n"));
    }

    private void scaling(StringBuilder text) {
        text.append(
                "### Two threads\n\nHow many times the evaluations per second of one thread two threads do; the goal is 1.8.\n\n| library |");
        for (Workload workload : Workload.values()) {
            text.append(' ').append(workload.title).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Workload.values().length)).append('\n');
        for (Contenders contender : measured(Mode.TWO_THREADS)) {
            text.append("| ").append(contender.title).append(" |");
            for (Workload workload : Workload.values()) {
                OptionalDouble scaling = results.scaling(contender, workload);
                text.append(' ')
                        .append(scaling.isEmpty() ? "–" : String.format(Locale.ROOT, "%.2f", scaling.getAsDouble()))
                        .append(" |");
            }
            text.append('\n');
        }
        text.append('\n');
    }

    private static String nanos(double value) {
        return number(value) + " ns";
    }

    static String number(double value) {
        return Double.isNaN(value)
                ? "–"
                : value < 0.5 ? "0" : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
