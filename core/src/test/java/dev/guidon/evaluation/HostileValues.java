package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What a context may be given as an attribute by mistake or in malice. */
final class HostileValues {

    private HostileValues() {}

    static Stream<Arguments> all() {
        return Stream.of(
                hostile("null", () -> null),
                hostile("a plain object", Object::new),
                hostile("NaN", () -> Double.NaN),
                hostile("infinity", () -> Float.NEGATIVE_INFINITY),
                hostile("a number of 10,000,000 digits", () -> BigInteger.ONE.shiftLeft(33_000_000)),
                hostile(
                        "a decimal of 10,000,000 digits",
                        () -> new BigDecimal(BigInteger.ONE.shiftLeft(33_000_000), 5)),
                hostile("1e2147483647", () -> new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)),
                hostile("1e-2147483647", () -> new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE)),
                hostile("a number of another kind", DoubleAdder::new),
                hostile("a number that throws", ThrowingNumber::new),
                hostile("a big integer that throws", ThrowingInteger::new),
                hostile("50 MB of text", () -> "a".repeat(50_000_000)),
                hostile("50 MB of text in a list", () -> List.of(1, "a".repeat(50_000_000))),
                hostile("50 MB of text that is no string", () -> CharBuffer.wrap("a".repeat(50_000_000))),
                hostile("50 MB of bytes", () -> new byte[50_000_000]),
                hostile("a lone surrogate", () -> "\uD800"),
                hostile("10,000,000 elements", () -> Collections.nCopies(10_000_000, 1)),
                hostile("an infinite iterable", () -> (Iterable<Object>)
                        () -> Stream.generate(() -> (Object) "x").iterator()),
                hostile("an infinite map", InfiniteMap::new),
                hostile("a list 100,000 deep", () -> deep(List::of)),
                hostile("a map 100,000 deep", () -> deep(inner -> Map.of("b", inner))),
                hostile(
                        "JSON 100,000 deep",
                        () -> deep(inner ->
                                new FlagValue.Array(List.of(inner instanceof FlagValue json ? json : FlagValue.NULL)))),
                hostile("a list in itself", () -> {
                    List<Object> list = new ArrayList<>();
                    list.add(list);
                    list.add(list);
                    return list;
                }),
                hostile("a map in itself", () -> {
                    Map<String, Object> map = new HashMap<>();
                    map.put("b", map);
                    map.put("c", map);
                    return map;
                }),
                hostile("lists of 2^60 elements", () -> doubled(list -> Arrays.asList(list, list))),
                hostile("maps of 2^60 values", () -> doubled(map -> Map.of("b", map, "c", map))),
                hostile(
                        "JSON of 2^60 values",
                        () -> doubled(json -> new FlagValue.Array(
                                Collections.nCopies(2, json instanceof FlagValue value ? value : FlagValue.TRUE)))),
                hostile("a map with odd keys", () -> {
                    Map<Object, Object> map = new HashMap<>();
                    map.put(null, 1);
                    map.put(7, 2);
                    map.put("b", null);
                    map.put(null, null);
                    return map;
                }),
                hostile("text that throws", () -> new ThrowingText(IllegalStateException::new)),
                hostile("text that overflows the stack", () -> new ThrowingText(StackOverflowError::new)),
                hostile("text that lacks a class", () -> new ThrowingText(NoClassDefFoundError::new)),
                hostile("text that fails an assertion", () -> new ThrowingText(AssertionError::new)),
                hostile("text that throws a checked exception", () -> new ThrowingText(IOException::new)),
                hostile("text without text", () -> new ThrowingText(null)),
                hostile("a map that throws", () -> new AbstractMap<String, Object>() {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        throw new UnsupportedOperationException();
                    }
                }),
                hostile("a list that throws half-way", () -> new AbstractList<>() {
                    @Override
                    public Object get(int index) {
                        return Objects.checkIndex(index, 3);
                    }

                    @Override
                    public int size() {
                        return 5;
                    }
                }),
                hostile("an iterable without iterator", () -> (Iterable<Object>) () -> null),
                hostile("a date that throws", () -> new java.sql.Date(0)),
                hostile(
                        "hash collisions",
                        () -> IntStream.range(0, 30_000)
                                .mapToObj(i -> List.of(collision(i)))
                                .toList()));
    }

    /** Throws anything, also what Java would want to be declared. */
    static void raise(Throwable failure) {
        HostileValues.<RuntimeException>undeclared(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void undeclared(Throwable failure) throws T {
        throw (T) failure;
    }

    private static Arguments hostile(String name, Supplier<Object> value) {
        return Arguments.of(name, value);
    }

    private static Object deep(UnaryOperator<Object> wrap) {
        Object value = FlagValue.TRUE;
        for (int i = 0; i < 100_000; i++) {
            value = wrap.apply(value);
        }
        return value;
    }

    static Object doubled(UnaryOperator<Object> wrap) {
        Object value = 1;
        for (int i = 0; i < 60; i++) {
            value = wrap.apply(value);
        }
        return value;
    }

    /** Fifteen pairs of letters of which each choice has the same hash. */
    private static String collision(int i) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 15; bit++) {
            text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static final class ThrowingNumber extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            throw new IllegalStateException();
        }

        @Override
        public long longValue() {
            throw new IllegalStateException();
        }

        @Override
        public float floatValue() {
            throw new IllegalStateException();
        }

        @Override
        public double doubleValue() {
            throw new IllegalStateException();
        }
    }

    private static final class ThrowingInteger extends BigInteger {
        private static final long serialVersionUID = 1;

        ThrowingInteger() {
            super("18446744073709551617");
        }

        @Override
        public int bitLength() {
            throw new IllegalStateException();
        }
    }

    /** Throws anything, checked or not; null is returned. */
    record ThrowingText(Supplier<Throwable> failure) implements CharSequence {
        @Override
        public int length() {
            return toString().length();
        }

        @Override
        public char charAt(int index) {
            return toString().charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString();
        }

        @Override
        @SuppressWarnings("ToStringReturnsNull") // as faulty classes of users do
        public String toString() {
            if (failure != null) {
                raise(failure.get());
            }
            return null;
        }
    }

    static final class InfiniteMap extends AbstractMap<String, Object> {
        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return Stream.iterate(0, i -> i + 1)
                            .map(i -> Map.entry("k" + i, (Object) i))
                            .iterator();
                }

                @Override
                public int size() {
                    return Integer.MAX_VALUE;
                }
            };
        }
    }
}
