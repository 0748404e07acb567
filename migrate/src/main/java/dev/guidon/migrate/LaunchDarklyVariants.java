package dev.guidon.migrate;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Variations, which LaunchDarkly knows by their index, and the names that they get. */
final class LaunchDarklyVariants {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");

    private final List<FlagValue> values;
    private final List<String> names;
    private final Map<String, String> errors = new LinkedHashMap<>();

    private LaunchDarklyVariants(List<FlagValue> values, List<String> names) {
        this.values = values;
        this.names = names;
    }

    static LaunchDarklyVariants of(Node flag) {
        List<FlagValue> values =
                flag.get("variations").list().stream().map(Node::value).toList();
        // Default variants would give a flag that has none an off variant.
        boolean onOff = !flag.get("offVariation").missing();
        return new LaunchDarklyVariants(values, names(values, onOff));
    }

    /** The value itself if that can be a name; else the index. */
    private static List<String> names(List<FlagValue> values, boolean onOff) {
        List<String> names = new ArrayList<>();
        for (FlagValue value : values) {
            if (value instanceof FlagValue.Bool bool) {
                names.add(onOff ? bool.value() ? Flag.ON : Flag.OFF : bool.toString());
            } else if (value instanceof FlagValue.Text text
                    && NAME.matcher(text.value()).matches()) {
                names.add(text.value());
            } else {
                return indexes(values);
            }
        }
        boolean distinct = new HashSet<>(names).size() == names.size();
        return distinct ? names : indexes(values);
    }

    private static List<String> indexes(List<FlagValue> values) {
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add(Integer.toString(names.size())));
        return names;
    }

    FlagType type() {
        for (FlagType type : List.of(FlagType.BOOLEAN, FlagType.STRING, FlagType.NUMBER)) {
            Class<? extends FlagValue> held = type == FlagType.BOOLEAN
                    ? FlagValue.Bool.class
                    : type == FlagType.STRING ? FlagValue.Text.class : FlagValue.Number.class;
            if (!values.isEmpty() && values.stream().allMatch(held::isInstance)) {
                return type;
            }
        }
        return FlagType.JSON;
    }

    boolean areOfSeveralTypes() {
        return type() == FlagType.JSON
                && values.stream()
                        .anyMatch(value -> !(value instanceof FlagValue.Obj || value instanceof FlagValue.Array));
    }

    Map<String, FlagValue> variants() {
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            variants.put(names.get(i), values.get(i));
        }
        return variants;
    }

    /** The name of a variation; that of an error if there is none of this index. */
    String name(int index) {
        return index >= 0 && index < names.size()
                ? names.get(index)
                : error("no-variation-" + index, "there is no variation " + index);
    }

    /** The name of an error: this one, or one made of it if it is taken. */
    String error(String name, String message) {
        String free = name;
        for (int i = 2;
                names.contains(free) || !errors.getOrDefault(free, message).equals(message);
                i++) {
            free = name + "-" + i;
        }
        errors.put(free, message);
        return free;
    }

    Map<String, String> errors() {
        return errors;
    }
}
