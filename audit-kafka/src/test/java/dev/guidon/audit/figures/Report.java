package dev.guidon.audit.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was measured. */
final class Report {

    private final List<String> rows = new ArrayList<>();

    /** A figure that has no goal. */
    void add(String figure, String measured) {
        row(figure, measured, "", "");
    }

    void add(String figure, String measured, String goal, boolean met) {
        row(figure, measured, goal, met ? "yes" : "no");
    }

    private void row(String figure, String measured, String goal, String met) {
        rows.add("| " + String.join(" | ", figure, measured, goal, met) + " |");
        System.out.println(
                "  " + figure + ": " + measured + (met.isEmpty() ? "" : " (goal " + goal + ": " + met + ")"));
    }

    void print() {
        System.out.println();
        System.out.println("| figure | measured | goal | met |");
        System.out.println("|---|---|---|---|");
        rows.forEach(System.out::println);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    static String ms(long nanos) {
        return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%,.1f s", nanos / 1e9);
    }
}
