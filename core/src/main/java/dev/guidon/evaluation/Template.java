package dev.guidon.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The input of a hash, with all placeholders but the values filled in. */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|}}|\\{([a-z0-9]+)}");

    /** A text, or null where the value of this number comes; ALL for all of them. */
    private record Part(@Nullable String literal, int value) {}

    private static final int ALL = -1;

    /** What nearly all templates have, shared, for there are as many as rollouts and splits. */
    private static final Part VALUE = new Part(null, ALL);

    private static final Part NOTHING = new Part("", 0);

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    static Template of(String input, String stage, String key, String salt) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(input);
        int end = 0;
        while (matcher.find()) {
            literal.append(input, end, matcher.start());
            end = matcher.end();
            String name = matcher.group(1) == null ? matcher.group() : matcher.group(1);
            switch (name) {
                case "{{" -> literal.append('{');
                case "}}" -> literal.append('}');
                case "stage" -> literal.append(stage);
                case "key" -> literal.append(key);
                case "salt" -> literal.append(salt);
                default -> {
                    parts.add(new Part(literal.toString(), 0));
                    literal.setLength(0);
                    parts.add(name.equals("value") ? VALUE : new Part(null, Integer.parseInt(name)));
                }
            }
        }
        String rest = literal.append(input, end, input.length()).toString();
        parts.add(rest.isEmpty() ? NOTHING : new Part(rest, 0));
        return new Template(List.copyOf(parts));
    }

    /** How many parts it has. */
    int size() {
        return parts.size();
    }

    /** A value that is not there is empty. */
    String fill(String[] values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.literal != null) {
                text.append(part.literal);
            } else if (part.value == ALL) {
                text.append(String.join(":", values));
            } else if (part.value < values.length) {
                text.append(values[part.value]);
            }
        }
        return text.toString();
    }

    /** What comes before the value, if nothing comes after it and it comes once; else null. */
    @Nullable
    String onlyPrefix() {
        String prefix = parts.get(0).literal;
        boolean once = parts.size() == 3 && "".equals(parts.get(2).literal) && parts.get(1).value <= 0;
        return once && prefix != null && !endsInsidePair(prefix) ? prefix : null;
    }

    /** The value could begin with the other half of a surrogate pair. */
    private static boolean endsInsidePair(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
