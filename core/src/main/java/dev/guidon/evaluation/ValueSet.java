package dev.guidon.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A set of values in the form of {@link ContextValues}, which bears any collision of hashes. Each class has a table of its own, since
 * colliding values are found by their order, and only values of one class have one. Lists and objects, which have none, are kept by
 * their {@linkplain CanonicalText text}.
 */
final class ValueSet {

    private static final Table<Object> NOTHING = Table.of(List.of());

    private final Table<Object> texts;
    /** By class. That of lists and objects is {@link CanonicalText}. */
    private final Map<Class<?>, Table<Object>> others;

    private final int longest;
    private final int longestComposite;
    private final int size;

    private ValueSet(Table<Object> texts, Map<Class<?>, Table<Object>> others, int longest, int longestComposite) {
        this.texts = texts;
        this.others = others;
        this.longest = longest;
        this.longestComposite = longestComposite;
        this.size =
                texts.size() + others.values().stream().mapToInt(Table::size).sum();
    }

    static ValueSet of(Collection<?> values) {
        Map<Class<?>, List<Object>> byClass = new HashMap<>();
        int longest = 0;
        int composite = 0;
        for (Object value : values) {
            Object key = key(value);
            byClass.computeIfAbsent(kind(value), kind -> new ArrayList<>()).add(key);
            longest = value instanceof String text ? Math.max(longest, text.length()) : longest;
            composite = isComposite(value) ? Math.max(composite, ((String) key).length()) : composite;
        }
        Map<Class<?>, Table<Object>> tables = new HashMap<>();
        byClass.forEach((kind, keys) -> tables.put(kind, Table.of(keys)));
        Table<Object> texts = tables.remove(String.class);
        return new ValueSet(texts == null ? NOTHING : texts, Map.copyOf(tables), longest, composite);
    }

    int size() {
        return size;
    }

    /** What it takes to find a value. A text is hashed, a list or an object written, unless it is longer than all. */
    long steps(Object value) {
        return value instanceof String text
                ? (text.length() > longest ? 0 : text.length())
                : isComposite(value) ? 10L * longestComposite : 0;
    }

    boolean contains(Object value) {
        return find(value) != null;
    }

    /** The same object for all values that are equal to one of the set; null for those that are not. */
    @Nullable
    Object find(Object value) {
        if (value instanceof String text) {
            // A text that is longer than all need not be hashed.
            return text.length() > longest ? null : texts.get(text);
        }
        Table<Object> table = others.isEmpty() ? null : others.get(kind(value));
        if (table == null) {
            return null;
        }
        Object key = isComposite(value) ? CanonicalText.of(value, longestComposite) : value;
        return key == null ? null : table.get(key);
    }

    private static Class<?> kind(Object value) {
        return isComposite(value) ? CanonicalText.class : value.getClass();
    }

    private static Object key(Object value) {
        return isComposite(value) ? Objects.requireNonNull(CanonicalText.of(value, Integer.MAX_VALUE)) : value;
    }

    private static boolean isComposite(Object value) {
        return value instanceof List<?> || value instanceof Map<?, ?>;
    }
}
