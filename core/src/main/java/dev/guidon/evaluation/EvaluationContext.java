package dev.guidon.evaluation;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom or what a flag is evaluated for: a targeting key and attributes. Immutable; cheap enough to build for every call.
 *
 * <p>Attributes are strings, numbers, booleans, instants, lists and nested maps. On the way in, Java's other types become one of these where
 * it is clear which: enums, UUIDs, URIs, local dates and others become strings, dates and date-times with an offset become instants, arrays
 * and collections become lists, a float is its shortest decimal, and of an optional its content counts; the guide has a table. Null,
 * NaN, infinities, numbers of more than 400 digits, objects of any other type, and objects that throw when they are read count as
 * missing; so does what is nested deeper than 64 levels, an attribute of more than 100,000 values or 1,000,000 characters altogether, and a
 * targeting key of more than 1,000,000 characters. What counts as missing without being null is logged once for each attribute and type,
 * without its value. Building a context never throws.
 */
public final class EvaluationContext {

    private static final @Nullable Object[] NO_ENTRIES = new @Nullable Object[8];

    /** Nobody in particular: no targeting key, no attributes. */
    public static final EvaluationContext EMPTY = new Builder(null).build();

    /** Up to this many attributes a scan is faster than a hash table, and smaller. */
    private static final int SCANNED = 8;

    private final @Nullable String targetingKey;
    /** Name, value, name, value, and at least two nulls at the end; eight at least. All null if there is an index. */
    private final @Nullable Object[] entries;

    private final @Nullable Map<String, @Nullable Object> index;

    private EvaluationContext(@Nullable String targetingKey, @Nullable Object[] entries, boolean few) {
        this.targetingKey = targetingKey;
        this.entries = few ? entries : NO_ENTRIES;
        this.index = few ? null : index(entries);
    }

    /**
     * Someone without attributes.
     *
     * @param targetingKey identifies them, for example a user's id; null for nobody
     * @return the context
     */
    public static EvaluationContext of(@Nullable String targetingKey) {
        return new Builder(targetingKey).build();
    }

    /**
     * Starts a context.
     *
     * @param targetingKey identifies whom it is about; null for nobody
     * @return a builder
     */
    public static Builder builder(@Nullable String targetingKey) {
        return new Builder(targetingKey);
    }

    /** {@return the targeting key; null if there is none; the empty string is a key} */
    public @Nullable String targetingKey() {
        return targetingKey;
    }

    /**
     * Looks a top-level attribute up.
     *
     * @param name its exact name
     * @return a {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigInteger} (beyond 64 bits), {@link Double} (with a
     *     fraction), {@link Instant}, {@link List} or {@link Map}; null if it is missing
     */
    public @Nullable Object attribute(String name) {
        // Names are constants of programs, nearly always, and those of flags are interned. A compiled loop has a part
        // before and one after it, which take longer than the first few attributes do.
        @Nullable Object[] first = entries;
        if (first[0] == name) {
            return first[1];
        } else if (first[2] == name) {
            return first[3];
        }
        return first[4] == name ? first[5] : further(name);
    }

    private @Nullable Object further(String name) {
        if (index != null) {
            return index.get(name);
        }
        int i = 0;
        Object found = entries[0];
        while (found != null && !found.equals(name)) {
            i += 2;
            found = entries[i];
        }
        return entries[i + 1];
    }

    /**
     * This context with the attributes, and the targeting key if there is one, of another on top. What was set to null there is missing.
     *
     * @param over what goes on top
     * @return a new context
     */
    public EvaluationContext merge(EvaluationContext over) {
        Builder merged = new Builder(over.targetingKey != null ? over.targetingKey : targetingKey);
        merged.add(this);
        merged.add(over);
        return merged.build();
    }

    /** {@return only the number of attributes, since their values may be private} */
    @Override
    public String toString() {
        Builder all = new Builder(null);
        all.add(this);
        return "EvaluationContext[" + all.length / 2 + " attributes]";
    }

    /** Also of names without a value, which take one away when the context is merged. */
    private static Map<String, @Nullable Object> index(@Nullable Object[] entries) {
        Map<String, @Nullable Object> index = new HashMap<>(entries.length);
        for (int i = 0; entries[i] instanceof String name; i += 2) {
            index.put(name, entries[i + 1]);
        }
        return index;
    }

    /** Collects attributes. Not safe for use by several threads. */
    public static final class Builder {

        private static final int MOST_ATTRIBUTES = 100_000;

        private final @Nullable String targetingKey;
        private @Nullable Object[] entries = NO_ENTRIES;
        private int length;
        /** Whether a context has the entries too: they are copied before they change. */
        private boolean shared = true;

        private Builder(@Nullable String targetingKey) {
            this.targetingKey = ContextValues.text(targetingKey);
        }

        /**
         * Sets an attribute.
         *
         * @param name its name; ignored if null
         * @param value its value; null or anything that is no attribute makes it missing
         * @return this
         */
        public Builder set(@Nullable String name, @Nullable Object value) {
            if (name != null) {
                put(name, ContextValues.of(name, value));
            }
            return this;
        }

        /**
         * Sets all attributes of a map.
         *
         * @param attributes names and values, as for {@link #set}; at most 100,000, and no further ones once the map throws
         * @return this
         */
        public Builder setAll(Map<String, ?> attributes) {
            int left = MOST_ATTRIBUTES;
            try {
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) attributes).entrySet()) {
                    if (left-- == 0) {
                        break;
                    }
                    if (entry.getKey() instanceof CharSequence name) {
                        set(name.toString(), entry.getValue());
                    }
                }
            } catch (Throwable hostile) {
                if (attributes != null) {
                    String why = "reading all attributes failed with a "
                            + hostile.getClass().getName();
                    MissingValues.log("(all)", attributes, why);
                }
            }
            return this;
        }

        /** {@return the context} */
        public EvaluationContext build() {
            shared = true;
            return new EvaluationContext(targetingKey, entries, length <= 2 * SCANNED);
        }

        private void add(EvaluationContext other) {
            for (int i = 0; other.entries[i] instanceof String name; i += 2) {
                put(name, other.entries[i + 1]);
            }
            if (other.index != null) {
                other.index.forEach(this::put);
            }
        }

        private void put(String name, @Nullable Object value) {
            if (shared) {
                entries = entries.clone();
                shared = false;
            }
            if (length <= 2 * SCANNED) {
                for (int i = 0; i < length; i += 2) {
                    if (name.equals(entries[i])) {
                        entries[i + 1] = value;
                        return;
                    }
                }
            }
            if (length + 2 == entries.length) {
                entries = Arrays.copyOf(entries, 2 * entries.length);
            }
            entries[length++] = name;
            entries[length++] = value;
        }
    }
}
