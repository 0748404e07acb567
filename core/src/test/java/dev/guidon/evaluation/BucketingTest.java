package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Percent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketingTest {

    private static final Take FOUR_BYTES = new Take.Bytes(4, Take.Endian.BIG);

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "'', 1, 514e28b7",
        "'', ffffffff, 81f16f39",
        "test, 0, ba6bd213",
        "test, 9747b28c, 704b81dc",
        "'Hello, world!', 0, c0363e43",
        "'Hello, world!', 9747b28c, 24884cba",
        "The quick brown fox jumps over the lazy dog, 0, 2e4ff723",
        "The quick brown fox jumps over the lazy dog, 9747b28c, 2fa826cd"
    })
    @DisplayName("murmur3 has the published test vectors")
    void hasPublishedVectors(String text, String seed, String expected) {
        int hash = Murmur3.startingWith("", Integer.parseUnsignedInt(seed, 16)).with(text);

        assertThat(Integer.toHexString(hash)).isEqualTo(expected);
    }

    @Test
    @DisplayName(
            "murmur3 agrees with another implementation on random Unicode, lone surrogates being U+FFFD, cut anywhere")
    void agreesWithGuava() {
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            String text = randomText(random);
            int cut = random.nextInt(text.length() + 1);
            boolean splitsPair =
                    cut > 0 && cut < text.length() && Character.isSurrogatePair(text.charAt(cut - 1), text.charAt(cut));
            cut = splitsPair ? cut - 1 : cut;
            int seed = random.nextInt();

            int hash = Murmur3.startingWith(text.substring(0, cut), seed).with(text.substring(cut));

            assertThat(hash)
                    .isEqualTo(
                            Hashing.murmur3_32_fixed(seed).hashBytes(utf8(text)).asInt());
        }
    }

    /** Stage, salt, value and bucket; the same table stands in docs/flag-format.md and must never change. */
    @ParameterizedTest
    @CsvSource({
        "rollout, checkout, u-1, 54444", "rollout, checkout, u-2, 13112", "split, checkout, u-1, 77626",
        "bucket, holdout-2027, u-1, 26621", "rollout, checkout, '', 62824", "rollout, checkout, Zoë 😀, 3727",
        "split, banner, 42, 24512"
    })
    @DisplayName("Guidon's buckets are what they always were")
    void hasVectors(String stage, String salt, String value, long bucket) {
        assertThat(bucket(Bucketing.GUIDON, stage, salt, EvaluationContext.of(value)))
                .isEqualTo(bucket);
    }

    @Test
    @DisplayName("the quick way and the general way give the same bucket")
    void hasOneFormula() {
        Bucketing general = bucketing(
                Hash.MURMUR3_32, FOUR_BYTES, 0, new Reduction.MultiplyShift(100_000), "{stage}:{salt}:{0}{1}");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            EvaluationContext context = EvaluationContext.of(randomText(random));
            assertThat(bucket(general, "split", "s", context))
                    .isEqualTo(bucket(Bucketing.GUIDON, "split", "s", context));
        }
    }

    @Test
    @DisplayName("Unleash: murmur3(group:id) % 100 + 1 <= percent")
    void bucketsLikeUnleash() {
        Bucketing unleash = new Bucketing(
                Hash.MURMUR3_32,
                1,
                FOUR_BYTES,
                0,
                new Reduction.Modulo(100),
                1,
                Comparison.AT_MOST,
                "{salt}:{value}",
                Extra.NONE);
        Bucketer bucketer = bucketer(unleash, "rollout", "group");
        for (int i = 0; i < 5_000; i++) {
            String id = "user-" + i;
            long normalized = Integer.toUnsignedLong(Hashing.murmur3_32_fixed(0)
                                    .hashBytes(utf8("group:" + id))
                                    .asInt())
                            % 100
                    + 1;
            long bucket = bucketer.bucket(EvaluationContext.of(id));
            assertThat(bucket).isEqualTo(normalized);
            for (int percent : new int[] {0, 1, 50, 99, 100}) {
                assertThat(bucket < bucketer.limit(Percent.of(percent))).isEqualTo(normalized <= percent);
            }
        }
    }

    @Test
    @DisplayName("LaunchDarkly: sha1(key.salt.id), 15 hex digits as a 32 bit fraction, weights summed up in 32 bits")
    void bucketsLikeLaunchDarkly() throws Exception {
        Bucketing launchDarkly = bucketing(
                Hash.SHA1,
                new Take.HexDigits(15),
                0,
                new Reduction.Fraction(Reduction.Precision.FLOAT32),
                "{key}.{salt}.{value}");
        Bucketer bucketer = new Bucketer(by(launchDarkly, "saltyA"), "split", "hashKey", "unused", Clock.systemUTC());
        long[] weights = {33_333, 33_333, 33_334};
        long[] limits = bucketer.limits(weights, 100_000);
        for (int i = 0; i < 5_000; i++) {
            String hex = hex("SHA-1", "hashKey.saltyA.user" + i).substring(0, 15);
            float fraction = (float) Long.parseLong(hex, 16) / (float) 0xFFF_FFFF_FFFF_FFFFL;
            long bucket = bucketer.bucket(EvaluationContext.of("user" + i));
            assertThat((float) Double.longBitsToDouble(bucket)).isEqualTo(fraction);
            float sum = 0;
            for (int j = 0; j < 2; j++) {
                sum += (float) weights[j] / 100_000F;
                assertThat(bucket < limits[j]).isEqualTo(fraction < sum);
            }
            assertThat(bucket < limits[2]).isTrue();
        }
    }

    @Test
    @DisplayName(
            "UFC: the first four bytes of md5(salt-id) % shards; Statsig: eight bytes of sha256 % 10000; little endian too")
    void bucketsLikeShards() throws Exception {
        Bucketing ufc = bucketing(Hash.MD5, FOUR_BYTES, 0, new Reduction.Modulo(10_000), "{salt}-{value}");
        Bucketing statsig = bucketing(
                Hash.SHA256, new Take.Bytes(8, Take.Endian.BIG), 0, new Reduction.Modulo(10_000), "{salt}.{value}");
        Bucketing little = bucketing(
                Hash.SHA256, new Take.Bytes(3, Take.Endian.LITTLE), 0, new Reduction.Modulo(1_000_000), "{value}");
        for (int i = 0; i < 5_000; i++) {
            EvaluationContext context = EvaluationContext.of("u" + i);
            assertThat(bucket(ufc, "split", "s", context))
                    .isEqualTo(Long.parseLong(hex("MD5", "s-u" + i).substring(0, 8), 16) % 10_000);
            assertThat(bucket(statsig, "split", "s", context))
                    .isEqualTo(new BigInteger(hex("SHA-256", "s.u" + i).substring(0, 16), 16)
                            .mod(BigInteger.valueOf(10_000))
                            .longValue());
            String hex = hex("SHA-256", "u" + i);
            assertThat(bucket(little, "split", "s", context))
                    .isEqualTo(Integer.parseInt(hex.substring(4, 6) + hex.substring(2, 4) + hex.substring(0, 2), 16)
                            % 1_000_000);
        }
    }

    @Test
    @DisplayName("GrowthBook: fnv1a of the decimal text of fnv1a, % 10000")
    void bucketsLikeGrowthBook() {
        Bucketing growthBook = new Bucketing(
                Hash.FNV1A_32,
                2,
                FOUR_BYTES,
                0,
                new Reduction.Modulo(10_000),
                0,
                Comparison.BELOW,
                "{salt}{value}",
                Extra.NONE);
        for (int i = 0; i < 5_000; i++) {
            long once = Integer.toUnsignedLong(fnv1a("seedu" + i));
            long twice = Integer.toUnsignedLong(fnv1a(Long.toString(once)));
            assertThat(bucket(growthBook, "split", "seed", EvaluationContext.of("u" + i)))
                    .isEqualTo(twice % 10_000);
        }
        assertThat(fnv1a("foobar")).isEqualTo(0xbf9cf968);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("a number of any length is multiplied and shifted without overflow")
    void reducesAnyLength(int bytes) throws Exception {
        Bucketing shifted = bucketing(
                Hash.SHA256,
                new Take.Bytes(bytes, Take.Endian.BIG),
                0,
                new Reduction.MultiplyShift(999_999_937),
                "{value}");
        Bucketing fraction = bucketing(
                Hash.SHA256,
                new Take.Bytes(bytes, Take.Endian.BIG),
                0,
                new Reduction.Fraction(Reduction.Precision.FLOAT64),
                "{value}");
        for (int i = 0; i < 2_000; i++) {
            EvaluationContext context = EvaluationContext.of("u" + i);
            BigInteger number = new BigInteger(hex("SHA-256", "u" + i).substring(0, 2 * bytes), 16);
            assertThat(bucket(shifted, "split", "s", context))
                    .isEqualTo(number.multiply(BigInteger.valueOf(999_999_937))
                            .shiftRight(8 * bytes)
                            .longValueExact());
            double expected = number.doubleValue()
                    / BigInteger.ONE
                            .shiftLeft(8 * bytes)
                            .subtract(BigInteger.ONE)
                            .doubleValue();
            assertThat(Double.longBitsToDouble(bucket(fraction, "split", "s", context)))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.0, 1",
        "-0.0, 0",
        "1.5, 1.5",
        "0.1, 0.1",
        "1e21, 1000000000000000000000",
        "1e-7, 0.0000001",
        "2e-3, 0.002",
        "123456789.125, 123456789.125",
        "1.0E23, 99999999999999991611392",
        "5e-324, 0.0000%s5"
    })
    @DisplayName("numbers have one text, the shortest that reads back, without an exponent")
    void hasOneTextForNumbers(double number, String text) {
        String expected = text.replace("%s", "0".repeat(319));

        assertThat(Numbers.text(ContextValues.of(number))).isEqualTo(expected);
    }

    @Test
    @DisplayName("a user is the same whether the key is a string or comes as a number, and booleans have a text")
    void bucketsOtherTypes() {
        Assignment byId = Assignment.by(Attribute.of("id"));
        Bucketer bucketer = new Bucketer(byId, "split", "f", "f", Clock.systemUTC());

        long bucket =
                bucketer.bucket(EvaluationContext.builder(null).set("id", "7").build());

        assertThat(bucketer.bucket(EvaluationContext.builder(null).set("id", 7L).build()))
                .isEqualTo(bucket);
        assertThat(bucketer.bucket(
                        EvaluationContext.builder(null).set("id", 7.0).build()))
                .isEqualTo(bucket);
        assertThat(bucketer.bucket(
                        EvaluationContext.builder(null).set("id", true).build()))
                .isNotEqualTo(Bucketer.MISSING);
        assertThat(bucketer.bucket(
                        EvaluationContext.builder(null).set("id", List.of(7)).build()))
                .isEqualTo(Bucketer.MISSING);
        assertThat(bucketer.bucket(EvaluationContext.builder(null).set("id", "").build()))
                .isNotEqualTo(Bucketer.MISSING);
    }

    @Test
    @DisplayName("several attributes are joined, and a fallback stands in when one is missing")
    void joinsAndFallsBack() {
        Assignment joined = new Assignment(
                List.of(Attribute.of("a"), Attribute.of("b")), List.of(Attribute.KEY), null, null, Bucketing.GUIDON);
        Bucketer bucketer = new Bucketer(joined, "split", "f", "f", Clock.systemUTC());

        assertThat(bucketer.bucket(
                        EvaluationContext.builder("k").set("a", "x").set("b", 2).build()))
                .isEqualTo(bucket(Bucketing.GUIDON, "split", "f", EvaluationContext.of("x:2")));
        assertThat(bucketer.bucket(EvaluationContext.builder("k").set("a", "x").build()))
                .isEqualTo(bucket(Bucketing.GUIDON, "split", "f", EvaluationContext.of("k")));
        assertThat(bucketer.bucket(EvaluationContext.builder(null).set("a", "x").build()))
                .isEqualTo(Bucketer.MISSING);
    }

    private static Bucketing bucketing(Hash hash, Take take, long seed, Reduction reduction, String input) {
        return new Bucketing(hash, 1, take, seed, reduction, 0, Comparison.BELOW, input, Extra.NONE);
    }

    private static Assignment by(Bucketing bucketing, String salt) {
        return new Assignment(List.of(Attribute.KEY), List.of(), null, salt, bucketing);
    }

    private static Bucketer bucketer(Bucketing bucketing, String stage, String salt) {
        return new Bucketer(by(bucketing, salt), stage, "flag", "unused", Clock.systemUTC());
    }

    private static long bucket(Bucketing bucketing, String stage, String salt, EvaluationContext context) {
        return bucketer(bucketing, stage, salt).bucket(context);
    }

    private static int fnv1a(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash ^= b & 0xFF;
            hash *= 16_777_619;
        }
        return hash;
    }

    private static String hex(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String randomText(Random random) {
        int[] lowest = {0x20, 0x80, 0x800, 0xD800, 0xDC00, 0x10000};
        int[] range = {0x60, 0x700, 0x5000, 0x400, 0x400, 0xFFFFF};
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(20)).forEach(i -> {
            int kind = random.nextInt(lowest.length);
            text.appendCodePoint(lowest[kind] + random.nextInt(range[kind]));
        });
        return text.toString();
    }

    /** Another way to the same bytes: lone surrogates are replaced with a regular expression first. */
    private static byte[] utf8(String text) {
        return text.replaceAll(
                        "[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]", "\uFFFD")
                .getBytes(StandardCharsets.UTF_8);
    }
}
