package dev.guidon.openfeature;

import dev.guidon.definition.FlagValue;
import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON values as OpenFeature has them. */
final class Values {

    private static final int LONG_BITS = 63;

    private Values() {}

    /** A number without a fraction is an Integer or, beyond 32 bits, a Long; every other one is a Double. */
    static Value of(FlagValue value) {
        if (value instanceof FlagValue.Bool bool) {
            return new Value(bool.value());
        } else if (value instanceof FlagValue.Text text) {
            return new Value(text.value());
        } else if (value instanceof FlagValue.Number number) {
            return number(number.value());
        } else if (value instanceof FlagValue.Array array) {
            return new Value(array.values().stream().map(Values::of).toList());
        } else if (value instanceof FlagValue.Obj object) {
            Map<String, Value> fields = new LinkedHashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, of(field)));
            return new Value(new ImmutableStructure(fields));
        }
        return new Value();
    }

    private static Value number(BigDecimal number) {
        // A double holds what is larger; to write such a number out could take long.
        if (Math.abs(number.doubleValue()) < 0x1p63
                && number.stripTrailingZeros().scale() <= 0) {
            BigInteger whole = number.toBigInteger();
            if (whole.bitLength() <= LONG_BITS) {
                long value = whole.longValue();
                return value == (int) value ? new Value((int) value) : new Value(value);
            }
        }
        return new Value(number.doubleValue());
    }
}
