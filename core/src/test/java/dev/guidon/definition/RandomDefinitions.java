package dev.guidon.definition;

import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes valid definitions of every shape, with texts that formats like to get wrong. The same seed makes the same ones. */
public final class RandomDefinitions {

    /** Texts that a notation may take for something else, or damage. */
    public static final List<String> TRAPS = List.of(
            "",
            " ",
            "on",
            "off",
            "yes",
            "No",
            "true",
            "False",
            "null",
            "~",
            "y",
            "1",
            "1.0",
            "012",
            "0x1F",
            "0o17",
            "1_000",
            "-0",
            "+1",
            ".5",
            "1.",
            "1e3",
            ".inf",
            "-.Inf",
            ".nan",
            "2027-01-31",
            "2027-01-31T09:00:00Z",
            "12:30:45",
            "<<",
            "=",
            "-",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "*a",
            "&a",
            "!a",
            "!!str a",
            "%a",
            "@a",
            "`a",
            "|",
            "|-",
            ">",
            "'",
            "''",
            "\"",
            "\\",
            "\\n",
            "{a}",
            "[a]",
            "{",
            "]",
            "a, b",
            " lead",
            "trail ",
            "a  b",
            "---",
            "...",
            "--- a",
            "tab\there",
            "line\nbreak",
            "\n",
            "cr\rlf\r\n",
            "\u0000",
            "\u0007",
            "\u007F",
            "\u0085",
            "\u00A0",
            "\u2028",
            "\u2029",
            "\uFEFF",
            "\uFFFE",
            "\uD83D\uDE80",
            "\uD83D",
            "\uDE80\uD83D",
            "Grüße",
            "日本語",
            "مرحبا",
            "i\u0307",
            "$key",
            "a.b",
            "https://example.com/?q=1#x",
            "C:\\temp",
            "{{value}}",
            "${HOME}",
            "null ",
            "x".repeat(1500),
            "é".repeat(700));

    private final Random random;

    /**
     * Starts from a seed.
     *
     * @param seed the seed
     */
    public RandomDefinitions(long seed) {
        random = new Random(seed);
    }

    /** {@return a document with some flags and segments} */
    public Definitions definitions() {
        List<Definition> all = new ArrayList<>();
        list(0, 4, this::key).forEach(key -> all.add(flag(key)));
        list(0, 3, this::key).forEach(key -> all.add(segment(key)));
        Definitions some = Definitions.of(all);
        return new Definitions(some.revision(), some.flags(), some.segments(), extra());
    }

    /**
     * Makes a flag.
     *
     * @param key its key
     * @return the flag
     */
    public Flag flag(String key) {
        FlagType type = one(FlagType.values());
        Map<String, FlagValue> variants = new LinkedHashMap<>();
        if (type != FlagType.BOOLEAN || chance(2)) {
            list(1, 4, this::name).forEach(name -> variants.put(name, valueOf(type)));
        }
        List<String> names =
                new ArrayList<>(variants.isEmpty() ? Flag.defaultVariants().keySet() : variants.keySet());
        Map<String, String> errors = new LinkedHashMap<>();
        for (int i = chance(4) ? 2 : 0; i > 0; i--) {
            String name = name();
            if (!names.contains(name)) {
                errors.put(name, text());
                names.add(name);
            }
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.add(new Rule(
                    maybe("rule " + i + name().substring(0, 1)),
                    maybe(text()),
                    maybe(condition(3)),
                    maybe(rollout(true)),
                    serve(names),
                    extra()));
        }
        return new Flag(
                key,
                type,
                about(),
                random.nextBoolean(),
                chance(5),
                variants,
                errors,
                maybe(one(names)),
                maybe(salt()),
                list(0, 2, () -> new Prerequisite(key(), list(1, 3, this::name), extra())),
                rules,
                maybe(serve(names)),
                extra());
    }

    /**
     * Makes a segment.
     *
     * @param key its key
     * @return the segment
     */
    public Segment segment(String key) {
        List<Segment.Criterion> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rules.add(new Segment.Criterion(maybe("r" + i), maybe(condition(3)), maybe(rollout(false)), extra()));
        }
        return new Segment(
                key,
                maybe(text()),
                list(0, 2, this::attribute),
                maybe(salt()),
                list(0, 3, this::members),
                list(0, 2, this::members),
                maybe(new Segment.External(attribute(), name())),
                rules,
                extra());
    }

    private MemberList members() {
        return new MemberList(attribute(), list(0, 5, this::operand), extra());
    }

    private About about() {
        return new About(
                maybe(text()),
                maybe(one(FlagKind.values())),
                maybe(text()),
                list(0, 3, this::name),
                maybe(LocalDate.ofEpochDay(random.nextInt(40_000))),
                list(0, 2, this::attribute));
    }

    /**
     * Makes a condition.
     *
     * @param depth how many levels it has at most
     * @return the condition
     */
    public Condition condition(int depth) {
        int kinds = depth <= 1 ? 4 : 8;
        return switch (random.nextInt(kinds)) {
            case 0 -> new Condition.InSegment(list(1, 3, this::key), extra());
            case 1 -> new Condition.FlagServes(key(), list(1, 3, this::name), extra());
            case 2 -> bucket();
            case 4 -> new Condition.All(list(0, 3, () -> condition(depth - 1)), extra());
            case 5 -> new Condition.Any(list(0, 3, () -> condition(depth - 1)), extra());
            case 6 -> new Condition.Not(condition(depth - 1), extra());
            case 7 -> new Condition.IsTrue(condition(depth - 1), extra());
            default -> comparison();
        };
    }

    private Condition bucket() {
        Percent from = percent();
        Percent to = new Percent(from.thousandths() + random.nextInt(100_001 - from.thousandths()));
        Assignment with = new Assignment(attributes(1), attributes(0), null, salt(), bucketing());
        return chance(3)
                ? new Condition.InBucket(Percent.ZERO, Percent.HUNDRED, with, extra())
                : new Condition.InBucket(from, to, with, extra());
    }

    private Condition comparison() {
        Operator operator = one(Operator.values());
        Conversion as = chance(2)
                ? null
                : operator.conversions().stream()
                        .sorted()
                        .skip(
                                operator.conversions().isEmpty()
                                        ? 0
                                        : random.nextInt(operator.conversions().size()))
                        .findFirst()
                        .orElse(null);
        boolean instants = as == Conversion.INSTANT || operator == Operator.BEFORE || operator == Operator.AFTER;
        boolean versions = as == Conversion.SEMVER || operator == Operator.SEMVER_RANGE;
        InstantUnit unit = instants ? maybe(one(InstantUnit.values())) : null;
        Supplier<FlagValue> value = switch (operator.operands()) {
            case FLAG -> () -> FlagValue.of(random.nextBoolean());
            case ONE, MANY -> this::operand;
            case STRINGS -> () -> FlagValue.of(text());
            case ORDERED ->
                () -> instants
                        ? unit == null || chance(2) ? FlagValue.of("2027-01-31T09:00:00Z") : number()
                        : versions ? FlagValue.of("1.2.3") : as == null || chance(2) ? number() : FlagValue.of("17");
        };
        return new Comparison(
                attribute(),
                operator,
                operator.takesList() ? list(0, 4, value) : List.of(value.get()),
                as,
                unit,
                operator.ignoresCase() && chance(3),
                versions ? one(Leniency.values()) : Leniency.STRICT,
                chance(4) ? operand() : null,
                extra());
    }

    private Rollout rollout(boolean anyMissing) {
        Assignment with = assignment(anyMissing);
        if (chance(2)) {
            return new Rollout.Fixed(percent(), chance(2) ? Assignment.BY_KEY : with, extra());
        }
        Instant at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(3) * 500_000L);
        List<Rollout.Step> steps = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            at = at.plusNanos(1 + random.nextLong(1L << 50));
            steps.add(new Rollout.Step(at, percent(), extra()));
        }
        return new Rollout.Ramp(steps, with, extra());
    }

    private Serve serve(List<String> variants) {
        if (chance(2)) {
            return Serve.variant(one(variants));
        }
        if (chance(2)) {
            List<Serve.Range> ranges = list(1, 4, () -> {
                Percent from = percent();
                Percent to = new Percent(from.thousandths() + random.nextInt(100_001 - from.thousandths()));
                return new Serve.Range(one(variants), from, to, extra());
            });
            return new Serve.RangeSplit(ranges, assignment(true), extra());
        }
        List<Serve.Weight> weights =
                new ArrayList<>(list(0, 3, () -> new Serve.Weight(one(variants), random.nextInt(100), extra())));
        weights.add(new Serve.Weight(one(variants), 1 + random.nextInt(1_000_000_000), extra()));
        long total = Serve.WeightedSplit.sum(weights) + (chance(3) ? random.nextInt(1000) : 0);
        return new Serve.WeightedSplit(weights, total, assignment(true), extra());
    }

    private Assignment assignment(boolean anyMissing) {
        Assignment.WhenMissing missing = anyMissing
                ? one(Assignment.WhenMissing.values())
                : one(new Assignment.WhenMissing[] {Assignment.WhenMissing.SKIP, Assignment.WhenMissing.FIRST});
        return new Assignment(attributes(1), attributes(0), maybe(missing), maybe(salt()), bucketing());
    }

    private Bucketing bucketing() {
        if (chance(2)) {
            return Bucketing.GUIDON;
        }
        Hash hash = one(Hash.values());
        int buckets = 1 + random.nextInt(1_000_000_000);
        Reduction reduction = switch (random.nextInt(4)) {
            case 0 -> new Reduction.MultiplyShift(buckets);
            case 1 -> new Reduction.Modulo(buckets);
            case 2 -> new Reduction.Fraction(one(Reduction.Precision.values()));
            default -> Bucketing.GUIDON.reduction();
        };
        int bytes = reduction instanceof Reduction.Modulo ? hash.bytes() : Math.min(8, hash.bytes());
        Take take = chance(2)
                ? new Take.Bytes(1 + random.nextInt(bytes), one(Take.Endian.values()))
                : new Take.HexDigits(1 + random.nextInt(bytes * 2));
        return new Bucketing(
                hash,
                1 + random.nextInt(8),
                take,
                hash == Hash.MURMUR3_32 ? random.nextInt() : 0,
                reduction,
                reduction instanceof Reduction.Fraction || chance(2) ? 0 : random.nextInt(1_000_000_000),
                one(Bucketing.Comparison.values()),
                one(List.of(
                        Bucketing.GUIDON_INPUT,
                        "{value}",
                        "{{{0}}}-{1} {salt}",
                        "{key}.{value}: #x",
                        "{value}\n{key}\u0000\u0085")),
                extra());
    }

    private List<Attribute> attributes(int least) {
        return list(least, 3, this::attribute);
    }

    private Attribute attribute() {
        return switch (random.nextInt(5)) {
            case 0 -> Attribute.KEY;
            case 1 -> Attribute.NOW;
            case 2 -> new Attribute.Path(list(1, 4, this::name));
            default -> Attribute.of("a" + name());
        };
    }

    private Extra extra() {
        if (!chance(8)) {
            return Extra.NONE;
        }
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        list(1, 2, this::fieldName).forEach(name -> fields.put("x-" + name, value(3)));
        return new Extra(fields);
    }

    /** {@return a value that is not null} */
    private FlagValue operand() {
        FlagValue value = value(2);
        return value instanceof FlagValue.Null ? FlagValue.TRUE : value;
    }

    private FlagValue valueOf(FlagType type) {
        return switch (type) {
            case BOOLEAN -> FlagValue.of(random.nextBoolean());
            case STRING -> FlagValue.of(text());
            case NUMBER -> FlagValue.of(random.nextGaussian() * 1e6);
            case JSON -> value(4);
        };
    }

    /**
     * Makes a value.
     *
     * @param depth how many levels of lists and objects it has at most
     * @return the value
     */
    public FlagValue value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> FlagValue.NULL;
            case 1 -> FlagValue.of(random.nextBoolean());
            case 2 -> number();
            case 5 -> new FlagValue.Array(list(0, 3, () -> value(depth - 1)));
            case 6 -> {
                Map<String, FlagValue> fields = new LinkedHashMap<>();
                list(0, 3, this::fieldName).forEach(name -> fields.put(name, value(depth - 1)));
                yield new FlagValue.Obj(fields);
            }
            default -> FlagValue.of(text());
        };
    }

    private FlagValue number() {
        BigInteger digits = new BigInteger(1 + random.nextInt(200), random);
        BigDecimal number = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(300) - 150);
        return chance(2) ? FlagValue.of(random.nextInt(100)) : new FlagValue.Number(number);
    }

    private Percent percent() {
        return chance(2) ? Percent.of(random.nextInt(101)) : new Percent(random.nextInt(100_001));
    }

    private String text() {
        return chance(2) ? one(TRAPS) : randomText();
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) (chance(3) ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    /** A field's name: half of a surrogate pair is not possible there. */
    private String fieldName() {
        return text().codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String name() {
        String name = fieldName()
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(100)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return name.isEmpty() ? "name" : name;
    }

    /** Any text without ':', control characters too. */
    private String salt() {
        String salt = fieldName().replace(':', '-');
        return salt.isEmpty() || salt.length() > 100 ? "salt" : salt;
    }

    private String key() {
        return one(List.of(
                        "a",
                        "checkout-redesign",
                        "team/flag.v2",
                        "_x",
                        "1.0",
                        "012",
                        "on",
                        "null",
                        "0x1F",
                        "2027-01-31"))
                + (chance(2) ? "" : Integer.toString(random.nextInt(1000)));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private <T> T one(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> List<T> list(int least, int most, Supplier<T> supplier) {
        return Stream.generate(supplier)
                .limit(least + random.nextInt(most - least + 1))
                .toList();
    }
}
