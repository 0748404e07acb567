package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.RandomDefinitions;
import dev.guidon.definition.Revision;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("YAML stands for the JSON that it looks like, or is refused with line and column")
class YamlTest {

    static final java.util.List<String> TRAPS = RandomDefinitions.TRAPS;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1 | 1",
                "a: -0.5e+3 | -5E+2",
                "a: 1.0 | 1.0",
                "a: 1e5 | 1E+5",
                "a: -0 | 0",
                "a: true | true",
                "a: false | false",
                "a: null | null",
                "a: ~ | null",
                "a: | null",
                "a: '~' | \"~\"",
                "a: ! | refused",
                "a: 'null' | \"null\"",
                "a: \"1\" | \"1\"",
                "a: True | \"True\"",
                "a: TRUE | \"TRUE\"",
                "a: yes | \"yes\"",
                "a: on | \"on\"",
                "a: Null | \"Null\"",
                "a: 012 | \"012\"",
                "a: 0o17 | \"0o17\"",
                "a: 0x1F | \"0x1F\"",
                "a: 0b11 | \"0b11\"",
                "a: 1_000 | \"1_000\"",
                "a: +1 | \"+1\"",
                "a: .5 | \".5\"",
                "a: 1. | \"1.\"",
                "a: -.inf | \"-.inf\"",
                "a: .nan | \".nan\"",
                "a: 1:30 | \"1:30\"",
                "a: 2027-01-31 | \"2027-01-31\"",
                "a: 2027-01-31T09:00:00Z | \"2027-01-31T09:00:00Z\"",
                "a: ${HOME} | \"${HOME}\"",
                "a: one two | \"one two\"",
                "a: \"\\x41\\u00e9\\U0001F680\" | \"Aé🚀\"",
                "a: \"\\ud800\" | \"\\ud800\"",
                "a: [1, 'b', {c: d}] | [1,\"b\",{\"c\":\"d\"}]",
                "a: {} | {}",
                "a: [] | []",
                "a: [[], {}] | [[],{}]",
                "a: {1: x, true: y, null: z, ~: w} | {\"1\":\"x\",\"true\":\"y\",\"null\":\"z\",\"~\":\"w\"}",
                "a: {\"<<\": 1} | {\"<<\":1}",
                "a: {? x : 1} | {\"x\":1}",
                "a: {x} | {\"x\":null}",
                "a: \"*x\" | \"*x\"",
                "a: '&x' | \"&x\"",
                "a: \"!x\" | \"!x\"",
                "a: 🚀 | \"🚀\"",
                "'a': 1 | 1",
                "\"a\": 1 | 1"
            })
    @DisplayName("scalars, lists and objects")
    void values(String yaml, String json) {
        if (json.equals("refused")) {
            assertThat(refused(yaml)).contains("found a tag");
        } else {
            assertThat(FlagFormat.readYaml(yaml).extra().fields().get("a")).hasToString(json);
        }
    }

    @Test
    @DisplayName("block texts")
    void blocks() {
        Map<String, FlagValue> read = FlagFormat.readYaml(
                        "a: |\n  1\n  b\nc: >-\n  true\n\nd:\n- |-\n  null\n- 'x\n  y'\n")
                .extra()
                .fields();

        assertThat(read.toString()).isEqualTo("{a=\"1\\nb\\n\", c=\"true\", d=[\"null\",\"x y\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: &x 1 | line 1, column 4: a: found an anchor",
                "a: &x {b: 1} | line 1, column 4: a: found an anchor",
                "a: &x [1] | line 1, column 4: a: found an anchor",
                "&x a: 1 | line 1, column 1: found an anchor",
                "b: 🚀🚀\\na:   *x | line 2, column 6: a: found an alias",
                "b: {1: *x} | line 1, column 8: b.1: found an alias",
                "*x : 1 | line 1, column 1: found an alias",
                "a: [b, *x] | line 1, column 8: a[1]: found an alias",
                "a:\\n  <<: {b: 1} | line 2, column 3: a.<<: found a merge key",
                "a: !!str 1 | line 1, column 4: a: found a tag",
                "a: !x {} | line 1, column 4: a: found a tag",
                "a: !<tag:yaml.org,2002:int> 1 | line 1, column 4: a: found a tag",
                "a: !!binary aGk= | line 1, column 4: a: found a tag",
                "{!!int 1: x} | line 1, column 2: 1: found a tag",
                "!!map {a: 1} | line 1, column 1: found a tag",
                "? [a]\\n: 1 | line 1, column 3: found a list or an object as a key",
                "? {a: 1}\\n: 1 | line 1, column 3: found a list or an object as a key",
                "a: 1\\nb: 2\\na: 3 | line 3, column 1: a: found the field \"a\" again",
                "flags: {f: {x: {b: 1, 'b': 2}}} | line 1, column 23: flags.f.x.b: found the field \"b\" again",
                "a: 1\\n---\\nb: 1 | line 3, column 1: found a second document",
                "--- {a: 1}\\n--- {b: 1} | line 2, column 5: found a second document",
                "a: 'x | line 1, column 4: a: found a quotation mark that is not closed",
                "a: [1 | line 1, column 4: a[0]: found '[' that is still open at the end",
                "a: b: c | line 1, column 5: a: found a second ': ' in a line",
                "a:\\n\\tb: 1 | line 2, column 1: a: found a tab; allowed: spaces",
                "a: @x | line 1, column 4: a: found a text that begins with @",
                "- a | line 1, column 1: found [; allowed: an object",
                "a | line 1, column 1: found a; allowed: an object",
                "# nothing | found nothing",
                "a: \"\\q\" | line 1, column 6: a: found the escape \\q;",
                "{\"\\ud800\": 1} | found half of a surrogate pair in a name"
            })
    @DisplayName("what has no counterpart in JSON, and what is broken")
    void refusals(String yaml, String message) {
        assertThat(refused(yaml.replace("\\n", "\n").replace("\\t", "\t"))).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "f:\\n  a: 1\\n   b: 2 | line 3, column 5: f.a: found a field below one that has a value already; allowed: the indentation of the field before",
                "f:\\n    a: 1\\n   b: 2 | line 3, column 4: f: found a line that is indented unlike its neighbours; allowed: the same indentation",
                "f:\\n    - 1\\n   - 2 | line 3, column 4: f: found a line that is indented unlike its neighbours; allowed: the same indentation",
                "f:\\n  - 1\\n  b: 2 | line 3, column 3: f[0]: found a field among the entries of a list",
                "f: 1\\n- 2 | line 2, column 1: f: found an entry of a list among fields",
                "f:\\n  a:1\\n\\n  # b\\n  b: 2 | line 2, column 4: f: found ':' without a space behind it; allowed: 'field: value'",
                "f:\\n  a\\n  b: 2 | line 2, column 3: f: found a line without ':'; allowed: 'field: value'",
                "f\\n  b: 2 | line 1, column 1: found a line without ':'; allowed: 'field: value'",
                "f: {a: 1\\ng: {b: 2} | line 1, column 4: f.a: found '{' that is still open when ':' comes; allowed: '}' and, between parts, ','",
                "f: {a: [1} | line 1, column 8: f.a[0]: found '[' that is still open when '}' comes; allowed: ']' and, between parts, ','",
                "f: {a: 1}} | line 1, column 10: f: found '}' without '{'; allowed: brackets in pairs",
                "f: ] | line 1, column 4: f: found ']' without '['; allowed: brackets in pairs",
                "f: 'it's' | line 1, column 8: f: found a text after the end of a value; allowed: one value; quotes within quotes",
                "f: - 1 | line 1, column 4: f: found '- ' within a line; allowed: each entry of a list on a line of its own",
                "f: \"a\\ng: 1 | line 1, column 4: f: found a quotation mark that is not closed; allowed: the same mark at the end of the text",
                "f: 🚀🚀: 1 | line 1, column 6: f: found a second ': ' in a line"
            })
    @DisplayName("what an author got wrong is said in words, at the place to mend")
    void mistakes(String yaml, String message) {
        assertThat(refused(yaml.replace("\\n", "\n"))).contains(message);
    }

    @Test
    @DisplayName("an emoji in a key is shown as it is, and counts as one column")
    void emoji() {
        assertThat(refusal("flags: {🚀: {enabled: 1}, \"👩‍👩‍👧\": {}}"))
                .contains("line 1, column 9: flags.🚀: found \"🚀\"; allowed: ")
                .contains("line 1, column 13: flags.🚀.enabled: found the number 1; ")
                .contains("line 1, column 26: flags.👩‍👩‍👧: found ");
    }

    private static String refusal(String yaml) {
        return catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parseYaml(yaml))
                .getMessage();
    }

    @Test
    @DisplayName("characters that YAML does not allow are told by their code")
    void unprintable() {
        assertThat(refused("a: 1\nb: \uD83D\uDE80 \u0007"))
                .startsWith("line 2, column 6: found the character U+0007; allowed: ");
        assertThat(refused("a: \uD83D")).startsWith("line 1, column 4: found the character U+D83D; ");
        assertThat(refused("a: \uFFFE")).startsWith("line 1, column 4: found the character U+FFFE; ");
        assertThat(FlagFormat.readYaml("\uFEFFa: é\u0085b").extra().fields()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @FieldSource("TRAPS")
    @DisplayName("a string is written so that it is read as the same string, as value, in a list and as name")
    void written(String text) {
        FlagValue value = FlagValue.of(text);
        String name = text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF) ? "name" : text + "x";
        Extra extra = new Extra(Map.of(
                "value", value,
                "list", new FlagValue.Array(java.util.List.of(value, value)),
                "object", new FlagValue.Obj(Map.of(name, value))));
        Definitions definitions = new Definitions(Revision.NONE, Map.of(), Map.of(), extra);

        String yaml = FlagFormat.writeYaml(definitions);

        assertThat(FlagFormat.readYaml(yaml)).as(yaml).isEqualTo(definitions);
        assertThat(yaml.codePoints().filter(c -> !YamlText.isPrintable(c))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "One-page checkout",
                "team/checkout",
                "$key",
                "account.id",
                "^1.2",
                "Grüße",
                "a-b_c.d, (e) f:g#h"
            })
    @DisplayName("what no reader of YAML 1.1 or 1.2 mistakes is written without quotes")
    void plain(String text) {
        Extra extra = new Extra(Map.of("x", FlagValue.of(text)));

        assertThat(FlagFormat.writeYaml(new Definitions(Revision.NONE, Map.of(), Map.of(), extra)))
                .isEqualTo("format: 1\nflags: {}\nx: " + text + "\n");
    }

    @Test
    @DisplayName("names of more than a thousand characters are written as explicit keys")
    void longNames() {
        FlagValue nested = FlagValue.of(1);
        for (int level = 0; level < 60; level++) {
            nested = new FlagValue.Obj(Map.of("k".repeat(1500) + level, nested));
        }
        Extra extra = new Extra(Map.of("x".repeat(5000), nested, "y", new FlagValue.Array(java.util.List.of(nested))));
        Definitions definitions = new Definitions(Revision.NONE, Map.of(), Map.of(), extra);

        assertThat(FlagFormat.readYaml(FlagFormat.writeYaml(definitions))).isEqualTo(definitions);
    }

    private static String refused(String yaml) {
        return catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.readYaml(yaml))
                .getMessage();
    }
}
