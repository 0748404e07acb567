package dev.guidon.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Text that comes from outside")
class ShownTest {

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("a\nb", "a\\nb"),
                Arguments.of("a\r\nb\tc", "a\\r\\nb\\tc"),
                Arguments.of("\u0000\u001b[31m\u007f\u0085", "\\u0000\\u001b[31m\\u007f\\u0085"),
                Arguments.of("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
                Arguments.of("a\u202eb\u2066c\u200fd\u061ce", "a\\u202eb\\u2066c\\u200fd\\u061ce"),
                Arguments.of("a\u200bb\ufeffc\u00add", "a\\u200bb\\ufeffc\\u00add"),
                Arguments.of("pay\u200dment", "pay\\u200dment"),
                Arguments.of("\ud83d x \ude80", "\\ud83d x \\ude80"),
                Arguments.of("\udb40\udc41", "\\udb40\\udc41"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @DisplayName("stays on its line, in its order, with everything in it visible")
    void escapes(String text, String shown) {
        assertThat(Shown.part(text)).isEqualTo(shown);
        assertThat(Shown.message(text)).isEqualTo(shown);
        assertThat(new Problem(text, text, text).found()).isEqualTo(shown);
        assertThat(DefinitionKey.flag(text)).hasToString("flag/" + shown);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.2S, 200 ms",
        "PT10S, 10 s",
        "PT1.5S, 1 s 500 ms",
        "PT90S, 1 min 30 s",
        "PT49H, 2 d 1 h",
        "P1095D, 1095 d",
        "PT0.000000007S, 7 ns",
        "PT-1M-30.5S, -1 min 30 s 500 ms"
    })
    @DisplayName("of a duration is exact, in units that people use")
    void durations(Duration duration, String shown) {
        assertThat(Shown.duration(duration)).isEqualTo(shown);
        assertThat(Problem.at("limit", duration, "x").found()).isEqualTo(shown);
    }

    @Test
    @DisplayName("of a duration can be shown for the longest ones")
    void longestDurations() {
        assertThat(Shown.duration(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .isEqualTo("106751991167300 d 15 h 30 min 7 s 999 ms 999999 ns");
        assertThat(Shown.duration(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-106751991167300 d ");
    }

    @Test
    @DisplayName("keeps its letters and emoji")
    void keepsLetters() {
        String text = "Größe, 価格, שלום, می‌خواهم, \uD83D\uDC69\u200D\uD83D\uDCBB, ☺\uFE0F, \\d+";

        assertThat(Shown.part(text)).isEqualTo(text);
        assertThat(Shown.quoted("a\"b\\d\n\uD83D\uDE80")).isEqualTo("\"a\\\"b\\\\d\\n\uD83D\uDE80\"");
    }

    @Test
    @DisplayName("is cut when it is long, never in the middle of a character")
    void cuts() {
        assertThat(Shown.part("x".repeat(240))).hasSize(240);
        assertThat(Shown.part("x".repeat(241))).isEqualTo("x".repeat(120) + "… (241 characters)");
        assertThat(Shown.part("x" + "\uD83D\uDE80".repeat(200)))
                .isEqualTo("x" + "\uD83D\uDE80".repeat(59) + "… (401 characters)");
        assertThat(Shown.part("\u0000".repeat(1_000_000))).isEqualTo("\\u0000".repeat(20) + "… (1000000 characters)");
        assertThat(Shown.message("x".repeat(1_000_000))).hasSizeLessThan(4_100);
    }

    @Test
    @DisplayName("is the same when it is made fit to be shown again")
    void isIdempotent() {
        Random random = new Random(13);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(300); length > 0; length--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }

            String shown = Shown.part(text.toString());

            assertThat(Shown.part(shown)).isEqualTo(shown);
            assertThat(shown.length()).isLessThanOrEqualTo(240);
            assertThat(shown.chars().filter(c -> c < ' ' || c == 0x2028)).isEmpty();
        }
    }
}
