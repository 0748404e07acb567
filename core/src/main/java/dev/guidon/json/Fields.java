package dev.guidon.json;

import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of an object. Those that nobody asks for are the unknown ones. */
final class Fields {

    private static final int SUGGESTIONS = 20;

    private final Node owner;
    private final Map<String, FlagValue> fields;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Node owner, Map<String, FlagValue> fields) {
        this.owner = owner;
        this.fields = fields;
    }

    Report report() {
        return owner.report();
    }

    String path(String name) {
        return owner.path().isEmpty() ? name : owner.path() + "." + name;
    }

    /** The field; null counts as absent. */
    Node at(String name) {
        known.add(name);
        FlagValue value = fields.get(name);
        return new Node(value instanceof FlagValue.Null ? null : value, path(name), owner.report());
    }

    boolean has(String name) {
        known.add(name);
        FlagValue value = fields.get(name);
        return value != null && !(value instanceof FlagValue.Null);
    }

    /** The values of an object that is a plain map, none of which may be missing. */
    Map<String, FlagValue> values(String allowed) {
        Map<String, FlagValue> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> values.put(name, new Node(value, path(name), owner.report()).any(allowed)));
        return values;
    }

    /** Which of these fields are there. */
    List<String> present(Collection<String> names) {
        return names.stream().filter(this::has).toList();
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
                .map(name -> Suggestion.of(name, known))
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
                        .addUnknownField(() -> new Problem(
                                path(name),
                                "an unknown field",
                                "one of " + String.join(", ", known) + Suggestion.of(name, known)));
                unknown.put(name, new Node(value, path(name), owner.report()).any("a value"));
            }
        });
        return unknown.isEmpty() ? Extra.NONE : new Extra(unknown);
    }
}
