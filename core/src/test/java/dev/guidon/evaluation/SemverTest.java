package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Leniency;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Versions")
class SemverTest {

    /** The examples of item 11, and what lies between them. */
    private static final List<String> ASCENDING = List.of(
            "0.0.0-0",
            "0.0.0",
            "0.0.9",
            "0.0.10",
            "0.9.0",
            "0.10.0",
            "1.0.0--",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-beta.9007199254740993",
            "1.0.0-beta.9007199254740994",
            "1.0.0-beta.x",
            "1.0.0-beta.x.1",
            "1.0.0-rc.1",
            "1.0.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
            "99999999999999999999999.999999999999999999.99999999999999999",
            "100000000000000000000000.0.0");

    @Test
    @DisplayName("have the order of SemVer 2.0.0, item 11")
    void haveOrder() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                int order = version(ASCENDING.get(i)).compareTo(version(ASCENDING.get(j)));

                assertThat(Integer.signum(order))
                        .as("%s against %s", ASCENDING.get(i), ASCENDING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    @DisplayName("do not differ by build metadata")
    void ignoreBuild() {
        assertThat(version("1.0.0-rc.1+5114f85").compareTo(version("1.0.0-rc.1")))
                .isZero();
        assertThat(version("1.0.0+20130313144700")).isEqualTo(version("1.0.0+0.build.1-rc.10000aaa-kk-0.1"));
    }

    @DisplayName("are what SemVer 2.0.0 calls valid")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "10.20.30",
                "1.1.2-prerelease+meta",
                "1.1.2+meta-valid",
                "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
                "1.0.0-0A.is.legal",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
                "1.0.0-a.0"
            })
    void areValid(String text) {
        assertThat(Semver.parse(text, Leniency.STRICT)).isNotNull();
        assertThat(Semver.parse(text, Leniency.FULL)).isNotNull();
    }

    @DisplayName("are not what SemVer 2.0.0 calls invalid")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "v1.2.3",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "+invalid",
                "-invalid",
                "alpha",
                "1.0.0-alpha_beta",
                "1.0.0-alpha..1",
                "1.0.0-",
                "1.0.0+",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3.DEV",
                "1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788",
                "1.0.0+a+b",
                "-1.0.3-gamma+b7718",
                "+1.2.3",
                " 1.2.3",
                "1.2.3 ",
                "1.2.3\n",
                "１.2.3"
            })
    void areNotInvalid(String text) {
        assertThat(Semver.parse(text, Leniency.STRICT)).isNull();
    }

    @DisplayName("may be short and start with a v when lenient")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "1, 1.0.0",
        "v1, 1.0.0",
        "V1.2, 1.2.0",
        "1.2-beta+x, 1.2.0-beta",
        "v1.2.3, 1.2.3",
        "1-alpha, 1.0.0-alpha"
    })
    void mayBeShort(String lenient, String strict) {
        assertThat(Semver.parse(lenient, Leniency.FULL)).isEqualTo(version(strict));
    }

    @DisplayName("may be short but do not start with a v when partly lenient")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"1, 1.0.0", "1.2-beta+x, 1.2.0-beta", "1.2.3, 1.2.3", "v1, ", "V1.2.3, ", "1.2.3.4, ", "01, "})
    void mayBePartial(String partial, String strict) {
        assertThat(Semver.parse(partial, Leniency.PARTIAL)).isEqualTo(strict == null ? null : version(strict));
    }

    @DisplayName("have no leading zeros and no more than three numbers even when lenient")
    @ParameterizedTest
    @ValueSource(strings = {"", "v", "01", "1.02", "1.", "1.2.3.4", "vv1", "1..2", "1.2.x", "*", "1.2.3-01"})
    void areLimitedWhenLenient(String text) {
        assertThat(Semver.parse(text, Leniency.FULL)).isNull();
    }

    @Test
    @DisplayName("of more than 256 characters are none")
    void areBounded() {
        assertThat(Semver.parse("1.0." + "1".repeat(252), Leniency.STRICT)).isNotNull();
        assertThat(Semver.parse("1.0." + "1".repeat(253), Leniency.STRICT)).isNull();
        assertThat(Semver.parse("1.0.0-" + "a.".repeat(10_000_000) + "a", Leniency.STRICT))
                .isNull();
        assertThat(Semver.Range.parse(">=" + "1".repeat(300) + ".0.0", Leniency.STRICT))
                .isNull();
    }

    @DisplayName("lie in ranges")
    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource({
        "1.2.3, 1.2.3, true",
        "=1.2.3, 1.2.3+x, true",
        "=1.2.3, 1.2.3-rc, false",
        "<1.2.3, 1.2.2, true",
        "<1.2.3, 1.2.3-rc, true",
        "<1.2.3, 1.2.3, false",
        "<=1.2.3, 1.2.3, true",
        "<=1.2.3, 1.2.4-0, false",
        ">1.2.3, 1.2.4-0, true",
        ">1.2.3, 1.2.3, false",
        ">= 1.2.3, 1.2.3, true",
        ">=1.2.3, 1.2.3-rc, false",
        "~1.2.3, 1.2.3, true",
        "~1.2.3, 1.2.99, true",
        "~1.2.3, 1.2.4-beta, true",
        "~1.2.3, 1.2.3-beta, false",
        "~1.2.3, 1.3.0, false",
        "~1.2.3, 1.3.0-0, false",
        "~1.2.3-beta.2, 1.2.3-beta.4, true",
        "^1.2.3, 1.2.3, true",
        "^1.2.3, 1.99.0, true",
        "^1.2.3, 1.2.2, false",
        "^1.2.3, 2.0.0, false",
        "^1.2.3, 2.0.0-0, false",
        "^0.2.3, 0.2.9, true",
        "^0.2.3, 0.3.0, false",
        "^0.2.3, 1.2.3, false",
        "^0.0.3, 0.0.3, true",
        "^0.0.3, 0.0.4, false",
        "^0.0.0, 0.0.0, true",
        "^0.0.0, 0.0.1, false",
        "^1.0.0-rc.1, 1.0.0-rc.2, true",
        "^1.0.0-rc.1, 1.0.0-beta, false",
        "^99999999999999999999.0.0, 99999999999999999999.1.0, true"
    })
    void lieInRanges(String range, String version, boolean expected) {
        assertThat(Objects.requireNonNull(Semver.Range.parse(range, Leniency.STRICT))
                        .contains(version(version)))
                .isEqualTo(expected);
    }

    @DisplayName("do not lie in what is no range")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ">=",
                "==1.0.0",
                "=>1.0.0",
                "!=1.0.0",
                "1.x",
                ">=1.0",
                "1.0.0 - 2.0.0",
                ">1.0.0 <2.0.0",
                "^v1.0.0"
            })
    void doNotLieInNoRange(String range) {
        assertThat(Semver.Range.parse(range, Leniency.STRICT)).isNull();
    }

    @DisplayName("are compared by the operator semver, with any of the ranges")
    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    semver: ">=1.0.0"                  | "1.5.0"         | TRUE
                    semver: ["<1.0.0", ">=2.0.0"]      | "1.5.0"         | FALSE
                    semver: ["<1.0.0", ">=2.0.0"]      | "2.5.0"         | TRUE
                    semver: ">=1.0.0"                  | "1.5"           | UNKNOWN
                    semver: ">=1.0.0"                  | 1.5             | UNKNOWN
                    semver: ">=1", lenient: true       | "v1.5"          | TRUE
                    semver: ">=1", lenient: partial    | "v1.5"          | UNKNOWN
                    semver: ">=1", lenient: partial    | "1.5"           | TRUE
                    semver: "~1.2", lenient: true      | "1.2.9"         | TRUE
                    semver: ">=1.0.0", as: semver      | "1.5.0"         | TRUE
                    semver: ">=1.0.0", as: semver      | "x"             | UNKNOWN
                    semver: []                         | "1.0.0"         | FALSE
                    """)
    void areCompared(String comparison, String attribute, Truth expected) {
        assertThat(Yaml.truth("{attribute: a, " + comparison + "}", Yaml.a(attribute)))
                .isEqualTo(expected);
    }

    private static Semver version(String text) {
        return Objects.requireNonNull(Semver.parse(text, Leniency.STRICT));
    }
}
