package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.List;

/** Reads exports for the second evaluations; what is missing or of another type is nothing, or empty. */
final class Values {

    private Values() {}

    static FlagValue get(FlagValue object, String field) {
        return object instanceof FlagValue.Obj fields
                ? fields.fields().getOrDefault(field, FlagValue.NULL)
                : FlagValue.NULL;
    }

    static List<FlagValue> list(FlagValue object, String field) {
        return get(object, field) instanceof FlagValue.Array array ? array.values() : List.of();
    }

    static String text(FlagValue value) {
        return value instanceof FlagValue.Text text ? text.value() : "";
    }
}
