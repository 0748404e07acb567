package dev.guidon.json;

import dev.guidon.definition.Problem;
import dev.guidon.json.FlagFormatException.Finding;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a text as such, and where. */
final class Syntax {

    /** A part of Jackson's messages that says nothing, because it knows neither the file nor the offset. */
    private static final Pattern NOISE = Pattern.compile(" \\([a-z A-Z]* at \\[Source: [^\\]]*]\\)");

    private Syntax() {}

    /** Refuses what a parser is at. */
    static FlagFormatException refusal(JsonParser parser, String found, String allowed) {
        return refusal(parser, found, allowed, parser.currentTokenLocation());
    }

    /** Tells in our words what a parser has refused. */
    static FlagFormatException refusal(JsonParser parser, JacksonException refused, String allowed) {
        if (refused instanceof StreamConstraintsException) {
            String most = "at most " + JsonText.CONSTRAINTS.getMaxNestingDepth() + " levels of nested values";
            return refusal(parser, "another level", most, parser.currentLocation());
        }
        String message = refused.getOriginalMessage();
        if (message.startsWith("Duplicate Object property")) {
            String found = "the field " + message.substring(message.indexOf('"')) + " again";
            return refusal(parser, found, "every field once", parser.currentTokenLocation());
        }
        if (message.startsWith("Expected a property name (Scalar")) {
            return refusal(
                    parser, "a list or an object as a key", "keys that are strings", parser.currentTokenLocation());
        }
        TokenStreamLocation location = refused.getLocation() == null ? parser.currentLocation() : refused.getLocation();
        return refusal(parser, NOISE.matcher(message).replaceAll(""), allowed, location);
    }

    /** Refuses a text in which an author got something wrong. */
    static FlagFormatException refusal(JsonParser parser, YamlMistake mistake) {
        String path = path(parser.streamReadContext());
        return refusal(path, mistake.found(), mistake.allowed(), mistake.line(), mistake.column());
    }

    static FlagFormatException refusal(String path, String found, String allowed, int line, int column) {
        return new FlagFormatException(List.of(new Finding(new Problem(path, found, allowed), line, column)));
    }

    private static FlagFormatException refusal(
            JsonParser parser, String found, String allowed, TokenStreamLocation location) {
        int line = Math.max(0, location.getLineNr());
        return refusal(path(parser.streamReadContext()), found, allowed, line, Math.max(0, location.getColumnNr()));
    }

    /** The name that a parser is at. Jackson refuses half of a surrogate pair there if it is escaped; so do we if it is not. */
    static String name(JsonParser parser) {
        String name = parser.currentName();
        if (hasHalfPair(name)) {
            throw refusal(parser, "half of a surrogate pair in a name", "whole characters");
        }
        return name;
    }

    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** The path of the value that a parser is at, for example {@code flags.checkout.rules[0]}. */
    static String path(TokenStreamContext context) {
        StringBuilder path = new StringBuilder();
        append(context, path);
        return path.toString();
    }

    private static void append(@Nullable TokenStreamContext context, StringBuilder path) {
        if (context == null || context.inRoot()) {
            return;
        }
        append(context.getParent(), path);
        if (context.inArray() && context.hasCurrentIndex()) {
            path.append('[').append(context.getCurrentIndex()).append(']');
        } else if (context.inObject() && context.currentName() != null) {
            path.append(path.isEmpty() ? "" : ".").append(context.currentName());
        }
    }
}
