package dev.guidon.audit.figures;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** Measures the relay on this machine and prints a table. A goal that is missed is no failure. */
final class AuditFigures {

    private static final Map<String, Figure> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("backlog", RelayFigures::backlog);
        FIGURES.put("latency", RelayFigures::latency);
        FIGURES.put("idle", RelayFigures::idle);
        FIGURES.put("takeover", RelayFigures::takeOver);
    }

    private AuditFigures() {}

    /**
     * Measures.
     *
     * @param arguments which figures, with commas between them; all if there are none
     */
    public static void main(String[] arguments) {
        String asked = arguments.length == 0 || arguments[0].equals("all") ? "" : arguments[0];
        List<String> names = asked.isEmpty() ? List.copyOf(FIGURES.keySet()) : List.of(asked.split(",", -1));
        if (!FIGURES.keySet().containsAll(names)) {
            System.out.println("figures: found " + names + "; allowed: " + FIGURES.keySet());
            System.exit(1);
        }
        System.out.println(machine());
        Report report = new Report();
        for (String name : names) {
            System.out.println(name + ", load " + load());
            try {
                FIGURES.getOrDefault(name, ignored -> {}).measure(report);
            } catch (Exception e) {
                report.add(name, "failed: " + e, "", false);
            }
        }
        report.print();
        System.exit(0);
    }

    private static String load() {
        return Report.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String machine() {
        return String.join(
                ", ",
                Arrays.asList(
                        LocalDate.now(Clock.systemUTC()).toString(),
                        Runtime.getRuntime().availableProcessors() + " cores",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        "JDK " + System.getProperty("java.version"),
                        "kafka-clients " + AppInfoParser.getVersion()));
    }
}
