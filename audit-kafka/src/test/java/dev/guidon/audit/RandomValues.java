package dev.guidon.audit;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of all kinds, the same for the same seed. */
final class RandomValues {

    private static final String[] TEXTS = {
        "", "a", "b", "c", "\"\\\u0007", "\u20ac", "\ud83d\ude00", "\u2028", "null", "1"
    };

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    FlagValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> random.nextInt(3) == 0 ? FlagValue.NULL : FlagValue.of(random.nextBoolean());
            case 1, 2 -> FlagValue.of(text());
            case 3 -> number();
            case 4 -> array(depth);
            default -> object(depth);
        };
    }

    FlagValue.Obj object(int depth) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(text(), value(depth - 1));
        }
        return new FlagValue.Obj(fields);
    }

    private FlagValue array(int depth) {
        List<FlagValue> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth - 1));
        }
        return new FlagValue.Array(values);
    }

    private FlagValue number() {
        return switch (random.nextInt(4)) {
            case 0 -> FlagValue.of(random.nextInt(10));
            case 1 -> FlagValue.of(random.nextLong() >> random.nextInt(64));
            default ->
                new FlagValue.Number(new BigDecimal(new BigInteger(random.nextInt(60), random), random.nextInt(40) - 20)
                        .stripTrailingZeros());
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
