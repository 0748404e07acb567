package dev.guidon.json;

import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts an object together, field by field, without those that have their default. */
final class ObjectWriter {

    private final Map<String, FlagValue> fields = new LinkedHashMap<>();

    ObjectWriter put(String name, FlagValue value) {
        fields.put(name, value);
        return this;
    }

    /** The value as text, which for a constant is its name in the format; nothing if it is null or the default. */
    ObjectWriter put(String name, @Nullable Object value, @Nullable Object absent) {
        if (value == null || value.equals(absent)) {
            return this;
        }
        return put(
                name,
                value instanceof Boolean bool
                        ? FlagValue.of(bool)
                        : value instanceof java.lang.Number number
                                ? FlagValue.of(number.longValue())
                                : FlagValue.of(value.toString()));
    }

    /** The list; nothing if it is empty. */
    ObjectWriter put(String name, List<FlagValue> values) {
        return values.isEmpty() ? this : put(name, new FlagValue.Array(values));
    }

    /** All fields of an object. */
    ObjectWriter putAll(Map<String, FlagValue> others) {
        fields.putAll(others);
        return this;
    }

    /** Ends with the unknown fields. */
    FlagValue.Obj with(Extra extra) {
        extra.fields().forEach(fields::putIfAbsent);
        return new FlagValue.Obj(fields);
    }
}
