package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table")
class TableTest {

    @DisplayName("finds what a HashMap finds, and nothing else")
    @ParameterizedTest(name = "with {0} keys")
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 1_000, 10_000})
    void findsWhatAHashMapFinds(int size) {
        Random random = new Random(size);
        Map<String, Integer> map = new HashMap<>();
        IntStream.range(0, size).forEach(i -> map.put("user-" + random.nextInt(2 * size), i));
        Table<Integer> table = Table.of(map);

        for (int i = 0; i < 2 * size; i++) {
            String key = "user-" + i;
            assertThat(table.get(key)).as(key).isEqualTo(map.get(key));
        }
    }

    @DisplayName("finds keys that are equal and not the same")
    @Test
    void findsEqualKeys() {
        Table<Object> table = Table.of(List.of("new", 7L, 0.5, true, List.of("a", 1L)));

        assertThat(List.of("NEW".toLowerCase(Locale.ROOT), Long.valueOf("7"), 0.5, true, List.of("a", 1L)))
                .allMatch(table::contains);
        assertThat(List.of("News", 8L, 0.25, false, List.of("a", 2L))).noneMatch(table::contains);
    }

    @DisplayName("bears keys that somebody made collide")
    @Test
    void bearsCollisions() {
        List<String> colliding = colliding(12);
        assertThat(colliding.stream().map(String::hashCode).distinct()).hasSize(1);

        Table<Object> table = Table.of(colliding.subList(0, 4_000));

        assertThat(colliding.subList(0, 4_000)).allMatch(table::contains);
        assertThat(colliding.subList(4_000, colliding.size())).hasSize(96).noneMatch(table::contains);
        assertThat(table.contains("another")).isFalse();
    }

    @DisplayName("compares a key that is not there with few, however the others lie")
    @ParameterizedTest(name = "with hashes {0} apart in the table")
    @ValueSource(ints = {1, 2})
    void comparesWithFew(int apart) {
        // 4,096 keys have 16,384 slots. What the table multiplies hashes by is undone, so that each key lies beside the
        // one before.
        int inverse = BigInteger.valueOf(0x9E3779B9L)
                .modInverse(BigInteger.ONE.shiftLeft(32))
                .intValue();
        List<Key> keys = IntStream.range(0, 4_096)
                .mapToObj(i -> new Key(i, ((apart * i) << 18) * inverse, new AtomicInteger()))
                .toList();
        Table<Object> table = Table.of(keys);

        assertThat(keys).allMatch(table::contains);
        for (int i = 0; i < 4_096; i += 100) {
            Key absent = new Key(-1, keys.get(i).hash, new AtomicInteger());
            assertThat(table.contains(absent)).isFalse();
            assertThat(absent.compared.get()).isLessThanOrEqualTo(128);
        }
    }

    /** A key that counts what it is compared with. */
    private record Key(int number, int hash, AtomicInteger compared) {
        @Override
        public boolean equals(Object other) {
            compared.incrementAndGet();
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Since {@code Aa} and {@code BB} have one hash, so has every row of them. */
    private static List<String> colliding(int pairs) {
        return IntStream.range(0, 1 << pairs)
                .mapToObj(bits -> IntStream.range(0, pairs)
                        .mapToObj(i -> ((bits >> i) & 1) == 0 ? "Aa" : "BB")
                        .reduce("", String::concat))
                .toList();
    }
}
