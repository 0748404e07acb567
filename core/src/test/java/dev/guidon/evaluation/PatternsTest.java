package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Patterns")
@Timeout(60)
class PatternsTest {

    private static final String[] TOKENS = {
        "(",
        "(?:",
        ")",
        "[",
        "]",
        "[^",
        "a",
        "b",
        "{",
        "}",
        ",",
        "2",
        "30",
        "{3}",
        "{7}",
        "{2,4}",
        "{,3}",
        "{40}",
        "{9,}",
        "*",
        "+",
        "?",
        "|",
        "\\Q\\E",
        "\\Q",
        "\\E",
        "\\",
        "\\p{L}",
        "\\pN",
        "\\x{41}",
        "\\d",
        ":",
        "[:alpha:]",
        "[:",
        ":]",
        "^",
        "$",
        ".",
        "(?i)",
        "(?P<n>",
        "\\b",
        "\\Q(\\E",
        "\\Q[\\E",
        "-",
        "k",
        "😀",
        "a{40}",
        "()",
        "(imsU)",
        ")",
        "1"
    };

    @Test
    @DisplayName("never become much larger than their text lets expect")
    void areEstimated() {
        Random random = new Random(3);
        int compiled = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(14); length > 0; length--) {
                text.append(TOKENS[random.nextInt(TOKENS.length)]);
            }
            long estimate = new Patterns.Size(text.toString()).writtenOut();
            if (estimate > Patterns.MOST_WRITTEN_OUT) {
                continue;
            }
            try {
                int size = Pattern.compile(text.toString()).programSize();
                compiled++;
                assertThat((long) size).as(text.toString()).isLessThanOrEqualTo(3 * estimate + 10);
            } catch (PatternSyntaxException invalid) {
                // Most random texts are none.
            }
        }

        assertThat(compiled).isGreaterThan(10_000);
    }

    @DisplayName("count with their repetitions written out")
    @ParameterizedTest(name = "{0} is no more than {1} and no less than {2}")
    @CsvSource(delimiter = ';', textBlock = """
                    abc                ; 3    ; 3
                    [a-z]{100}         ; 120  ; 100
                    (ab){10}(cd){20}   ; 200  ; 60
                    ((a{10}){10}){10}  ; 9000 ; 1000
                    [^]x({9]{50}       ; 60   ; 50
                    \\Q(a{50}\\E{2}    ; 30   ; 8
                    \\x{100}           ; 3    ; 1
                    """)
    void areCounted(String text, long most, long least) {
        assertThat(new Patterns.Size(text).writtenOut()).isBetween(least, most);
    }

    @DisplayName("that would blow up are refused at once")
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ((a{30}){30}){30}
                    (((a{100}){100}){100}){100}
                    ((((((a{9}b){9}c){9}d){9}e){9}f){9}g){9}
                    (aaaaaaaaaa){1000}
                    (\\pL\\pL\\pL\\pL\\pL\\pL){1000}
                    a{1000}b{1000}c{1000}d{1000}e{1000}
                    (a{40}(?i){40}(?i){40})
                    a{99999999999999999999}
                    (x+x+)+y{9999}
                    """)
    void thatBlowUpAreRefused(String text) {
        assertThat(new Patterns().compile(text)).isNull();
    }

    @Test
    @DisplayName("have at most 1,000 characters, however deep they are nested")
    void areBounded() {
        Patterns patterns = new Patterns();

        assertThat(patterns.compile("a".repeat(1_000))).isNotNull();
        assertThat(patterns.compile("a".repeat(1_001))).isNull();
        assertThat(patterns.compile("(".repeat(400) + "a" + ")".repeat(400))).isNotNull();
        assertThat(patterns.compile("(".repeat(1_000))).isNull();
    }

    @Test
    @DisplayName("of one definition are bounded together")
    void areBoundedTogether() {
        Patterns patterns = new Patterns();
        int compiled = 0;
        while (patterns.compile("a{900}b{900}c{900}d{900}e{800}") != null) {
            compiled++;
        }

        assertThat(compiled).isBetween(40, 256 * 1024 / 4400);
    }

    @Test
    @DisplayName("look at no more than 65,536 characters")
    void lookAtBoundedText() {
        assertThat(find(65_536)).isEqualTo(Truth.TRUE);
        assertThat(find(65_537)).isEqualTo(Truth.UNKNOWN);
    }

    private static Truth find(int length) {
        return Yaml.truth(
                "{attribute: a, matches: ['no', 'a$']}",
                EvaluationContext.builder(null).set("a", "a".repeat(length)).build());
    }
}
