package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads YAML as the JSON that it stands for. What has no counterpart in JSON is refused: anchors, aliases, merge keys, tags,
 * keys that are no scalars, several documents.
 *
 * <p>Unquoted, {@code true}, {@code false}, {@code null}, {@code ~} and JSON's own numbers are what they look like; any other
 * scalar is a string as it is written ({@code on}, {@code 012}, {@code 0x1F}, {@code 1_000}, {@code 2027-01-31}).
 */
final class YamlText {

    /** SnakeYAML's own limit of 3 MiB is about aliases that multiply; there are none here. */
    private static final int CODE_POINTS = 512 * 1024 * 1024;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Map<Integer, String> REFUSED =
            Map.of((int) '&', "an anchor", (int) '*', "an alias", (int) '!', "a tag");
    private static final int NEXT_LINE = 0x85;
    private static final int NO_BREAK_SPACE = 0xA0;
    static final String YAML = "YAML 1.2";

    private final int[] source;
    private final JsonParser parser;
    private final StringBuilder json = new StringBuilder();

    private YamlText(int[] source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * A parser whose buffer takes the whole text. With a smaller one SnakeYAML Engine 3.0.1 fails on a surrogate pair at the
     * buffer's end, and needs quadratic time for long scalars.
     */
    static JsonParser parser(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(CODE_POINTS)
                .setBufferSize(yaml.length() + 1)
                .build();
        return YAMLFactory.builder()
                .streamReadConstraints(JsonText.CONSTRAINTS)
                .loadSettings(settings)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(ObjectReadContext.empty(), yaml);
    }

    /**
     * The compact JSON that a YAML text stands for.
     *
     * @throws FlagFormatException if there is none
     */
    static String toJson(String yaml) {
        int[] source = yaml.codePoints().toArray();
        checkPrintable(source);
        try (JsonParser parser = parser(yaml)) {
            try {
                return new YamlText(source, parser).document();
            } catch (JacksonException e) {
                throw e.getCause() instanceof MarkedYamlEngineException refused
                        ? Syntax.refusal(parser, YamlMistake.of(refused, yaml))
                        : Syntax.refusal(parser, e, YAML);
            }
        }
    }

    private static void checkPrintable(int[] source) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '\n') {
                line++;
                lineStart = i + 1;
            } else if (!isPrintable(source[i])) {
                String found = "the character U+%04X".formatted(source[i]);
                throw Syntax.refusal(
                        "", found, "printable characters, others escaped in double quotes", line, i - lineStart + 1);
            }
        }
    }

    /** The character set of YAML 1.2.2, section 5.1. */
    static boolean isPrintable(int c) {
        boolean ascii = (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r';
        boolean other = c == NEXT_LINE || c >= NO_BREAK_SPACE;
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return ascii || (other && !surrogate && c != 0xFFFE && c != 0xFFFF);
    }

    private String document() {
        value(parser.nextToken());
        if (parser.nextToken() != null) {
            throw Syntax.refusal(parser, "a second document", "one document");
        }
        return json.toString();
    }

    private void value(@Nullable JsonToken token) {
        if (token == null) {
            throw Syntax.refusal(parser, "nothing", YAML);
        }
        int first = first();
        String refused = REFUSED.get(first);
        if (refused != null) {
            throw Syntax.refusal(parser, refused, "plain values (anchors, aliases, merge keys and tags are refused)");
        }
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> json.append(token.asString());
            default -> scalar(token, parser.getString(), first == '"' || first == '\'' || first == '|' || first == '>');
        }
    }

    /** The first character of the current token in the source, which is where SnakeYAML's index of code points is. */
    private int first() {
        long index = parser.currentTokenLocation().getCharOffset();
        return index >= 0 && index < source.length ? source[(int) index] : ' ';
    }

    private void object() {
        char before = '{';
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int first = first();
            String name = Syntax.name(parser);
            String refused = name.equals("<<") && first == '<' ? "a merge key" : REFUSED.get(first);
            if (refused != null) {
                throw Syntax.refusal(parser, refused, "plain keys (anchors, aliases, merge keys and tags are refused)");
            }
            json.append(before).append(FlagValue.of(name)).append(':');
            before = ',';
            value(parser.nextToken());
        }
        json.append(before == '{' ? "{}" : "}");
    }

    private void array() {
        char before = '[';
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            json.append(before);
            before = ',';
            value(token);
        }
        json.append(before == '[' ? "[]" : "]");
    }

    private void scalar(JsonToken token, String text, boolean quoted) {
        boolean number = token != JsonToken.VALUE_STRING && NUMBER.matcher(text).matches();
        if (number) {
            json.append(text);
        } else if (text.equals("~") && !quoted) {
            json.append("null");
        } else {
            json.append(FlagValue.of(text));
        }
    }
}
