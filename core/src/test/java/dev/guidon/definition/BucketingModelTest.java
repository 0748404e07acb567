package dev.guidon.definition;

import static dev.guidon.definition.FlagTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A bucketing formula")
class BucketingModelTest {

    private static final Reduction MODULO = new Reduction.Modulo(100);

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes no more of a hash than there is, and more than 64 bits only for a remainder")
    void take(Hash hash) {
        takesUpTo(hash, MODULO, hash.bytes());
        takesUpTo(hash, Bucketing.GUIDON.reduction(), Math.min(8, hash.bytes()));
        takesUpTo(hash, new Reduction.Fraction(Reduction.Precision.FLOAT64), Math.min(8, hash.bytes()));
    }

    private static void takesUpTo(Hash hash, Reduction reduction, int bytes) {
        Take longest = new Take.Bytes(bytes, Take.Endian.LITTLE);
        assertThat(with(hash, longest, reduction, 0).take().bits()).isEqualTo(bytes * 8);
        Take digits = new Take.HexDigits(bytes * 2);
        assertThat(with(hash, digits, reduction, 0).take().bits()).isEqualTo(bytes * 8);
        for (int count : new int[] {0, -1, bytes + 1}) {
            assertThat(refused(() -> with(hash, new Take.Bytes(count, Take.Endian.BIG), reduction, 0)))
                    .extracting(Problem::path)
                    .containsExactly("bytes");
        }
        for (int count : new int[] {0, bytes * 2 + 1}) {
            assertThat(refused(() -> with(hash, new Take.HexDigits(count), reduction, 0)))
                    .extracting(Problem::path)
                    .containsExactly("hexDigits");
        }
    }

    @Test
    @DisplayName("says how much of a hash can be taken")
    void saysHowMuch() {
        assertThat(refused(() -> with(Hash.MD5, new Take.Bytes(16, Take.Endian.BIG), Bucketing.GUIDON.reduction(), 0)))
                .extracting(Problem::toString)
                .containsExactly("bytes: found 16; allowed: 1 to 8 with md5, or to 16 with modulo");
        assertThat(refused(() -> with(Hash.MD5, new Take.Bytes(17, Take.Endian.BIG), MODULO, 0)))
                .extracting(Problem::allowed)
                .containsExactly("1 to 16 with md5");
    }

    @ParameterizedTest
    @CsvSource({"-2147483648,true", "4294967295,true", "-2147483649,false", "4294967296,false"})
    @DisplayName("has a seed of 32 bits")
    void seed(long seed, boolean valid) {
        Take take = new Take.HexDigits(1);
        if (valid) {
            assertThat(with(Hash.MURMUR3_32, take, MODULO, seed).seed()).isEqualTo(seed);
        } else {
            assertThat(refused(() -> with(Hash.MURMUR3_32, take, MODULO, seed)))
                    .extracting(Problem::path)
                    .containsExactly("seed");
        }
        assertThat(refused(() -> with(Hash.SHA1, take, MODULO, seed)))
                .extracting(Problem::path)
                .containsExactly("seed");
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,0,''",
        "8,1000000000,1000000000,''",
        "0,1,0,rounds",
        "9,1,0,rounds",
        "1,0,0,reduce",
        "1,1000000001,0,reduce",
        "1,1,1000000001,offset",
        "1,1,-1000000001,offset",
        "1,1,-9223372036854775808,offset"
    })
    @DisplayName("has rounds, buckets and offset within limits")
    void ranges(int rounds, long buckets, long offset, String problem) {
        for (Reduction reduction :
                new Reduction[] {new Reduction.Modulo(buckets), new Reduction.MultiplyShift(buckets)}) {
            if (problem.isEmpty()) {
                assertThat(with(rounds, reduction, offset).rounds()).isEqualTo(rounds);
            } else {
                assertThat(refused(() -> with(rounds, reduction, offset)))
                        .extracting(Problem::path)
                        .containsExactly(problem);
            }
        }
    }

    @Test
    @DisplayName("has no offset with a fraction")
    void fraction() {
        Reduction fraction = new Reduction.Fraction(Reduction.Precision.FLOAT32);

        assertThat(with(1, fraction, 0).reduction()).isEqualTo(fraction);
        assertThat(refused(() -> with(1, fraction, 1)))
                .extracting(Problem::path)
                .containsExactly("offset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{value}\n{salt}",
                "\u0000{value}",
                "{0}",
                "{stage}{salt}{key}:{1}",
                "{{{value}}}",
                "}}{value}{{",
                "{99}"
            })
    @DisplayName("has a template with a value in it")
    void templates(String input) {
        assertThat(with(input).input()).isEqualTo(input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{salt}",
                "{{value}}",
                "{value",
                "value}",
                "{value}{",
                "{value}}",
                "{Value}",
                "{value}{user}",
                "{100}"
            })
    @DisplayName("and nothing else in braces")
    void badTemplates(String input) {
        assertThat(refused(() -> with(input)))
                .isNotEmpty()
                .extracting(Problem::path)
                .containsOnly("input");
    }

    @Test
    @DisplayName("names its parts as the format does")
    void names() {
        assertThat(Hash.values())
                .extracting(Hash::toString)
                .containsExactly("murmur3-32", "sha1", "md5", "sha256", "fnv1a-32", "crc32");
        assertThat(Comparison.values()).extracting(Comparison::toString).containsExactly("<", "<=");
        assertThat(Take.Endian.values()).extracting(Take.Endian::toString).containsExactly("big", "little");
        assertThat(Reduction.Precision.values())
                .extracting(Reduction.Precision::toString)
                .containsExactly("float32", "float64");
    }

    private static Bucketing with(Hash hash, Take take, Reduction reduction, long seed) {
        return new Bucketing(hash, 1, take, seed, reduction, 0, Comparison.BELOW, Bucketing.GUIDON_INPUT, Extra.NONE);
    }

    private static Bucketing with(int rounds, Reduction reduction, long offset) {
        Bucketing guidon = Bucketing.GUIDON;
        return new Bucketing(
                guidon.hash(),
                rounds,
                guidon.take(),
                0,
                reduction,
                offset,
                Comparison.AT_MOST,
                guidon.input(),
                Extra.NONE);
    }

    private static Bucketing with(String input) {
        Bucketing guidon = Bucketing.GUIDON;
        return new Bucketing(guidon.hash(), 1, guidon.take(), 0, MODULO, 0, Comparison.BELOW, input, Extra.NONE);
    }
}
