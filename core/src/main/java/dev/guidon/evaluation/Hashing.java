package dev.guidon.evaluation;

import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** The number that a bucketing takes from the hash of a text. */
final class Hashing {

    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private final Bucketing bucketing;

    Hashing(Bucketing bucketing) {
        this.bucketing = bucketing;
    }

    /** An unsigned number of as many bits as the bucketing takes; of more than 64 the remainder that is asked for. */
    long of(String input) {
        if (bucketing.take().bits() > Long.SIZE) {
            return remainder(input);
        }
        long number = take(hash(input));
        for (int round = 1; round < bucketing.rounds(); round++) {
            number = take(hash(Long.toUnsignedString(number)));
        }
        return number;
    }

    private long remainder(String input) {
        BigInteger number = takeWide(hash(input));
        for (int round = 1; round < bucketing.rounds(); round++) {
            number = takeWide(hash(number.toString()));
        }
        long buckets = ((Reduction.Modulo) bucketing.reduction()).buckets();
        return number.mod(BigInteger.valueOf(buckets)).longValueExact();
    }

    private byte[] hash(String input) {
        return switch (bucketing.hash()) {
            case MURMUR3_32 ->
                big(Murmur3.startingWith("", (int) bucketing.seed()).with(input));
            case FNV1A_32 -> big(fnv1a(Murmur3.utf8(input)));
            case CRC32 -> {
                CRC32 crc = new CRC32();
                crc.update(Murmur3.utf8(input));
                yield big((int) crc.getValue());
            }
            case MD5 -> digest("MD5", input);
            case SHA1 -> digest("SHA-1", input);
            case SHA256 -> digest("SHA-256", input);
        };
    }

    private long take(byte[] hash) {
        if (bucketing.take() instanceof Take.HexDigits digits) {
            int bytes = (digits.count() + 1) / 2;
            long number = big(hash, bytes);
            return digits.count() % 2 == 0 ? number : number >>> 4;
        }
        Take.Bytes bytes = (Take.Bytes) bucketing.take();
        return bytes.endian() == Take.Endian.BIG ? big(hash, bytes.count()) : little(hash, bytes.count());
    }

    private BigInteger takeWide(byte[] hash) {
        if (bucketing.take() instanceof Take.HexDigits digits) {
            BigInteger number = new BigInteger(1, hash, 0, (digits.count() + 1) / 2);
            return digits.count() % 2 == 0 ? number : number.shiftRight(4);
        }
        Take.Bytes bytes = (Take.Bytes) bucketing.take();
        if (bytes.endian() == Take.Endian.BIG) {
            return new BigInteger(1, hash, 0, bytes.count());
        }
        byte[] reversed = new byte[bytes.count()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = hash[reversed.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /** See <a href="http://www.isthe.com/chongo/tech/comp/fnv/">the FNV hash</a>. */
    private static int fnv1a(byte[] bytes) {
        int hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    private static byte[] digest(String algorithm, String input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(Murmur3.utf8(input));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, missing);
        }
    }

    private static byte[] big(int hash) {
        return new byte[] {(byte) (hash >>> 24), (byte) (hash >>> 16), (byte) (hash >>> 8), (byte) hash};
    }

    private static long big(byte[] hash, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = (number << 8) | (hash[i] & 0xFF);
        }
        return number;
    }

    private static long little(byte[] hash, int count) {
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = (number << 8) | (hash[i] & 0xFF);
        }
        return number;
    }
}
