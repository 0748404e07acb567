package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in an export. What is read as something that it is not becomes a problem in the notes, and counts as missing.
 *
 * @param value what stands there; {@link FlagValue#NULL} if nothing does
 * @param path where, for example {@code flags.checkout.rules[0]}
 * @param notes where problems and remarks go
 */
record Node(FlagValue value, String path, Notes notes) {

    private static final Pattern PLAIN = Pattern.compile("[^.\\[\\]\"\\\\]+");

    Node with(Notes other) {
        return new Node(value, path, other);
    }

    /** The path of a field. A name that looks like a path itself is quoted, so that no two fields have the same. */
    static String within(String path, String name) {
        if (PLAIN.matcher(name).matches()) {
            return path.isEmpty() ? name : path + "." + name;
        }
        return path + "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    /** Whether nothing or null stands here. */
    boolean missing() {
        return value instanceof FlagValue.Null;
    }

    /** A field of this object; missing if there is none. */
    Node get(String name) {
        FlagValue found = object().get(name);
        return new Node(found == null ? FlagValue.NULL : found, within(path, name), notes);
    }

    boolean has(String name) {
        return value instanceof FlagValue.Obj object && object.fields().containsKey(name);
    }

    /** The fields of this object, in order; none if it is missing. */
    Map<String, Node> fields() {
        Map<String, Node> fields = new LinkedHashMap<>();
        object().keySet().forEach(name -> fields.put(name, get(name)));
        return fields;
    }

    private Map<String, FlagValue> object() {
        if (value instanceof FlagValue.Obj object) {
            return object.fields();
        }
        wanted(missing(), "an object");
        return Map.of();
    }

    /** Notes a problem if this is no object. */
    void onlyObject(String what) {
        wanted(value instanceof FlagValue.Obj, "an object: " + what);
    }

    /** The elements of this list; none if it is missing. */
    List<Node> list() {
        List<Node> nodes = new ArrayList<>();
        if (value instanceof FlagValue.Array array) {
            for (FlagValue element : array.values()) {
                nodes.add(new Node(element, path + "[" + nodes.size() + "]", notes));
            }
        }
        wanted(missing() || value instanceof FlagValue.Array, "a list");
        return nodes;
    }

    @Nullable
    String text() {
        wanted(missing() || value instanceof FlagValue.Text, "a string");
        return value instanceof FlagValue.Text text ? text.value() : null;
    }

    boolean bool(boolean missing) {
        wanted(missing() || value instanceof FlagValue.Bool, "true or false");
        return value instanceof FlagValue.Bool bool ? bool.value() : missing;
    }

    @Nullable
    BigDecimal number() {
        wanted(missing() || value instanceof FlagValue.Number, "a number");
        return value instanceof FlagValue.Number number ? number.value() : null;
    }

    /** Notes that this is not what is allowed here. */
    void problem(String allowed) {
        notes.problem(Problem.at(path, missing() ? null : value, allowed));
    }

    /** Notes something to know of what stands here. */
    void remark(String remark) {
        notes.remark(path, remark);
    }

    /** Notes that answers are not, or may not be, as before for what stands here. */
    void loss(String remark) {
        notes.loss(path, remark);
    }

    /** Notes a loss for every field of this object that is not among these. */
    void only(Set<String> known) {
        if (value instanceof FlagValue.Obj object) {
            object.fields().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> get(name).loss("is not known here and was left out"));
        }
    }

    private void wanted(boolean met, String allowed) {
        if (!met) {
            problem(allowed);
        }
    }
}
