package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A broken definition is kept as it is and harms no other")
class MalformedTest {

    private static final DefinitionKey KEY = DefinitionKey.flag("f");

    @Test
    @DisplayName("in a document all others are read")
    void isolated() {
        Definitions read = FlagFormat.readJson("""
                {"flags": {"good": {"enabled": true},
                           "bad": {"rules": [{"serve": 1e5}], "x": [1.50, 1e999999999999, "\\u00e9\\/"]},
                           "not a key": {}, "list": [ ], "null": null, "number": 5, "text": "off", "also good": 1, "also/good": {}},
                 "segments": {"bad": {"rules": 5}, "good": {}}}""");

        assertThat(read.revision()).isEqualTo(Revision.NONE);
        assertThat(read.flags())
                .containsOnlyKeys(
                        "good", "bad", "not a key", "list", "null", "number", "text", "also good", "also/good");
        assertThat(read.flag("good")).contains(Flag.bool("good", true));
        assertThat(read.flag("also/good")).contains(Flag.bool("also/good", false));
        assertThat(read.segment("good")).contains(Segment.of("good"));
        assertThat(malformed(read, "bad").raw())
                .isEqualTo("{\"rules\":[{\"serve\":1e5}],\"x\":[1.50,1e999999999999,\"\\u00e9\\/\"]}");
        assertThat(malformed(read, "bad").problems())
                .extracting(Problem::path)
                .containsExactly("x[1]", "rules[0].serve");
        assertThat(malformed(read, "list").raw()).isEqualTo("[]");
        assertThat(malformed(read, "null").problems()).containsExactly(new Problem("", "null", "an object: a flag"));
        assertThat(malformed(read, "text").raw()).isEqualTo("off");
    }

    @Test
    @DisplayName("in YAML too, as the JSON that it stands for")
    void yaml() {
        Definitions read = FlagFormat.readYaml(
                "flags:\n  good: {enabled: true}\n  bad: {tags: &#x, n: 1e999}\n".replace("&#x", "5"));

        assertThat(read.flag("good")).isPresent();
        assertThat(malformed(read, "bad").raw()).isEqualTo("{\"tags\":5,\"n\":1e999}");
        assertThat(malformed(read, "bad").problems()).hasSize(2);
    }

    @Test
    @DisplayName("as deep as five hundred levels, beyond which the document is refused with its place")
    void deep() {
        String good = "{\"flags\": {\"good\": {}, \"bad\": ";

        Definitions read = FlagFormat.readJson(good + "[".repeat(498) + "]".repeat(498) + "}}");
        FlagFormatException refused = catchThrowableOfType(
                FlagFormatException.class, () -> FlagFormat.readJson(good + "[".repeat(499) + "]".repeat(499) + "}}"));
        FlagFormatException refusedYaml = catchThrowableOfType(
                FlagFormatException.class, () -> FlagFormat.readYaml(good + "[".repeat(499) + "]".repeat(499) + "}}"));

        assertThat(read.flag("good")).isPresent();
        assertThat(malformed(read, "bad").raw()).hasSize(996);
        assertThat(FlagFormat.readJson(FlagFormat.writeJson(read))).isEqualTo(read);
        assertThat(FlagFormat.readYaml(FlagFormat.writeYaml(read))).isEqualTo(read);
        assertThat(refused.getMessage())
                .startsWith("line 1, column 530: flags.bad[0]")
                .endsWith("found another level; allowed: at most 500 levels of nested values");
        assertThat(refusedYaml.line()).isEqualTo(1);
        assertThat(refusedYaml.column()).isBetween(529, 531);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "off",
                "{",
                "{}}",
                "{\"a\":1,\"a\":2}",
                "{\"enabled\":true} x",
                "\u0000",
                "\"text\"",
                "\"{}\"",
                "\"\\\"text\\\"\"",
                "[1, 2]",
                "5",
                "null",
                "{\"\\ud800\":1}",
                "{'enabled':true}",
                "{\"enabled\":True}",
                "{\"x\": 01}"
            })
    @DisplayName("whatever a store holds is kept to the letter, also through a document")
    void verbatim(String raw) {
        Definition read = FlagFormat.read(KEY, raw);

        assertThat(read).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.raw()).isEqualTo(raw);
            assertThat(malformed.id()).isEqualTo(KEY);
            assertThat(malformed.problems()).isNotEmpty();
        });
        assertThat(FlagFormat.write(read)).isEqualTo(raw);
        Definitions document = Definitions.of(read, Flag.bool("good", true));
        Definitions json = FlagFormat.readJson(FlagFormat.writeJson(document));
        Definitions yaml = FlagFormat.readYaml(FlagFormat.writeYaml(document));
        assertThat(json.flag("good")).isPresent();
        assertThat(yaml).isEqualTo(json);
        assertThat(malformed(json, "f").raw().replace(" ", "")).isEqualTo(raw.replace(" ", ""));
        assertThatThrownBy(() -> FlagFormat.parse(KEY, raw)).isInstanceOf(FlagFormatException.class);
    }

    @Test
    @DisplayName("the place of a broken text is told")
    void place() {
        assertThat(((Malformed) FlagFormat.read(KEY, "{\"enabled\": true,\n \"rules\": [}")).problems())
                .containsExactly(new Problem(
                        "rules", "Unexpected close marker '}': expected ']' in line 2, column 12", "JSON (RFC 8259)"));
        FlagFormatException refused = catchThrowableOfType(
                FlagFormatException.class, () -> FlagFormat.parse(KEY, "{\"enabled\": true,\n \"rules\": [}"));
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.column()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | found nothing; allowed: an object",
                "[] | line 1, column 1: found [; allowed: an object",
                "5 | line 1, column 1: found 5; allowed: an object",
                "{} {} | found something after the end; allowed: one JSON value",
                "{\"flags\": []} | line 1, column 2: flags: found the list []; allowed: an object: keys to flags",
                "{\"segments\": \"x\"} | line 1, column 2: segments: found the string \"x\"; allowed: an object: keys to segments",
                "{\"format\": 2, \"flags\": 1} | line 1, column 2: format: found the number 2; allowed: 1, the only format that this version reads",
                "{\"format\": \"1\"} | format: found the string \"1\"; allowed: 1",
                "{\"flags\": {\"a\": {\"x\": {\"b\": 1, \"b\": 2}}}} | line 1, column 29: flags.a.x.b: found the field \"b\" again; allowed: every field once",
                "{\"flags\": {\"a\": {}, \"a\": {}}} | flags.a: found the field \"a\" again",
                "{\"flags\": {}, \"flags\": {}} | flags: found the field \"flags\" again",
                "{\"x\": 1e1000} | line 1, column 2: x: found 1e1000; allowed: at most 400 digits",
                "{\"flags\": {\"a\": } | line 1, column 17: flags.a: found Unexpected character ('}' (code 125)): expected a value; allowed: JSON",
                "{\"flags\": {\"a\": {} | flags.a: found Unexpected end-of-input: expected close marker for Object; allowed: JSON"
            })
    @DisplayName("a document is refused as a whole only if it is unreadable as a whole")
    void refused(String json, String message) {
        assertThatThrownBy(() -> FlagFormat.readJson(json))
                .isInstanceOf(FlagFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("an empty document, and one without flags, are fine")
    void empty() {
        for (String json :
                List.of("{}", "{\"format\": 1}", "{\"format\": 1.0, \"flags\": null}", "\uFEFF{\"segments\": {}}")) {
            assertThat(FlagFormat.readJson(json)).isEqualTo(Definitions.empty(Revision.NONE));
        }
    }

    @Test
    @DisplayName("authors are told about a text instead of a definition")
    void text() {
        assertThatThrownBy(() -> FlagFormat.parseYaml("flags:\n  checkout: on\n"))
                .hasMessage("line 2, column 3: flags.checkout: found the string \"on\"; allowed: an object");
    }

    @Test
    @DisplayName("one that is nested more deeply than the stack of the thread allows is malformed")
    void smallStack() {
        String nested = "{\"x\": " + "[".repeat(498) + "]".repeat(498) + "}";
        List<Object> read = new CopyOnWriteArrayList<>();

        for (int kibibytes = 128; kibibytes <= 512; kibibytes += 16) {
            Thread thread = new Thread(
                    null, () -> read.add(FlagFormat.read(KEY, nested)), "small stack", kibibytes * 1_024L, false);
            thread.setUncaughtExceptionHandler((ended, failure) -> read.add(failure));
            thread.start();
            Uninterruptibles.joinUninterruptibly(thread);
        }

        assertThat(read).hasSize(25).allSatisfy(each -> assertThat(each).isInstanceOf(Malformed.class));
    }

    private static Malformed malformed(Definitions definitions, String key) {
        return (Malformed) definitions.flags().get(key).definition();
    }
}
