package dev.guidon.redis.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was measured. */
final class Report {

    private final List<String[]> rows = new ArrayList<>();

    /** A figure that has no goal. */
    void add(String figure, String measured) {
        row(figure, measured, "", "");
    }

    void add(String figure, String measured, String goal, boolean met) {
        row(figure, measured, goal, met ? "met" : "MISSED");
    }

    private void row(String... cells) {
        rows.add(cells);
        System.out.println("  " + cells[0] + ": " + cells[1] + (cells[3].isEmpty() ? "" : " (" + cells[3] + ")"));
    }

    void print() {
        List<String[]> all = new ArrayList<>();
        all.add(new String[] {"figure", "measured", "goal", "met"});
        all.addAll(rows);
        int[] widths = new int[4];
        for (String[] row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        System.out.println();
        for (String[] row : all) {
            StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                line.append(' ')
                        .append(row[i])
                        .append(" ".repeat(widths[i] - row[i].length()))
                        .append(" |");
            }
            System.out.println(line);
            if (row == all.get(0)) {
                System.out.println(line.toString().replaceAll("[^|]", "-"));
            }
        }
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }

    static String ms(long nanos) {
        return number(nanos / 1e6) + " ms";
    }

    static String bytes(long bytes) {
        return bytes < 1_000_000 ? number(bytes / 1e3) + " kB" : number(bytes / 1e6) + " MB";
    }
}
