package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.FlagValue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Texts of definitions")
class SharedTextsTest {

    @DisplayName("are kept once, if they are short")
    @Test
    void keptOnce() {
        FlagValue.Text text = SharedTexts.of(copy("country"));

        assertThat(SharedTexts.of(copy("country"))).isSameAs(text).isEqualTo(new FlagValue.Text("country"));
        assertThat(SharedTexts.of(copy("c".repeat(65)))).isNotSameAs(SharedTexts.of(copy("c".repeat(65))));
    }

    @DisplayName("are what was read, however many others there were")
    @Test
    void areWhatWasRead() {
        assertThat(IntStream.range(0, 50_000).mapToObj(i -> "text " + i))
                .allSatisfy(text -> assertThat(SharedTexts.of(text).value()).isEqualTo(text));
    }

    private static String copy(String text) {
        return String.valueOf(text.toCharArray());
    }
}
