package dev.guidon.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the project, and what stands in them. */
final class Documentation {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n`]*)\\R(.*?)^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
    private static final Pattern TARGET = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"\\s]+)\"");
    private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    private Documentation() {}

    /** The pages in the root and in docs. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    static Path page(String name) {
        return ROOT.resolve(name);
    }

    /** The fenced blocks of a language, which is all that stands behind the fence. */
    static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).strip().equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    /** The rows of all tables whose first column has a heading, without that heading's row. */
    static List<List<String>> rows(Path page, String firstHeading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            if (!line.startsWith("|")) {
                inside = false;
            } else if (cells(line).get(0).equals(firstHeading)) {
                inside = true;
            } else if (inside && !line.startsWith("|---")) {
                rows.add(cells(line));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("(?<!\\\\)\\|")) {
            cells.add(cell.strip().replace("\\|", "|"));
        }
        return cells;
    }

    /** What a page links to within the project, as it is written; examples in code are no links. */
    static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        Matcher target = TARGET.matcher(prose(page).replaceAll("`[^`\\n]*`", ""));
        while (target.find()) {
            String link = target.group(1) == null ? target.group(2) : target.group(1);
            if (!link.matches("[a-z]+:.*")) {
                links.add(link);
            }
        }
        return links;
    }

    /** The names by which GitHub lets headings be linked to. */
    static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        Matcher heading = HEADING.matcher(prose(page));
        while (heading.find()) {
            String text = LINKED_TEXT.matcher(heading.group(1)).replaceAll("$1");
            String anchor = text.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                    .replace(' ', '-');
            int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
        }
        return anchors;
    }

    private static String prose(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).replaceAll("");
    }
}
