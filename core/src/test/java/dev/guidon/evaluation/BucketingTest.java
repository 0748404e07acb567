package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Reduction.Precision;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Percent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Bucketing")
class BucketingTest {

    private static final List<String> USERS =
            IntStream.range(0, 30).mapToObj(i -> "ü-" + 7919 * i).toList();

    @DisplayName("takes any part of any hash, in any order, and reduces it exactly")
    @ParameterizedTest
    @EnumSource
    void takesAnyPart(Hash hash) {
        List<String> wrong = new ArrayList<>();
        for (Reduction reduction : reductions()) {
            for (Take take : takes(hash, reduction instanceof Reduction.Modulo)) {
                for (int rounds = 1; rounds <= 3; rounds++) {
                    Bucketing bucketing = new Bucketing(
                            hash,
                            rounds,
                            take,
                            hash == Hash.MURMUR3_32 ? 0xCAFEBABEL : 0,
                            reduction,
                            0,
                            Comparison.BELOW,
                            "{salt}/{value}",
                            Extra.NONE);
                    Bucketer bucketer = bucketer(bucketing);
                    for (String user : USERS) {
                        BigInteger number = BucketModel.number(bucketing, "salt/" + user);
                        if (bucketer.bucket(EvaluationContext.of(user))
                                != BucketModel.reduced(reduction, number, take.bits())) {
                            wrong.add(bucketing + " of " + user);
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    static Stream<Bucketing> comparisons() {
        return Stream.of(Comparison.values())
                .flatMap(comparison -> Stream.of(
                                new Reduction.Modulo(7),
                                new Reduction.Modulo(100),
                                new Reduction.MultiplyShift(1000),
                                new Reduction.MultiplyShift(3))
                        .flatMap(reduction -> Stream.of(0L, 1L, -5L)
                                .map(offset -> new Bucketing(
                                        Hash.MURMUR3_32,
                                        1,
                                        Bucketing.GUIDON.take(),
                                        0,
                                        reduction,
                                        offset,
                                        comparison,
                                        "{value}",
                                        Extra.NONE))));
    }

    @DisplayName("compares a bucket with the exact share of all buckets")
    @ParameterizedTest
    @MethodSource("comparisons")
    void comparesExactly(Bucketing bucketing) {
        Bucketer bucketer = bucketer(bucketing);
        long buckets = bucketing.reduction() instanceof Reduction.Modulo modulo
                ? modulo.buckets()
                : ((Reduction.MultiplyShift) bucketing.reduction()).buckets();
        List<String> wrong = new ArrayList<>();
        for (int thousandths = 1; thousandths < 100_000; thousandths += 333) {
            BigDecimal threshold = BigDecimal.valueOf(thousandths)
                    .multiply(BigDecimal.valueOf(buckets))
                    .divide(BigDecimal.valueOf(100_000), 10, RoundingMode.UNNECESSARY);
            long limit = bucketer.limit(new Percent(thousandths));
            for (long bucket = bucketing.offset(); bucket < buckets + bucketing.offset(); bucket++) {
                int order = BigDecimal.valueOf(bucket).compareTo(threshold);
                boolean expected = bucketing.comparison() == Comparison.BELOW ? order < 0 : order <= 0;
                if (bucket < limit != expected) {
                    wrong.add(bucket + " at " + thousandths);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(bucketer.limit(Percent.ZERO)).isEqualTo(Bucketer.NOBODY);
        assertThat(bucketer.limit(Percent.HUNDRED)).isEqualTo(Bucketer.EVERYBODY);
    }

    @Test
    @DisplayName("is the same with and without the shortcut for the usual formula")
    void hasSameShortcut() {
        Random random = new Random(5);
        for (String input :
                List.of("{stage}:{salt}:{value}", "{salt}{0}", "{value}", "{{{key}}}{value}", "\uD83D{value}")) {
            Bucketing usual = with(Bucketing.GUIDON, input);
            Bucketing general = with(Bucketing.GUIDON, input + "{1}");
            for (int i = 0; i < 2_000; i++) {
                String value = new String(Character.toChars(random.nextInt(0x10FFFF))) + random.nextInt() + "\uDE00";
                EvaluationContext context = EvaluationContext.of(i % 2 == 0 ? value : value.substring(1));

                assertThat(bucketer(usual).bucket(context))
                        .isEqualTo(bucketer(general).bucket(context));
            }
        }
    }

    @DisplayName("fills its template")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    {stage}:{salt}:{value}   | rollout:salt:a:b
                    {key}.{salt}.{0}         | key.salt.a
                    {1}{0}{1}                | bab
                    {0}-{2}-{99}             | a--
                    {{{value}}}              | {a:b}
                    {{value}}{0}}}           | {value}a}
                    x{value}y{value}         | xa:bya:b
                    """)
    void fillsItsTemplate(String input, String expected) {
        String filled = Template.of(input, "rollout", "key", "salt").fill(new String[] {"a", "b"});

        assertThat(filled).isEqualTo(expected);
    }

    @Test
    @DisplayName("does not look for placeholders in values, keys and salts")
    void doesNotExpandTwice() {
        assertThat(Template.of("{salt}{key}{0}", "s", "{1}", "{value}").fill(new String[] {"{stage}", "x"}))
                .isEqualTo("{value}{1}{stage}");
    }

    @Test
    @DisplayName("joins the values of several attributes, and takes the fallback if one is missing")
    void joinsValues() {
        Assignment assignment = new Assignment(
                List.of(Attribute.of("country"), Attribute.of("age")),
                List.of(Attribute.KEY),
                null,
                null,
                with(Bucketing.GUIDON, "{value}{9}"));
        Bucketer bucketer = new Bucketer(assignment, "split", "f", "f", Yaml.NOON);
        EvaluationContext.Builder user = EvaluationContext.builder("u-1").set("country", "DE");

        long byKey = bucketer.bucket(user.build());
        long joined = bucketer.bucket(user.set("age", 18.0).build());

        assertThat(byKey).isEqualTo(bucketer(with(Bucketing.GUIDON, "{value}")).bucket(EvaluationContext.of("u-1")));
        assertThat(joined).isEqualTo(bucketer(with(Bucketing.GUIDON, "{value}")).bucket(EvaluationContext.of("DE:18")));
        assertThat(bucketer.bucket(EvaluationContext.EMPTY)).isEqualTo(Bucketer.MISSING);
    }

    @Test
    @DisplayName("by 32 bit fractions rounds once only")
    void roundsOnce() {
        long between = (1L << 59) + (1L << 35) + 1;

        assertThat(Bucketer.toFloat(between)).isEqualTo((float) between).isNotEqualTo((float) (double) between);
        assertThat(Bucketer.toFloat(-1)).isEqualTo(0x1p64f);
        assertThat(Bucketer.toDouble(-1)).isEqualTo(0x1p64);
        assertThat(Bucketer.toDouble(Long.MIN_VALUE)).isEqualTo(0x1p63);
    }

    private static Bucketing with(Bucketing bucketing, String input) {
        return new Bucketing(
                bucketing.hash(),
                bucketing.rounds(),
                bucketing.take(),
                bucketing.seed(),
                bucketing.reduction(),
                bucketing.offset(),
                bucketing.comparison(),
                input,
                Extra.NONE);
    }

    private static Bucketer bucketer(Bucketing bucketing) {
        Assignment assignment = new Assignment(List.of(Attribute.KEY), List.of(), null, "salt", bucketing);
        return new Bucketer(assignment, "rollout", "key", "other", Yaml.NOON);
    }

    private static List<Take> takes(Hash hash, boolean all) {
        List<Take> takes = new ArrayList<>();
        int bytes = all ? hash.bytes() : Math.min(8, hash.bytes());
        for (int count = 1; count <= bytes; count++) {
            takes.add(new Take.Bytes(count, Take.Endian.BIG));
            takes.add(new Take.Bytes(count, Take.Endian.LITTLE));
        }
        for (int count = 1; count <= 2 * bytes; count++) {
            takes.add(new Take.HexDigits(count));
        }
        return takes;
    }

    private static List<Reduction> reductions() {
        return List.of(
                new Reduction.MultiplyShift(1),
                new Reduction.MultiplyShift(100_000),
                new Reduction.MultiplyShift(1_000_000_000),
                new Reduction.Modulo(1),
                new Reduction.Modulo(10_000),
                new Reduction.Modulo(999_999_937),
                new Reduction.Fraction(Precision.FLOAT32),
                new Reduction.Fraction(Precision.FLOAT64));
    }
}
