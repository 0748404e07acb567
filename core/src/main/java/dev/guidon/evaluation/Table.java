package dev.guidon.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table of open addressing, since finding something in it takes fewer steps from object to object than in a
 * {@link HashMap}, and less memory. If many keys collide, a HashMap serves, which finds them by their order: all keys are of one class,
 * which is {@link Comparable} to itself.
 */
final class Table<V> {

    /** Of slots that are taken, all of which a key that is not there may meet; with half of them free, chance makes none this long. */
    private static final int LONGEST_RUN = 128;

    /** 2^32 over the golden ratio: keys whose hashes are neighbours come far apart. */
    private static final int SPREAD = 0x9E3779B9;

    /** Null where no key is. */
    private final @Nullable Object[] keys;

    /** Of the keys in the same places. The same array if keys stand for themselves. */
    private final @Nullable Object[] values;

    private final int shift;
    private final @Nullable Map<Object, V> crowded;

    private Table(@Nullable Object[] keys, @Nullable Object[] values, @Nullable Map<Object, V> crowded) {
        this.keys = keys;
        this.values = values;
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(keys.length);
        this.crowded = crowded;
    }

    static <V> Table<V> of(Map<?, V> map) {
        return of(map, false);
    }

    /** A table of keys that stand for themselves. */
    static Table<Object> of(Collection<?> keys) {
        Map<Object, Object> map = new HashMap<>();
        keys.forEach(key -> map.put(key, key));
        return of(map, true);
    }

    private static <V> Table<V> of(Map<?, V> map, boolean same) {
        @Nullable Object[] keys = new @Nullable Object[Integer.highestOneBit(Math.max(map.size(), 1)) * 4];
        Table<V> table = new Table<>(keys, same ? keys : new @Nullable Object[keys.length], null);
        boolean usable = table.fill(map) && table.longestRun() <= LONGEST_RUN;
        @Nullable Object[] none = {null, null};
        return usable ? table : new Table<>(none, none, new HashMap<>(map));
    }

    /** Null for a key that is not there. */
    @SuppressWarnings("unchecked") // fill puts nothing else there
    @Nullable
    V get(Object key) {
        for (int i = first(key); ; i = next(i)) {
            Object found = keys[i];
            if (found == key || (found != null && key.equals(found))) {
                return (V) values[i];
            } else if (found == null) {
                return crowded == null ? null : crowded.get(key);
            }
        }
    }

    boolean contains(Object key) {
        return get(key) != null;
    }

    /** Counts the keys. */
    int size() {
        return crowded == null
                ? (int) Arrays.stream(keys).filter(Objects::nonNull).count()
                : crowded.size();
    }

    private boolean fill(Map<?, V> map) {
        for (Map.Entry<?, V> entry : map.entrySet()) {
            int i = first(entry.getKey());
            int run = 0;
            while (keys[i] != null) {
                i = next(i);
                run++;
            }
            if (run > LONGEST_RUN) {
                return false;
            }
            keys[i] = entry.getKey();
            values[i] = entry.getValue();
        }
        return true;
    }

    /** Goes round twice, for the run over the end. Some slots are always free. */
    private int longestRun() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < 2 * keys.length; i++) {
            run = keys[i & (keys.length - 1)] == null ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private int first(Object key) {
        return (key.hashCode() * SPREAD) >>> shift;
    }

    private int next(int i) {
        return (i + 1) & (keys.length - 1);
    }
}
