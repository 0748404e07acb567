package dev.guidon.evaluation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table of open addressing, since finding something in it takes fewer steps from object to object than in a
 * {@link HashMap}, and less memory. If the keys collide, which somebody may have seen to, a HashMap serves, which knows how to bear it.
 */
final class Table<V> {

    /** Of slots that are taken, all of which a key that is not there may meet; with half of them free, chance makes none this long. */
    private static final int LONGEST_RUN = 128;

    /** 2^32 over the golden ratio: keys whose hashes are neighbours come far apart. */
    private static final int SPREAD = 0x9E3779B9;

    /** Key, value, key, value; null where no key is. */
    private final @Nullable Object[] slots;

    private final int shift;
    private final @Nullable Map<Object, V> crowded;

    private Table(@Nullable Object[] slots, @Nullable Map<Object, V> crowded) {
        this.slots = slots;
        this.shift = Integer.SIZE - Integer.numberOfTrailingZeros(slots.length / 2);
        this.crowded = crowded;
    }

    static <V> Table<V> of(Map<?, V> map) {
        int size = Integer.highestOneBit(Math.max(map.size(), 1)) * 4;
        Table<V> table = new Table<>(new @Nullable Object[2 * size], null);
        boolean usable = table.fill(map) && table.longestRun() <= LONGEST_RUN;
        return usable ? table : new Table<>(new @Nullable Object[4], new HashMap<>(map));
    }

    /** A table of keys that stand for themselves. */
    static Table<Object> of(Collection<?> keys) {
        Map<Object, Object> map = new HashMap<>();
        keys.forEach(key -> map.put(key, key));
        return of(map);
    }

    /** Null for a key that is not there. */
    @SuppressWarnings("unchecked") // fill puts nothing else there
    @Nullable
    V get(Object key) {
        for (int i = first(key); ; i = next(i)) {
            Object found = slots[i];
            if (found == key || (found != null && key.equals(found))) {
                return (V) slots[i + 1];
            } else if (found == null) {
                return crowded == null ? null : crowded.get(key);
            }
        }
    }

    boolean contains(Object key) {
        return get(key) != null;
    }

    private boolean fill(Map<?, V> map) {
        for (Map.Entry<?, V> entry : map.entrySet()) {
            int i = first(entry.getKey());
            int run = 0;
            while (slots[i] != null) {
                i = next(i);
                run++;
            }
            if (run > LONGEST_RUN) {
                return false;
            }
            slots[i] = entry.getKey();
            slots[i + 1] = entry.getValue();
        }
        return true;
    }

    /** Goes round twice, for the run over the end. Some slots are always free. */
    private int longestRun() {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < 2 * slots.length; i += 2) {
            run = slots[i & (slots.length - 1)] == null ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private int first(Object key) {
        return ((key.hashCode() * SPREAD) >>> shift) << 1;
    }

    private int next(int i) {
        return (i + 2) & (slots.length - 1);
    }
}
