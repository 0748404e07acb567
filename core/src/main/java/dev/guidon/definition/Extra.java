package dev.guidon.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that this version does not know, kept in order and written back unchanged.
 *
 * @param fields name to value; empty for most definitions
 */
public record Extra(Map<String, FlagValue> fields) {

    /** No unknown fields. */
    public static final Extra NONE = new Extra(Map.of());

    /** Copies the fields, in their order. */
    public Extra {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
