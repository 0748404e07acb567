package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value becomes a bucket, as data: fill the input template, hash it, take a number from the hash, reduce it.
 *
 * <p>{@link #GUIDON} is the default and stable for ever. The other combinations exist so that flags which come from other
 * systems keep every user in the bucket where they are.
 *
 * @param hash the hash function, applied to the UTF-8 bytes of the input; lone surrogates become U+FFFD
 * @param rounds how often to hash, 1 to 8; each further round hashes the decimal text of the number taken before
 * @param take which part of the hash is the number
 * @param seed the seed of {@code MURMUR3_32}, as signed or unsigned 32 bits; 0 for the other hashes
 * @param reduction how the number becomes a bucket
 * @param offset added to the bucket, for systems that count from 1; 0 for a {@link Reduction.Fraction}
 * @param comparison how a bucket is compared with a threshold
 * @param input the template, of 1 to 256 characters, which may be control characters: {@code {stage}} ({@code rollout}, {@code split} or {@code bucket}), {@code {salt}}, {@code {key}}
 *     (of the flag or segment), {@code {value}} (all values joined by {@code :}), {@code {0}}, {@code {1}} … (single values);
 *     two braces stand for one
 * @param extra unknown fields
 * @see <a href="https://github.com/aappleby/smhasher/wiki/MurmurHash3">MurmurHash3</a>
 */
public record Bucketing(
        Hash hash,
        int rounds,
        Take take,
        long seed,
        Reduction reduction,
        long offset,
        Comparison comparison,
        String input,
        Extra extra) {

    /** The default input template. */
    public static final String GUIDON_INPUT = "{stage}:{salt}:{value}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");

    /** {@code (murmur3_x86_32(stage + ":" + salt + ":" + value, seed 0) × 100000) >>> 32}, compared by {@code <}. */
    public static final Bucketing GUIDON = new Bucketing(
            Hash.MURMUR3_32,
            1,
            new Take.Bytes(4, Take.Endian.BIG),
            0,
            new Reduction.MultiplyShift(100_000),
            0,
            Comparison.BELOW,
            GUIDON_INPUT,
            Extra.NONE);

    /** A hash function. */
    public enum Hash {
        /** MurmurHash3 x86 32 bit. */
        MURMUR3_32("murmur3-32", 4),
        /** SHA-1. */
        SHA1("sha1", 20),
        /** MD5. */
        MD5("md5", 16),
        /** SHA-256. */
        SHA256("sha256", 32),
        /** FNV-1a 32 bit. */
        FNV1A_32("fnv1a-32", 4),
        /** CRC-32 as in gzip and PNG. */
        CRC32("crc32", 4);

        private final String text;
        private final int bytes;

        Hash(String text, int bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        /** {@return the length of the hash in bytes; a 32 bit hash counts as its four bytes, highest first} */
        public int bytes() {
            return bytes;
        }

        /** {@return the name in the format} */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Which part of the hash is the number, always from the front and unsigned. */
    public sealed interface Take {

        /** {@return how many bits the number has} */
        int bits();

        /**
         * The first bytes.
         *
         * @param count 1 to 8, with {@link Reduction.Modulo} any number; at most the length of the hash
         * @param endian their order in the number
         */
        record Bytes(int count, Endian endian) implements Take {
            @Override
            public int bits() {
                return count * 8;
            }
        }

        /**
         * The first hexadecimal digits.
         *
         * @param count 1 to 16, with {@link Reduction.Modulo} any number; at most the length of the hash
         */
        record HexDigits(int count) implements Take {
            @Override
            public int bits() {
                return count * 4;
            }
        }

        /** The order of bytes. */
        enum Endian {
            /** Highest byte first. */
            BIG,
            /** Lowest byte first. */
            LITTLE;

            /** {@return the name in the format} */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** How a number of {@code b} bits becomes a bucket. */
    public sealed interface Reduction {

        /**
         * {@code (number × buckets) >>> b}: 0 to buckets − 1, without the bias of a remainder.
         *
         * @param buckets 1 to 1,000,000,000
         */
        record MultiplyShift(long buckets) implements Reduction {}

        /**
         * {@code number % buckets}: 0 to buckets − 1.
         *
         * @param buckets 1 to 1,000,000,000
         */
        record Modulo(long buckets) implements Reduction {}

        /**
         * {@code number / (2^b − 1)}: 0 to 1, both included. Thresholds are summed up in the same precision.
         *
         * @param precision the floating point format of all steps
         */
        record Fraction(Precision precision) implements Reduction {}

        /** An IEEE 754 binary format. */
        enum Precision {
            /** 32 bit. */
            FLOAT32,
            /** 64 bit. */
            FLOAT64;

            /** {@return the name in the format} */
            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** How a bucket is compared with a threshold. */
    public enum Comparison {
        /** Included if the bucket is below the threshold. */
        BELOW("<"),
        /** Included if the bucket is at or below the threshold. */
        AT_MOST("<=");

        private final String text;

        Comparison(String text) {
            this.text = text;
        }

        /** {@return the sign in the format} */
        @Override
        public String toString() {
            return text;
        }
    }

    /** Checks all parts against each other. */
    public Bucketing {
        List<Problem> problems = new ArrayList<>();
        if (rounds < 1 || rounds > 8) {
            problems.add(Problem.at("rounds", rounds, "1 to 8"));
        }
        checkTake(hash, take, reduction, problems);
        if (seed < Integer.MIN_VALUE || seed > 0xFFFF_FFFFL || (seed != 0 && hash != Hash.MURMUR3_32)) {
            problems.add(Problem.at("seed", seed, hash == Hash.MURMUR3_32 ? "32 bits" : "0 with " + hash));
        }
        long buckets = reduction instanceof Reduction.MultiplyShift shift
                ? shift.buckets()
                : reduction instanceof Reduction.Modulo modulo ? modulo.buckets() : 1;
        if (buckets < 1 || buckets > 1_000_000_000) {
            problems.add(Problem.at("reduce", buckets, "1 to 1000000000 buckets"));
        }
        if (offset < -1_000_000_000
                || offset > 1_000_000_000
                || (offset != 0 && reduction instanceof Reduction.Fraction)) {
            problems.add(Problem.at("offset", offset, "-1000000000 to 1000000000, and 0 with a fraction"));
        }
        checkInput(input, problems);
        Problem.refuse(problems);
    }

    /** A remainder can be taken of a number of any length; everything else is computed with 64 bits. */
    private static void checkTake(Hash hash, Take take, Reduction reduction, List<Problem> problems) {
        boolean bytes = take instanceof Take.Bytes;
        int count = take instanceof Take.Bytes taken ? taken.count() : ((Take.HexDigits) take).count();
        int whole = bytes ? hash.bytes() : hash.bytes() * 2;
        int most = reduction instanceof Reduction.Modulo ? whole : Math.min(whole, bytes ? 8 : 16);
        if (count < 1 || count > most) {
            String longer = most < whole ? ", or to " + whole + " with modulo" : "";
            problems.add(Problem.at(bytes ? "bytes" : "hexDigits", count, "1 to " + most + " with " + hash + longer));
        }
    }

    private static void checkInput(String input, List<Problem> problems) {
        boolean hasValue = false;
        Matcher matcher = PLACEHOLDER.matcher(input);
        while (matcher.find()) {
            String name = matcher.group(1);
            boolean value = name != null && (name.equals("value") || name.matches("[0-9]{1,2}"));
            hasValue |= value;
            boolean known =
                    value || (name != null && List.of("stage", "salt", "key").contains(name));
            if (!known && !matcher.group().equals("{{") && !matcher.group().equals("}}")) {
                problems.add(Problem.at(
                        "input",
                        matcher.group(),
                        "{stage}, {salt}, {key}, {value}, {0}, {1} …, and {{ or }} for a brace"));
            }
        }
        if (!hasValue) {
            problems.add(Problem.at("input", input, "a template with {value} or {0}"));
        }
        DefinitionKey.checkHashed("input", input, problems);
    }
}
