package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Problem;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the text of an export. A field that comes twice and a number without end are flaws of the flag or segment that they stand
 * in; broken JSON refuses the whole.
 */
final class ExportText {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** Signs, point and exponent of the longest number. */
    private static final int NUMBER_SIGNS = 12;

    private final JsonParser parser;
    private final ImportLog log;

    private ExportText(JsonParser parser, ImportLog log) {
        this.parser = parser;
        this.log = log;
    }

    /** A document of YAML, whose lines are not those of the JSON that it stands for, as a tree; null if it is none. */
    static @Nullable Node readYaml(FlagdDocuments.Part part, String root, ImportLog log) {
        try {
            return read(FlagFormat.yamlToJson(part.text()), part.line(), root, log);
        } catch (FlagFormatException e) {
            for (FlagFormatException.Finding found : e.findings()) {
                int line = part.line() + found.line();
                log.unreadable(new FlagFormatException.Finding(found.problem(), line, found.column()).toString());
            }
            return null;
        }
    }

    /**
     * The export as a tree; null if it is no JSON, which the log then tells.
     *
     * @param line how many lines of the file come before the text
     * @param root the path of the whole
     */
    static @Nullable Node read(String json, int line, String root, ImportLog log) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            try {
                FlagValue value = new ExportText(parser, log).value(parser.nextToken(), root);
                if (parser.nextToken() == null) {
                    return new Node(value, root, new Notes());
                }
                log.unreadable(place(line, parser.currentTokenLocation()), "something after the end");
            } catch (JacksonException e) {
                TokenStreamLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
                log.unreadable(place(line, at), e.getOriginalMessage());
            }
        }
        return null;
    }

    private static String place(int line, TokenStreamLocation at) {
        return "line " + (line + Math.max(0, at.getLineNr())) + ", column " + Math.max(0, at.getColumnNr());
    }

    private FlagValue value(@Nullable JsonToken token, String path) {
        if (token == null) {
            return FlagValue.NULL;
        }
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> FlagValue.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
            case VALUE_TRUE -> FlagValue.TRUE;
            case VALUE_FALSE -> FlagValue.FALSE;
            default -> FlagValue.NULL;
        };
    }

    private FlagValue object(String path) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String at = Node.within(path, name);
            if (fields.put(name, value(parser.nextToken(), at)) != null) {
                log.flaw(new Problem(at, "the field \"" + name + "\" again", "every field once"), at);
            }
        }
        return new FlagValue.Obj(fields);
    }

    private FlagValue array(String path) {
        List<FlagValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(token, path + "[" + values.size() + "]"));
        }
        return new FlagValue.Array(values);
    }

    private FlagValue number(String path) {
        String text = parser.getString();
        if (text.length() <= Limit.NUMBER_DIGITS.most() + NUMBER_SIGNS) {
            try {
                BigDecimal number = new BigDecimal(text);
                if (digits(number) <= Limit.NUMBER_DIGITS.most()) {
                    return new FlagValue.Number(number);
                }
            } catch (NumberFormatException e) {
                // an exponent of more than 32 bits: told below
            }
        }
        log.flaw(new Problem(path, text, Limit.NUMBER_DIGITS.text()), path);
        return FlagValue.of(0);
    }

    private static long digits(BigDecimal number) {
        long scale = number.scale();
        return scale <= 0 ? number.precision() - scale : Math.max(number.precision(), scale + 1);
    }
}
