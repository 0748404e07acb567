package dev.guidon.benchmarks;

import dev.guidon.benchmarks.Contenders.Role;
import dev.guidon.benchmarks.Result.Mode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A picture of the nanoseconds, on a scale by powers of ten, readable on light and on dark pages. */
final class Chart {

    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 565;
    private static final int LABEL_WIDTH = 215;
    private static final int ROW = 20;
    private static final int HEAD = 34;
    private static final int GAP = 18;
    private static final double DECADES = 8;
    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .title { font-weight: 600 }
            .number { font-variant-numeric: tabular-nums }
            .PEER { fill: #8c959f } .CEILING { fill: #8c959f } .FLOOR { fill: #57606a } .GUIDON { fill: #0969da }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 }
            .PEER { fill: #6e7681 } .CEILING { fill: #6e7681 } .FLOOR { fill: #adbac7 } .GUIDON { fill: #58a6ff }
            }
            </style>
            """;

    private final Results results;

    Chart(Results results) {
        this.results = results;
    }

    String svg() {
        int most = Arrays.stream(Workload.values())
                .mapToInt(workload -> measured(workload).size())
                .max()
                .orElse(0);
        int panelHeight = HEAD + most * ROW + GAP;
        int rows = (Workload.values().length + COLUMNS - 1) / COLUMNS;
        int width = COLUMNS * PANEL_WIDTH;
        int height = rows * panelHeight + GAP;
        StringBuilder svg = new StringBuilder(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
                        + "aria-label=\"Nanoseconds per evaluation by workload and library\">%n",
                width, height));
        svg.append(STYLE);
        int panels = 0;
        for (Workload workload : Workload.values()) {
            panel(svg, workload, panels % COLUMNS * PANEL_WIDTH, panels / COLUMNS * panelHeight);
            panels++;
        }
        text(
                svg,
                "number",
                0,
                height - 4,
                "nanoseconds per evaluation, prebuilt context, one thread; bars on a logarithmic scale from 1 ns");
        return svg.append("</svg>\n").toString();
    }

    private void panel(StringBuilder svg, Workload workload, int x, int y) {
        text(svg, "title", x, y + 20, workload.title);
        int top = y + HEAD;
        for (Contenders contender : measured(workload)) {
            double nanos = nanos(contender, workload);
            double length = Math.max(2, Math.log10(Math.max(1, nanos)) / DECADES * (PANEL_WIDTH - LABEL_WIDTH - 90));
            text(svg, contender.role == Role.GUIDON ? "title" : "", x, top + 12, contender.title);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"13\" rx=\"2\"/>%n",
                    contender.role,
                    x + LABEL_WIDTH,
                    top + 1,
                    length));
            text(svg, "number", (int) (x + LABEL_WIDTH + length + 6), top + 12, Page.number(nanos) + " ns");
            top += ROW;
        }
    }

    private List<Contenders> measured(Workload workload) {
        return Arrays.stream(Contenders.values())
                .filter(contender ->
                        results.nanos(contender, workload, Mode.PREBUILT).isPresent())
                .sorted(Comparator.comparingDouble(contender -> nanos(contender, workload)))
                .toList();
    }

    private double nanos(Contenders contender, Workload workload) {
        return results.nanos(contender, workload, Mode.PREBUILT).orElse(Double.NaN);
    }

    private static void text(StringBuilder svg, String style, int x, int y, String text) {
        svg.append(String.format("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", style, x, y, text));
    }
}
