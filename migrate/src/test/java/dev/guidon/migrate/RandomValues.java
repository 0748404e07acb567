package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** What makers of random exports have in common; the same seed makes the same export. */
abstract class RandomValues {

    final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    /** True once in so many times. */
    final boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    final <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    final FlagValue list(int least, int most, Supplier<FlagValue> element) {
        List<FlagValue> values = new ArrayList<>();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            values.add(element.get());
        }
        return new FlagValue.Array(values);
    }

    /** An object of names and values in turn. */
    static FlagValue object(Object... fields) {
        Map<String, FlagValue> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], (FlagValue) fields[i + 1]);
        }
        return new FlagValue.Obj(object);
    }
}
