package dev.guidon.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What an author got wrong in a text that SnakeYAML cannot read, in the author's words and at the place to mend; SnakeYAML names the token
 * at which its grammar ends.
 *
 * @param found what stands there
 * @param allowed what may stand there
 * @param line the line, from 1
 * @param column the column, from 1
 */
record YamlMistake(String found, String allowed, int line, int column) {

    private static final String FIELD = "'field: value'";
    private static final String BLOCK_END = "expected <block end>, but found ";
    private static final Pattern FLOW = Pattern.compile("expected ',' or '(.)', but got (.*)");
    private static final Pattern FIRST = Pattern.compile("found character '(.)' that cannot start any token.*");
    private static final Pattern ESCAPE = Pattern.compile("found unknown escape character (.+)\\(\\d+\\)");
    private static final Pattern NO_SPACE = Pattern.compile("(\\s*(?:- +)*[\\w.$/-]+):\\S.*");

    /** What is found and what is allowed instead, by what SnakeYAML says word for word. */
    private static final Map<String, List<String>> WORDS = Map.of(
            BLOCK_END + "'<block mapping start>'",
            List.of(
                    "a line that is indented unlike its neighbours",
                    "the same indentation for all fields of an object"),
            BLOCK_END + "'<block sequence start>'",
            List.of("a line that is indented unlike its neighbours", "the same indentation for all entries of a list"),
            BLOCK_END + "'?'",
            List.of("a field among the entries of a list", "'- ' before each entry, or the indentation of a field"),
            BLOCK_END + "'-'",
            List.of("an entry of a list among fields", "entries of a list only below 'field:'"),
            BLOCK_END + "'}'",
            List.of("'}' without '{'", "brackets in pairs"),
            BLOCK_END + "']'",
            List.of("']' without '['", "brackets in pairs"),
            "expected the node content, but found '}'",
            List.of("'}' without '{'", "brackets in pairs"),
            "expected the node content, but found ']'",
            List.of("']' without '['", "brackets in pairs"),
            BLOCK_END + "'<scalar>'",
            List.of("a text after the end of a value", "one value; quotes within quotes as 'it''s' or \"\\\"\""),
            "sequence entries are not allowed here",
            List.of("'- ' within a line", "each entry of a list on a line of its own, or [a, b]"));

    static YamlMistake of(MarkedYamlEngineException refused, String yaml) {
        String problem = refused.getProblem() == null ? "" : refused.getProblem();
        Optional<Mark> at = refused.getProblemMark();
        Optional<Mark> start = refused.getContextMark().or(() -> at);
        Matcher flow = FLOW.matcher(problem);
        Matcher first = FIRST.matcher(problem);
        Matcher escape = ESCAPE.matcher(problem);
        List<String> words = WORDS.get(problem);
        if (words != null) {
            YamlMistake before = problem.endsWith("mapping start>'") ? noSpace(previous(at, yaml)) : null;
            return before == null ? at(at, words.get(0), words.get(1)) : before;
        } else if (problem.contains("(TAB)")) {
            return at(at, "a tab", "spaces, since YAML allows no tabs for indentation");
        } else if (first.matches()) {
            return at(at, "a text that begins with " + first.group(1), "quotes around such a text");
        } else if (problem.equals("mapping values are not allowed here")) {
            return colon(at, yaml);
        } else if (problem.equals("could not find expected ':'")) {
            return at(start, "a line without ':'", FIELD);
        } else if (flow.matches()) {
            String open = flow.group(1).equals("}") ? "'{'" : "'['";
            String until = flow.group(2).equals("<stream end>") ? " at the end" : " when '" + flow.group(2) + "' comes";
            return at(start, open + " that is still open" + until, "'" + flow.group(1) + "' and, between parts, ','");
        } else if ("while scanning a quoted scalar".equals(refused.getContext())) {
            return at(start, "a quotation mark that is not closed", "the same mark at the end of the text");
        } else if (escape.matches()) {
            return at(
                    at, "the escape \\" + escape.group(1), "an escape of YAML, \\\\ for a backslash, or single quotes");
        }
        return at(at, problem.replaceFirst("^found ", ""), YamlText.YAML);
    }

    private static YamlMistake at(Optional<Mark> mark, String found, String allowed) {
        int line = mark.map(Mark::getLine).orElse(-1) + 1;
        return new YamlMistake(found, allowed, line, mark.map(Mark::getColumn).orElse(-1) + 1);
    }

    /** A colon where no field can begin: its cause is in the same line, or in the one before. */
    private static YamlMistake colon(Optional<Mark> at, String yaml) {
        String line = line(at, yaml).text;
        int second = line.indexOf(": ");
        if (second >= 0 && second < at.map(Mark::getColumn).orElse(0)) {
            return at(at, "a second ': ' in a line", "quotes around a text that has ': '");
        }
        Line previous = previous(at, yaml);
        YamlMistake noSpace = noSpace(previous);
        if (noSpace != null) {
            return noSpace;
        } else if (!previous.text.isBlank() && !previous.text.contains(":")) {
            return new YamlMistake("a line without ':'", FIELD, previous.number, previous.indentation() + 1);
        } else if (!previous.text.isBlank() && new Line(line, 0).indentation() > previous.indentation()) {
            return at(at, "a field below one that has a value already", "the indentation of the field before");
        }
        return at(at, "':' where no field can be", FIELD + " on a line of its own");
    }

    private static @Nullable YamlMistake noSpace(Line line) {
        Matcher noSpace = NO_SPACE.matcher(line.text);
        return noSpace.matches() && !line.text.contains(": ")
                ? new YamlMistake("':' without a space behind it", FIELD, line.number, noSpace.end(1) + 1)
                : null;
    }

    /** A line and its number, from 1. */
    private record Line(String text, int number) {
        int indentation() {
            return text.length() - text.stripLeading().length();
        }
    }

    private static Line line(Optional<Mark> at, String yaml) {
        int number = at.map(Mark::getLine).orElse(0);
        return new Line(yaml.lines().skip(number).findFirst().orElse(""), number + 1);
    }

    /** The line before that holds something but a comment; an empty one if there is none. */
    private static Line previous(Optional<Mark> at, String yaml) {
        List<String> lines = yaml.lines().limit(at.map(Mark::getLine).orElse(0)).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (!lines.get(i).isBlank() && !lines.get(i).stripLeading().startsWith("#")) {
                return new Line(lines.get(i), i + 1);
            }
        }
        return new Line("", 0);
    }
}
