package dev.guidon.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("MurmurHash3")
class Murmur3Test {

    @DisplayName("gives the values that are published for it")
    @ParameterizedTest(name = "of {0} with seed {1} is {2}")
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    '',0,00000000
                    '',1,514e28b7
                    '',ffffffff,81f16f39
                    \\0,0,514e28b7
                    \\0\\0,0,30f4c306
                    \\0\\0\\0,0,85f0b427
                    \\0\\0\\0\\0,0,2362f9de
                    !,0,72661cf4
                    !C,0,a0f7b07a
                    !Ce,0,7e4a8634
                    test,0,ba6bd213
                    test,9747b28c,704b81dc
                    a,9747b28c,7fa09ea6
                    aa,9747b28c,5d211726
                    aaa,9747b28c,283e0130
                    aaaa,9747b28c,5a97808a
                    ab,9747b28c,74875592
                    abc,9747b28c,c84a62dd
                    abcd,9747b28c,f0478627
                    abc,0,b3dd93fa
                    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,0,ee925b90
                    ππππππππ,9747b28c,d58063c1
                    'Hello, world!',0,c0363e43
                    'Hello, world!',9747b28c,24884cba
                    The quick brown fox jumps over the lazy dog,0,2e4ff723
                    The quick brown fox jumps over the lazy dog,9747b28c,2fa826cd
                    """)
    void givesPublishedValues(String escaped, String seed, String expected) {
        String text = escaped.replace("\\0", "\0");

        int hash = Murmur3.startingWith("", Integer.parseUnsignedInt(seed, 16)).with(text);

        assertThat("%08x".formatted(hash)).isEqualTo(expected);
        assertThat(Murmur3.startingWith(text, Integer.parseUnsignedInt(seed, 16))
                        .with(""))
                .isEqualTo(hash);
    }

    @Test
    @DisplayName("gives what another implementation gives, wherever the beginning ends")
    void givesWhatGuavaGives() {
        Random random = new Random(20260701);
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = randomText(random);
            int seed = random.nextInt(4) == 0 ? random.nextInt() : 0;
            int expected = Hashing.murmur3_32_fixed(seed)
                    .hashBytes(wellFormed(text).getBytes(UTF_8))
                    .asInt();
            for (int split = 0; split <= text.length(); split++) {
                boolean insidePair = split > 0
                        && split < text.length()
                        && Character.isSurrogatePair(text.charAt(split - 1), text.charAt(split));
                if (!insidePair
                        && Murmur3.startingWith(text.substring(0, split), seed).with(text.substring(split))
                                != expected) {
                    wrong++;
                }
            }
        }

        assertThat(wrong).isZero();
    }

    @Test
    @DisplayName("encodes every character, and a lone surrogate as U+FFFD")
    void encodesEveryCharacter() {
        for (int c = 0; c <= 0xFFFF; c++) {
            String text = "a" + (char) c + "b";
            String expected = Character.isSurrogate((char) c) ? "a\uFFFDb" : text;

            if (!Arrays.equals(Murmur3.utf8(text), expected.getBytes(UTF_8))
                    || hash(text)
                            != Hashing.murmur3_32_fixed(0)
                                    .hashBytes(expected.getBytes(UTF_8))
                                    .asInt()) {
                assertThat(text).as("U+%04X", c).isEqualTo(expected);
            }
        }
        assertThat(hash("\uD83D\uDE00"))
                .isEqualTo(Hashing.murmur3_32_fixed(0)
                        .hashBytes("😀".getBytes(UTF_8))
                        .asInt());
        assertThat(hash("\uDE00\uD83D")).isEqualTo(hash("\uFFFD\uFFFD"));
        assertThat(hash("\uD83D\uD83D\uDE00")).isEqualTo(hash("\uFFFD😀"));
    }

    private static int hash(String text) {
        return Murmur3.startingWith("", 0).with(text);
    }

    /** Of all lengths of UTF-8, with lone surrogates. */
    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(14);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.appendCodePoint(random.nextInt(0x80));
                case 1 -> text.appendCodePoint(0x80 + random.nextInt(0x780));
                case 2 -> text.append((char) (0x800 + random.nextInt(0xF800)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 4 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                default -> text.append("user-").append(random.nextInt(1000));
            }
        }
        return text.toString();
    }

    private static String wellFormed(String text) {
        StringBuilder whole = new StringBuilder();
        text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return whole.toString();
    }
}
