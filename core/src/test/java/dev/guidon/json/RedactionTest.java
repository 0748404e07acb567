package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.RandomDefinitions;
import dev.guidon.definition.Versioned;
import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A definition is copied without the values of its sensitive attributes")
class RedactionTest {

    private static final DefinitionKey FLAG = DefinitionKey.flag("f");
    private static final DefinitionKey SEGMENT = DefinitionKey.segment("s");
    private static final List<String> SECRETS = List.of("ada@", "4915112345678", "1815-12-10", "19.12.10", "203.0.113");

    /** A comparison with a secret by every operator, and by every way to say what is secret. */
    private static final List<String> OPERANDS = List.of(
            "'equals':'ada@example.com'",
            "'equals':{'home':['ada@example.com']}",
            "'equals':'x','ifMissing':'ada@example.com'",
            "'exists':true,'ifMissing':'ada@example.com'",
            "'in':['ada@example.com','x']",
            "'in':[4915112345678],'as':'number'",
            "'contains':'ada@'",
            "'startsWith':['ada@','x'],'ignoreCase':true",
            "'endsWith':'ada@example.com'",
            "'matches':'^ada@'",
            "'lessThan':4915112345678",
            "'atMost':'4915112345678','as':'number'",
            "'greaterThan':'1815-12-10T00:00:00Z','as':'instant'",
            "'atLeast':'19.12.10','as':'semver','lenient':true",
            "'before':'1815-12-10T00:00:00Z'",
            "'after':4915112345678,'unit':'ms'",
            "'semver':'~19.12.10'",
            "'cidr':['203.0.113.7/32']",
            "'hasAny':['ada@example.com']",
            "'hasAll':['ada@example.com','x']",
            "'in':[],'soundsLike':'ada@example.com'");

    private static final List<String> NESTINGS = List.of(
            "%s",
            "{'all':[{'attribute':'plan','equals':'pro'},%s]}",
            "{'any':[%1$s,%1$s]}",
            "{'not':{'isTrue':%s}}",
            "{'all':[{'any':[{'not':%s}]}],'x':1}");

    static Stream<String> flags() {
        List<String> flags = new ArrayList<>();
        for (String operand : OPERANDS) {
            for (String nesting : NESTINGS) {
                String when = nesting.formatted("{'attribute':'email'," + operand + "}");
                flags.add(
                        "{'sensitive':['email'],'enabled':true,'rules':[{'serve':'off','when':{'segment':'s'}},{'serve':'on','when':"
                                + when + "}],'fallthrough':'off'}");
            }
        }
        return flags.stream().map(RedactionTest::json);
    }

    static Stream<String> segments() {
        List<String> segments = new ArrayList<>();
        for (String operand : OPERANDS) {
            segments.add("{'sensitive':['email'],'rules':[{'id':'r'},{'when':{'not':{'attribute':'email'," + operand
                    + "}},'rollout':5}]}");
        }
        for (String list : List.of("include", "exclude")) {
            segments.add(
                    "{'sensitive':['$key'],'" + list + "':{'values':['ada@example.com',4915112345678],'x':'ada@'}}");
            segments.add("{'sensitive':['email'],'" + list
                    + "':[{'values':['u-1']},{'by':'email','values':['ada@example.com']}],'y':[1.50]}");
        }
        return segments.stream().map(RedactionTest::json);
    }

    @ParameterizedTest
    @MethodSource("flags")
    @DisplayName(
            "by no operator, however deeply nested, does one get out of a flag; and the copy answers the caller's default")
    void flags(String json) {
        assertRedacted(FLAG, json);
        String copy = FlagFormat.writeRedacted(FlagFormat.read(FLAG, json));

        for (boolean defaultValue : List.of(true, false)) {
            Snapshot snapshot = Snapshot.of(Definitions.of(FlagFormat.read(FLAG, copy)));
            Evaluation<Boolean> answer = snapshot.getBooleanDetails(
                    "f",
                    defaultValue,
                    EvaluationContext.builder("u")
                            .set("email", "ada@example.com")
                            .build());
            assertThat(answer.value()).isEqualTo(defaultValue);
            assertThat(answer.errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        }
    }

    @ParameterizedTest
    @MethodSource("segments")
    @DisplayName("nor out of the rules and member lists of a segment")
    void segments(String json) {
        assertRedacted(SEGMENT, json);
    }

    private static void assertRedacted(DefinitionKey id, String json) {
        Definition definition = FlagFormat.read(id, json);
        assertThat(definition).isNotInstanceOf(Malformed.class);

        String copy = FlagFormat.writeRedacted(definition);

        assertThat(copy).doesNotContain(SECRETS).endsWith(",\"redacted\":true}");
        Definition read = FlagFormat.read(id, copy);
        assertThat(read)
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.problems())
                                .singleElement()
                                .hasToString(
                                        "redacted: found true; allowed: nothing: sensitive values were left out of this"
                                                + " copy, so that it cannot be evaluated; take the definition from the store that it"
                                                + " was copied from"));
        assertThat(FlagFormat.writeRedacted(read)).isEqualTo(copy);
        assertThatThrownBy(() -> FlagFormat.parse(id, copy))
                .isInstanceOf(FlagFormatException.class)
                .hasMessageContaining("redacted: found true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'account.phone' | 'account.phone' | true",
                "'account.phone' | ['account','phone'] | true",
                "['account','phone'] | 'account.phone' | true",
                "'account' | 'account.phone' | true",
                "'account.phone' | 'account' | true",
                "'account.phone' | 'account.phones' | false",
                "'account.phone' | 'account.plan' | false",
                "'email' | 'Email' | false",
                "'$key' | '$key' | true",
                "'key' | '$key' | false"
            })
    @DisplayName("an attribute is meant by name and by path, with what it is a part of and what is a part of it")
    void names(String sensitive, String attribute, boolean leftOut) {
        Definition definition = FlagFormat.parse(
                FLAG,
                json("{'sensitive':[" + sensitive + "],'rules':[{'when':{'attribute':" + attribute
                        + ",'equals':'ada@example.com'},'serve':'on'}]}"));

        assertThat(FlagFormat.writeRedacted(definition).contains("ada@")).isEqualTo(!leftOut);
    }

    @Test
    @DisplayName("an empty list stands where the values were, and all else is as it was")
    void shape() {
        Definition definition = FlagFormat.read(
                SEGMENT,
                json(
                        "{'description':'d','sensitive':['email'],'include':[{'values':['u-1']},{'by':'email','values':['ada@']}],"
                                + "'rules':[{'id':'r','when':{'any':[{'attribute':'plan','in':['pro']},"
                                + "{'attribute':'email','contains':'ada@','ignoreCase':true}]},'rollout':{'percent':20}}],'x':[1.50]}"));

        assertThat(FlagFormat.writeRedacted(definition))
                .isEqualTo(json("{'description':'d','sensitive':['email'],'include':[{'values':['u-1']},"
                        + "{'by':'email','values':[]}],'rules':[{'id':'r','when':{'any':[{'attribute':'plan','in':['pro']},"
                        + "{'attribute':'email','contains':[],'ignoreCase':true}]},'rollout':{'percent':20}}],'x':[1.50],"
                        + "'redacted':true}"));
    }

    @Test
    @DisplayName(
            "what has no sensitive values is written as ever: thousands of random definitions, and what names none")
    void nothingLeftOut() {
        for (int seed = 0; seed < 500; seed++) {
            Definitions all = new RandomDefinitions(seed).definitions();
            Stream.concat(all.flags().values().stream(), all.segments().values().stream())
                    .map(Versioned::definition)
                    .forEach(RedactionTest::assertHarmless);
        }
        for (String json : List.of(
                "{'sensitive':['email'],'enabled':true}",
                "{'sensitive':['email'],'enabled':false,'rules':[{'when':{'attribute':'email','exists':true},'serve':'on'}]}",
                "{'sensitive':['email'],'enabled':false,'rules':[{'when':{'attribute':'plan','in':['ada@']},'serve':'on'}]}")) {
            assertThat(FlagFormat.writeRedacted(FlagFormat.parse(FLAG, json(json))))
                    .isEqualTo(json(json));
        }
    }

    private static void assertHarmless(Definition definition) {
        String copy = FlagFormat.writeRedacted(definition);
        Definition read = FlagFormat.read(definition.id(), copy);

        assertThat(FlagFormat.writeRedacted(read)).isEqualTo(copy);
        if (!copy.endsWith("\"redacted\":true}")) {
            assertThat(copy).isEqualTo(FlagFormat.write(definition));
        } else {
            assertThat(read).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'sensitive':['email'],'enabled':'maybe','rules':[{'when':{'attribute':'email','in':['ada@']},'serve':'on'}]}",
                "{'sensitive':7,'description':'ada@'}",
                "{'sensitive':['email'],'rules':[{'when':{'attribute':'email','soundsLike':'ada@'},'serve':'on'}]}",
                "{'sensitive':['email'],'redacted':true,'rules':[{'when':{'attribute':'email','soundsLike':'ada@'},'serve':'on'}]}",
                "{'sensitive':['email'],'rules':[{'when':{'attribute':'email','in':['ada@']}"
            })
    @DisplayName("of a malformed definition that says that something is sensitive, nothing is left")
    void malformed(String json) {
        Definition malformed = FlagFormat.read(FLAG, json(json));
        assertThat(malformed).isInstanceOf(Malformed.class);

        String copy = FlagFormat.writeRedacted(malformed);

        assertThat(copy).isEqualTo("{\"redacted\":true}");
        assertThat(FlagFormat.writeRedacted(FlagFormat.read(FLAG, copy))).isEqualTo(copy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[1, 2]",
                "{'enabled': 'maybe'}",
                "{'enabled':true,'redacted':true}",
                "{'sensitive':null,'type':1}"
            })
    @DisplayName("any other malformed definition is copied as it is")
    void otherMalformed(String json) {
        assertThat(FlagFormat.writeRedacted(FlagFormat.read(FLAG, json(json)))).isEqualTo(json(json));
    }

    @Test
    @DisplayName(
            "a definition that somebody calls redacted is not trusted to be: its values are left out of the next copy")
    void notTrusted() {
        String rules = ",'rules':[{'when':{'attribute':'email','before':%s},'serve':'on'}],'redacted':true}";
        Definition forged = FlagFormat.read(
                FLAG, json("{'sensitive':['email'],'enabled':true" + rules.formatted("'1815-12-10T00:00:00Z'")));

        assertThat(FlagFormat.writeRedacted(forged))
                .isEqualTo(json("{'sensitive':['email'],'enabled':true" + rules.formatted("[]")));
    }

    @Test
    @DisplayName("`redacted: false` is as good as nothing, anything else is refused")
    void flagOfTheCopy() {
        assertThat(FlagFormat.write(FlagFormat.parse(FLAG, json("{'enabled':true,'redacted':false}"))))
                .isEqualTo(json("{'enabled':true}"));
        assertThat(FlagFormat.write(FlagFormat.parse(SEGMENT, json("{'redacted':null}"))))
                .isEqualTo("{}");
        assertThatThrownBy(() -> FlagFormat.parseJson(json("{'flags':{'checkout':{'redacted':'yes'}}}")))
                .hasMessageContaining("flags.checkout.redacted: found the string \"yes\"; allowed: false, or nothing");
        assertThatThrownBy(() -> FlagFormat.parseYaml("segments:\n  staff: {redacted: true, rules: 7}\n"))
                .hasMessageContaining(
                        "segments.staff.redacted: found true; allowed: nothing: sensitive values were left out");
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
