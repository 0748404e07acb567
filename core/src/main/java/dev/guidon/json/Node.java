package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value in a definition, or the place where one is missing. Whatever is asked of it and not there goes into the report.
 *
 * @param value the value; null if there is none
 * @param place where it stands in the definition
 * @param report takes down what is wrong
 */
record Node(@Nullable FlagValue value, Place place, Report report) {

    /** What YAML makes of {@code enabled:true}. */
    private static final Pattern FIELD_WITHOUT_SPACE = Pattern.compile("[A-Za-z]+:\\S.*");

    String path() {
        return place.toString();
    }

    boolean absent() {
        return value == null;
    }

    boolean isText() {
        return value instanceof FlagValue.Text;
    }

    boolean isList() {
        return value instanceof FlagValue.Array;
    }

    /** The object's fields; null if it is something else. */
    @Nullable
    Fields object(String allowed) {
        if (value instanceof FlagValue.Obj object) {
            return new Fields(this, object.fields());
        }
        refuse(allowed);
        return null;
    }

    /** Whether it is an object with this field. */
    boolean hasField(String name) {
        return value instanceof FlagValue.Obj object
                && !(object.fields().getOrDefault(name, FlagValue.NULL) instanceof FlagValue.Null);
    }

    /** The list's elements; empty if nothing is there. */
    List<Node> list(String allowed) {
        if (value instanceof FlagValue.Array array) {
            List<Node> nodes = new ArrayList<>(array.values().size());
            for (FlagValue element : array.values()) {
                nodes.add(new Node(element, place.element(nodes.size()), report));
            }
            return nodes;
        }
        if (!absent()) {
            refuse(allowed);
        }
        return List.of();
    }

    /** What the list's elements are read as; empty if nothing is there. */
    <T> List<T> list(String allowed, Function<Node, T> reading) {
        List<Node> nodes = list(allowed);
        List<T> read = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            read.add(reading.apply(node));
        }
        return read;
    }

    /** The strings of a list; empty if nothing is there. */
    List<String> texts() {
        return list("a list of strings", node -> node.text("a string"));
    }

    /** The string; null if nothing is there. */
    @Nullable
    String text() {
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        if (!absent()) {
            refuse("a string");
        }
        return null;
    }

    /** The string, which must be there. */
    String text(String allowed) {
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        refuse(allowed);
        return Report.PLACEHOLDER;
    }

    boolean bool(boolean absent) {
        if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        }
        if (!absent()) {
            refuse("true or false");
        }
        return absent;
    }

    /** The number, which must be there. */
    @Nullable
    BigDecimal number(String allowed) {
        if (value instanceof FlagValue.Number number) {
            return number.value();
        }
        refuse(allowed);
        return null;
    }

    long integer(long absent) {
        return absent() ? absent : integer("an integer");
    }

    int small(int absent) {
        long integer = integer(absent);
        if (integer != (int) integer) {
            refuse("a small integer");
            return absent;
        }
        return (int) integer;
    }

    /** The integer, which must be there. */
    long integer(String allowed) {
        BigDecimal number = number(allowed);
        try {
            return number == null ? 0 : number.longValueExact();
        } catch (ArithmeticException e) {
            refuse(allowed + " without a fraction, of at most 64 bits");
            return 0;
        }
    }

    /** One of the constants by its name in the format; null if nothing is there. */
    <E extends Enum<E>> @Nullable E choice(E[] all) {
        if (absent()) {
            return null;
        }
        for (E one : all) {
            if (value instanceof FlagValue.Text text && text.value().equals(one.toString())) {
                return one;
            }
        }
        refuse(Arrays.stream(all).map(Enum::toString).collect(Collectors.joining(", ", "one of ", "")));
        return null;
    }

    /** The value as it is, if it is not nested too deeply; null if nothing is there. */
    @Nullable
    FlagValue any() {
        if (value != null && deeper(value, Limit.VALUE_DEPTH.most())) {
            report.add(new Problem(path(), "another level", Limit.VALUE_DEPTH.text()));
            return null;
        }
        return value;
    }

    /** The value as it is, which must be there. */
    FlagValue any(String allowed) {
        if (absent()) {
            refuse(allowed);
        }
        FlagValue any = any();
        return any == null ? FlagValue.of(Report.PLACEHOLDER) : any;
    }

    void refuse(String allowed) {
        boolean unquoted = value instanceof FlagValue.Number || value instanceof FlagValue.Bool;
        String hint = unquoted && allowed.startsWith("a string")
                ? " (quote it)"
                : allowed.startsWith("an object") && value != null ? missingSpace(value) : "";
        report.add(new Problem(path(), describe(value), allowed + hint));
    }

    /** A hint at what makes a text of a field in YAML; empty if the value does not look like that. */
    static String missingSpace(FlagValue value) {
        boolean joined = value instanceof FlagValue.Text text
                && FIELD_WITHOUT_SPACE.matcher(text.value()).matches();
        return joined ? " (a space is missing after ':')" : "";
    }

    <T> T build(T placeholder, Supplier<T> constructor) {
        return report.build(place, placeholder, constructor);
    }

    <T> T build(T placeholder, Supplier<T> constructor, Function<String, @Nullable String> paths) {
        return report.build(place, placeholder, constructor, paths);
    }

    /** Whether a value has more than this many levels of lists and objects. */
    static boolean deeper(FlagValue value, int levels) {
        Collection<FlagValue> inner;
        if (value instanceof FlagValue.Array array) {
            inner = array.values();
        } else if (value instanceof FlagValue.Obj object) {
            inner = object.fields().values();
        } else {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (FlagValue each : inner) {
            if (deeper(each, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private static String describe(@Nullable FlagValue value) {
        if (value == null) {
            return "nothing";
        }
        String type = value instanceof FlagValue.Text
                ? "the string "
                : value instanceof FlagValue.Number
                        ? "the number "
                        : value instanceof FlagValue.Bool
                                ? "the boolean "
                                : value instanceof FlagValue.Array
                                        ? "the list "
                                        : value instanceof FlagValue.Obj ? "the object " : "";
        return type + value;
    }
}
