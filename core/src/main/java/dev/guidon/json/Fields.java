package dev.guidon.json;

import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of an object. Those that nobody asks for are the unknown ones. */
final class Fields {

    private static final int SUGGESTIONS = 20;
    /** So much of a list that a suggestion behind it is still shown. */
    private static final int LISTED = 180;

    private final Node owner;
    private final Map<String, FlagValue> fields;
    /** What was asked for, some of it twice. A list, since it is filled for every object and looked at for few. */
    private final List<String> known = new ArrayList<>();

    Fields(Node owner, Map<String, FlagValue> fields) {
        this.owner = owner;
        this.fields = fields;
    }

    Report report() {
        return owner.report();
    }

    /** Whether this field, or something inside of it, could not be read. */
    boolean failed(String name) {
        return report().failed(place(name));
    }

    private Place place(String name) {
        return owner.place().field(name);
    }

    /** The field; null counts as absent. */
    Node at(String name) {
        known.add(name);
        FlagValue value = fields.get(name);
        return new Node(value instanceof FlagValue.Null ? null : value, place(name), owner.report());
    }

    boolean has(String name) {
        known.add(name);
        FlagValue value = fields.get(name);
        return value != null && !(value instanceof FlagValue.Null);
    }

    /** The values of an object that is a plain map, none of which may be missing. */
    Map<String, FlagValue> values(String allowed) {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> values.put(name, new Node(value, place(name), owner.report()).any(allowed)));
        return values;
    }

    /** The strings of an object that is a plain map, none of which may be missing. */
    Map<String, String> texts(String allowed) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.forEach((name, value) -> texts.put(name, new Node(value, place(name), owner.report()).text(allowed)));
        return texts;
    }

    /** Which of these fields are there. */
    List<String> present(Collection<String> names) {
        List<String> present = new ArrayList<>(1);
        for (String name : names) {
            if (has(name)) {
                present.add(name);
            }
        }
        return present;
    }

    /** Which of these fields are there and null. */
    List<String> empty(Collection<String> names) {
        return names.stream()
                .filter(name -> fields.get(name) instanceof FlagValue.Null)
                .toList();
    }

    /** Takes down that the object does not have exactly one of some fields. */
    void refuse(String allowed) {
        String unknown = fields.keySet().stream()
                .filter(name -> !known.contains(name))
                .limit(SUGGESTIONS)
                .map(name -> Suggestion.of(name, distinct()))
                .filter(suggestion -> !suggestion.isEmpty())
                .findFirst()
                .orElse("");
        owner.report().add(new Problem(owner.path(), "the fields " + fields.keySet(), allowed + unknown));
    }

    /** What nobody has asked for so far. */
    Extra extra() {
        Map<String, FlagValue> unknown = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                owner.report()
                        .addUnknownField(
                                () -> new Problem(place(name).toString(), "an unknown field", oneOf(name, distinct())));
                unknown.put(name, new Node(value, place(name), owner.report()).any("a value"));
            }
        });
        return unknown.isEmpty() ? Extra.NONE : new Extra(unknown);
    }

    /** What is known, and what was probably meant, which must not be cut off. */
    private static String oneOf(String name, Set<String> known) {
        String all = "one of " + String.join(", ", known);
        String suggestion = Suggestion.of(name, known);
        return (suggestion.isEmpty() || all.length() <= LISTED ? all : all.substring(0, LISTED) + " …") + suggestion;
    }

    private Set<String> distinct() {
        return new LinkedHashSet<>(known);
    }
}
