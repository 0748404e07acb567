package dev.guidon.json;

import dev.guidon.definition.Problem;
import dev.guidon.definition.Shown;
import dev.guidon.json.FlagFormatException.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;

/** How a document is written down. */
enum Notation {
    JSON,
    YAML;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The document as JSON. */
    String toJson(String text) {
        String source = source(text);
        return this == JSON ? source : YamlText.toJson(source);
    }

    /** An exception that tells where in the text the problems are. The text is known to be well-formed. */
    FlagFormatException refusal(String text, List<Problem> problems) {
        Map<String, TokenStreamLocation> places = places(text, problems);
        List<Finding> findings = new ArrayList<>();
        for (Problem problem : problems) {
            String path = problem.path();
            while (!path.isEmpty() && !places.containsKey(path)) {
                path = outer(path);
            }
            TokenStreamLocation place = places.getOrDefault(path, TokenStreamLocation.NA);
            findings.add(new Finding(problem, Math.max(0, place.getLineNr()), Math.max(0, place.getColumnNr())));
        }
        findings.sort(Comparator.comparingInt(Finding::line).thenComparingInt(Finding::column));
        return new FlagFormatException(findings);
    }

    private Map<String, TokenStreamLocation> places(String text, List<Problem> problems) {
        Set<String> wanted = new HashSet<>();
        long deepest = 0;
        for (Problem problem : problems) {
            String path = problem.path();
            deepest = Math.max(
                    deepest, 1 + path.chars().filter(c -> c == '.' || c == '[').count());
            while (!path.isEmpty() && wanted.add(path)) {
                path = outer(path);
            }
        }
        Map<String, TokenStreamLocation> places = new HashMap<>();
        String source = source(text);
        try (JsonParser parser = this == JSON ? JsonText.parser(source) : YamlText.parser(source)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                TokenStreamContext context = parser.streamReadContext();
                if (!token.isStructEnd() && context.getNestingDepth() <= deepest) {
                    String path = Shown.part(Syntax.path(context));
                    if (wanted.contains(path)) {
                        places.putIfAbsent(path, parser.currentTokenLocation());
                    }
                }
            }
        }
        return places;
    }

    private static String outer(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private static String source(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
