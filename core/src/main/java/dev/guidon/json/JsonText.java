package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** JSON text and the values in it. */
final class JsonText {

    /** Nesting is limited to bound the stack. Long texts, names and numbers are refused later, one definition at a time. */
    static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(500)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    /** Signs, point and exponent of the longest number that the limit allows. */
    private static final int NUMBER_SIGNS = 12;

    private static final String JSON = "JSON (RFC 8259)";

    private JsonText() {}

    static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /**
     * The value that a text holds. A number beyond the limit goes into the report and becomes 0.
     *
     * @throws FlagFormatException if the text is not JSON, or has an object with a field twice
     */
    static FlagValue read(String json, Report report) {
        return parse(json, parser -> value(parser.nextToken(), parser, report));
    }

    /** The value that a text holds, numbers beyond the limit aside; null if it is not JSON. */
    static @Nullable FlagValue valueOf(String text) {
        try {
            return read(text, new Report());
        } catch (FlagFormatException e) {
            return null;
        }
    }

    private static <T> T parse(String json, Function<JsonParser, T> reading) {
        try (JsonParser parser = parser(json)) {
            try {
                T read = reading.apply(parser);
                if (parser.nextToken() != null) {
                    throw Syntax.refusal(parser, "something after the end", "one JSON value");
                }
                return read;
            } catch (JacksonException e) {
                throw Syntax.refusal(parser, e, JSON);
            }
        }
    }

    private static FlagValue value(@Nullable JsonToken token, JsonParser parser, Report report) {
        if (token == null) {
            throw Syntax.refusal(parser, "nothing", JSON);
        }
        return switch (token) {
            case START_OBJECT -> object(parser, report);
            case START_ARRAY -> array(parser, report);
            case VALUE_STRING -> SharedTexts.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, report);
            case VALUE_TRUE -> FlagValue.TRUE;
            case VALUE_FALSE -> FlagValue.FALSE;
            default -> FlagValue.NULL;
        };
    }

    private static FlagValue object(JsonParser parser, Report report) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = SharedTexts.of(Syntax.name(parser)).value();
            fields.put(name, value(parser.nextToken(), parser, report));
        }
        return new FlagValue.Obj(fields);
    }

    private static FlagValue array(JsonParser parser, Report report) {
        List<FlagValue> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(token, parser, report));
        }
        return new FlagValue.Array(values);
    }

    private static FlagValue number(JsonParser parser, Report report) {
        String text = parser.getString();
        if (text.length() <= Limit.NUMBER_DIGITS.most() + NUMBER_SIGNS) {
            try {
                BigDecimal number = new BigDecimal(text);
                if (digits(number) <= Limit.NUMBER_DIGITS.most()) {
                    return new FlagValue.Number(number);
                }
            } catch (NumberFormatException e) {
                // an exponent of more than 32 bits: told below, like any other number of too many digits
            }
        }
        report.add(new Problem(Syntax.path(parser.streamReadContext()), text, Limit.NUMBER_DIGITS.text()));
        return FlagValue.of(0);
    }

    private static long digits(BigDecimal number) {
        long scale = number.scale();
        return scale <= 0 ? number.precision() - scale : Math.max(number.precision(), scale + 1);
    }

    /**
     * The compact JSON of a value.
     *
     * @throws FlagFormatException if it is nested more deeply than anything that can be read
     */
    static String write(FlagValue value) {
        if (Node.deeper(value, CONSTRAINTS.getMaxNestingDepth())) {
            throw Syntax.refusal("", "another level", Limit.VALUE_DEPTH.text(), 0, 0);
        }
        return value.toString();
    }

    /**
     * The texts of a document's fields as they were written. Of those that have a map waiting, the texts of their own fields go there, if
     * they are objects.
     */
    static Map<String, String> fields(String json, Map<String, Map<String, String>> inner) {
        return parse(json, parser -> {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw Syntax.refusal(parser, first == null ? "nothing" : parser.getString(), "an object");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = Syntax.name(parser);
                Map<String, String> waiting = inner.get(name);
                if (parser.nextToken() == JsonToken.START_OBJECT && waiting != null) {
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        String key = Syntax.name(parser);
                        parser.nextToken();
                        waiting.put(key, text(json, parser));
                    }
                } else {
                    fields.put(name, text(json, parser));
                }
            }
            return fields;
        });
    }

    /** The text of the value that the parser stands at the beginning of; then it stands at the end. */
    private static String text(String json, JsonParser parser) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getCharOffset();
        return json.substring(start, end);
    }

    /** The text without white space between its tokens. */
    static String compact(String json) {
        StringBuilder compact = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\' && i + 1 < json.length()) {
                compact.append(c);
                c = json.charAt(++i);
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
                continue;
            }
            compact.append(c);
        }
        return compact.length() == json.length() ? json : compact.toString();
    }

    static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is four bytes: two for each half.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
