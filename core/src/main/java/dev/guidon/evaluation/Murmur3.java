package dev.guidon.evaluation;

import java.nio.charset.StandardCharsets;

/**
 * MurmurHash3 x86 32 bit over the UTF-8 form of text, without making the bytes. Holds the state after a fixed beginning, so that
 * only the rest has to be hashed per call. Lone surrogates are hashed as U+FFFD.
 *
 * @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp">MurmurHash3.cpp, MurmurHash3_x86_32</a>
 */
final class Murmur3 {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final int REPLACEMENT = 0xFFFD;

    private final int hash;
    private final int block;
    private final int shift;
    private final int length;

    private Murmur3(int hash, int block, int shift, int length) {
        this.hash = hash;
        this.block = block;
        this.shift = shift;
        this.length = length;
    }

    /** The state after the beginning of the text. */
    static Murmur3 startingWith(String beginning, int seed) {
        byte[] bytes = utf8(beginning);
        int h = seed;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            h = mix(h, little(bytes, i, 4));
        }
        int rest = bytes.length - whole;
        return new Murmur3(h, little(bytes, whole, rest), 8 * rest, bytes.length);
    }

    /** The hash of the beginning and the rest together. */
    int with(String rest) {
        int h = hash;
        int k = block;
        int s = shift;
        int n = length;
        int i = 0;
        // Most values are ASCII: four characters are four bytes, moved to where the block before them ends.
        for (; i + 4 <= rest.length(); i += 4) {
            char a = rest.charAt(i);
            char b = rest.charAt(i + 1);
            char c = rest.charAt(i + 2);
            char d = rest.charAt(i + 3);
            if ((a | b | c | d) >= 0x80) {
                break;
            }
            long both = k | ((a | b << 8 | c << 16 | (long) d << 24) << s);
            h = mix(h, (int) both);
            k = (int) (both >>> 32);
            n += 4;
        }
        for (; i < rest.length(); i++) {
            int point = codePoint(rest, i);
            i += point >>> 16 == 0 ? 0 : 1;
            long bytes = point < 0x80 ? bytes(1, point) : utf8(point);
            int count = (int) (bytes >>> 32);
            long both = k | (bytes & 0xFFFF_FFFFL) << s;
            n += count;
            k = (int) both;
            s += 8 * count;
            if (s >= 32) {
                h = mix(h, k);
                k = (int) (both >>> 32);
                s -= 32;
            }
        }
        return finish(s == 0 ? h : h ^ scramble(k), n);
    }

    /** UTF-8 with U+FFFD for lone surrogates, where {@code String.getBytes} would put a question mark. */
    static byte[] utf8(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int point = codePoint(text, i);
            i += point >>> 16 == 0 ? 0 : 1;
            whole.appendCodePoint(point);
        }
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int little(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= (bytes[from + i] & 0xFF) << (8 * i);
        }
        return value;
    }

    /** A code point; a lone surrogate is U+FFFD. */
    private static int codePoint(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return c;
        }
        boolean paired =
                Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        return paired ? Character.toCodePoint(c, text.charAt(i + 1)) : REPLACEMENT;
    }

    /** The bytes of a code point that is not ASCII, the first lowest, and above them in bits 32 and up their number. */
    private static long utf8(int point) {
        if (point < 0x800) {
            return bytes(2, (0xC0 | (point >> 6)) | following(point, 0, 8));
        } else if (point < 0x10000) {
            return bytes(3, (0xE0 | (point >> 12)) | following(point, 6, 8) | following(point, 0, 16));
        }
        int three = (0xF0 | (point >> 18)) | following(point, 12, 8) | following(point, 6, 16);
        return bytes(4, three | following(point, 0, 24));
    }

    private static long bytes(long count, int bytes) {
        return (count << 32) | (bytes & 0xFFFF_FFFFL);
    }

    /** A byte that follows the first: six bits of the code point from the given one, moved to its place. */
    private static int following(int point, int bit, int place) {
        return (0x80 | ((point >> bit) & 0x3F)) << place;
    }

    private static int mix(int h, int k) {
        return Integer.rotateLeft(h ^ scramble(k), 13) * 5 + 0xe6546b64;
    }

    private static int scramble(int k) {
        return Integer.rotateLeft(k * C1, 15) * C2;
    }

    private static int finish(int h, int length) {
        int f = h ^ length;
        f = (f ^ (f >>> 16)) * 0x85ebca6b;
        f = (f ^ (f >>> 13)) * 0xc2b2ae35;
        return f ^ (f >>> 16);
    }
}
