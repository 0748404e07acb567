package dev.guidon.json;

import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Comparison;
import dev.guidon.definition.Bucketing.Hash;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Extra;
import java.util.List;
import java.util.Set;

/** Reads the formula of a bucket. */
final class BucketingReader {

    private static final Set<String> DEPEND_ON_HASH = Set.of("bytes", "hexDigits", "seed");
    private static final Set<String> DEPEND_ON_REDUCTION = Set.of("bytes", "hexDigits");

    private BucketingReader() {}

    static Bucketing read(Node node) {
        Fields fields = node.absent() ? null : node.object("an object: a bucketing formula");
        if (fields == null) {
            return Bucketing.GUIDON;
        }
        Bucketing defaults = Bucketing.GUIDON;
        Hash hash = or(fields.at("hash").choice(Hash.values()), defaults.hash());
        int rounds = fields.at("rounds").small(defaults.rounds());
        Take take = take(fields);
        long seed = fields.at("seed").integer(defaults.seed());
        Reduction reduction = reduction(fields.at("reduce"));
        long offset = fields.at("offset").integer(defaults.offset());
        Comparison comparison = or(fields.at("compare").choice(Comparison.values()), defaults.comparison());
        String text = fields.at("input").text();
        String input = text == null ? defaults.input() : text;
        Extra extra = fields.extra();
        boolean hashFailed = fields.failed("hash");
        boolean reductionFailed = fields.failed("reduce");
        return node.build(
                defaults,
                () -> new Bucketing(hash, rounds, take, seed, reduction, offset, comparison, input, extra),
                path -> (hashFailed && DEPEND_ON_HASH.contains(path))
                                || (reductionFailed && DEPEND_ON_REDUCTION.contains(path))
                        ? null
                        : path);
    }

    private static Take take(Fields fields) {
        Node bytes = fields.at("bytes");
        Node endian = fields.at("endian");
        Node digits = fields.at("hexDigits");
        if (digits.absent()) {
            return new Take.Bytes(bytes.small(4), or(endian.choice(Take.Endian.values()), Take.Endian.BIG));
        }
        if (!bytes.absent() || !endian.absent()) {
            digits.refuse("either hexDigits, or bytes and endian");
        }
        return new Take.HexDigits(digits.small(1));
    }

    private static Reduction reduction(Node node) {
        Fields fields = node.absent() ? null : node.object("an object: {multiplyShift}, {modulo} or {fraction}");
        if (fields == null) {
            return Bucketing.GUIDON.reduction();
        }
        List<String> kinds = fields.present(List.of("multiplyShift", "modulo", "fraction"));
        if (kinds.size() != 1 || !fields.extra().fields().isEmpty()) {
            fields.refuse("exactly one of multiplyShift, modulo, fraction, and nothing else");
            return Bucketing.GUIDON.reduction();
        }
        Node value = fields.at(kinds.get(0));
        return switch (kinds.get(0)) {
            case "multiplyShift" -> new Reduction.MultiplyShift(value.integer(1));
            case "modulo" -> new Reduction.Modulo(value.integer(1));
            default ->
                new Reduction.Fraction(or(value.choice(Reduction.Precision.values()), Reduction.Precision.FLOAT64));
        };
    }

    private static <T> T or(@org.jspecify.annotations.Nullable T value, T absent) {
        return value == null ? absent : value;
    }
}
