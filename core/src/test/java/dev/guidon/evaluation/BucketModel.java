package dev.guidon.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Reduction.Precision;
import dev.guidon.definition.Bucketing.Take;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** What the bucketing of a text must give: by big integers, from the documentation of {@link Bucketing}. */
final class BucketModel {

    private BucketModel() {}

    static long reduced(Reduction reduction, BigInteger number, int bits) {
        if (reduction instanceof Reduction.MultiplyShift shift) {
            return number.multiply(BigInteger.valueOf(shift.buckets()))
                    .shiftRight(bits)
                    .longValueExact();
        } else if (reduction instanceof Reduction.Modulo modulo) {
            return number.mod(BigInteger.valueOf(modulo.buckets())).longValueExact();
        }
        BigInteger most = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
        boolean single = ((Reduction.Fraction) reduction).precision() == Precision.FLOAT32;
        double fraction = single ? number.floatValue() / most.floatValue() : number.doubleValue() / most.doubleValue();
        return Double.doubleToRawLongBits(fraction);
    }

    static BigInteger number(Bucketing bucketing, String input) {
        BigInteger number = taken(bucketing.take(), digest(bucketing, input));
        for (int round = 1; round < bucketing.rounds(); round++) {
            number = taken(bucketing.take(), digest(bucketing, number.toString()));
        }
        return number;
    }

    private static BigInteger taken(Take take, String hex) {
        if (take instanceof Take.HexDigits digits) {
            return new BigInteger(hex.substring(0, digits.count()), 16);
        }
        Take.Bytes bytes = (Take.Bytes) take;
        List<String> pairs =
                new ArrayList<>(List.of(hex.substring(0, 2 * bytes.count()).split("(?<=\\G..)")));
        if (bytes.endian() == Take.Endian.LITTLE) {
            Collections.reverse(pairs);
        }
        return new BigInteger(String.join("", pairs), 16);
    }

    private static String digest(Bucketing bucketing, String input) {
        byte[] bytes = input.getBytes(UTF_8);
        return switch (bucketing.hash()) {
            case MURMUR3_32 ->
                "%08x"
                        .formatted(Hashing.murmur3_32_fixed((int) bucketing.seed())
                                .hashBytes(bytes)
                                .asInt());
            case FNV1A_32 -> {
                BigInteger hash = BigInteger.valueOf(2166136261L);
                for (byte b : bytes) {
                    hash = hash.xor(BigInteger.valueOf(b & 0xFF))
                            .multiply(BigInteger.valueOf(16777619))
                            .mod(BigInteger.TWO.pow(32));
                }
                yield "%08x".formatted(hash);
            }
            case CRC32 -> {
                long crc = 0xFFFF_FFFFL;
                for (byte b : bytes) {
                    crc ^= b & 0xFF;
                    for (int bit = 0; bit < 8; bit++) {
                        crc = (crc >>> 1) ^ ((crc & 1) * 0xEDB8_8320L);
                    }
                }
                yield "%08x".formatted(crc ^ 0xFFFF_FFFFL);
            }
            case MD5 -> digest("MD5", bytes);
            case SHA1 -> digest("SHA-1", bytes);
            case SHA256 -> digest("SHA-256", bytes);
        };
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
