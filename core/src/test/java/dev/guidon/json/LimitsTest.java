package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Segment;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A definition at a limit is read, one beyond it is malformed")
class LimitsTest {

    static Stream<Arguments> flags() {
        return Stream.of(
                limit(Limit.NAME_LENGTH, n -> "{'type':'json','variants':{'" + "v".repeat(n) + "':1}}"),
                limit(Limit.NAME_LENGTH, n -> "{'salt':'" + "s".repeat(n) + "'}"),
                limit(Limit.NAME_LENGTH, n -> "{'tags':['" + "t".repeat(n) + "']}"),
                limit(Limit.NAME_LENGTH, n -> "{'rules':[{'id':'" + "i".repeat(n) + "','serve':'on'}]}"),
                limit(Limit.NAME_LENGTH, n -> when("{'attribute':'" + "a".repeat(n) + "','exists':true}")),
                limit(Limit.NAME_LENGTH, n -> when("{'attribute':['" + "a".repeat(n) + "'],'exists':true}")),
                limit(Limit.NAME_LENGTH, n -> when("{'bucket':'" + "b".repeat(n) + "'}")),
                limit(Limit.KEY_LENGTH, n -> when("{'segment':'" + "s".repeat(n) + "'}")),
                limit(Limit.KEY_LENGTH, n -> when("{'flag':'" + "f".repeat(n) + "','variants':['on']}")),
                limit(
                        Limit.DEFINITION_BYTES,
                        n -> "{'description':'" + "é".repeat((n - 33) / 2) + (n % 2 == 1 ? "" : "e")
                                + "','enabled':true}"),
                limit(Limit.DEFINITION_BYTES, n -> " {\n'description' :'" + "e".repeat(n - 33) + "',\t'enabled':true}"),
                limit(Limit.CONDITION_DEPTH, n -> when("{'not':".repeat(n - 1) + "{'all':[]}" + "}".repeat(n - 1))),
                limit(Limit.CONDITION_DEPTH, n -> when("{'any':[".repeat(n - 1) + "{'all':[]}" + "]}".repeat(n - 1))),
                limit(Limit.VALUE_DEPTH, n -> "{'type':'json','variants':{'a':" + "[".repeat(n) + "]".repeat(n) + "}}"),
                limit(Limit.VALUE_DEPTH, n -> "{'x':" + "{'a':".repeat(n - 1) + "{}" + "}".repeat(n - 1) + "}"),
                limit(Limit.VALUE_DEPTH, n -> when("{'attribute':'a','equals':" + "[".repeat(n) + "]".repeat(n) + "}")),
                limit(Limit.VALUE_DEPTH, n -> when("{'attribute':'a','in':[" + "[".repeat(n) + "]".repeat(n) + "]}")),
                limit(
                        Limit.VALUE_DEPTH,
                        n -> when("{'attribute':'a','equals':1,'ifMissing':" + "[".repeat(n) + "]".repeat(n) + "}")),
                limit(Limit.VALUES, n -> when("{'attribute':'a','in':" + list(n, i -> "" + i) + "}")),
                limit(Limit.VALUES, n -> when("{'attribute':'a','contains':" + list(n, i -> "'" + i + "'") + "}")),
                limit(Limit.CONDITIONS, n -> when("{'all':" + list(n, i -> "{'all':[]}") + "}")),
                limit(Limit.CONDITIONS, n -> when("{'any':" + list(n, i -> "{'all':[]}") + "}")),
                limit(Limit.CONDITIONS, n -> when("{'segment':" + list(n, i -> "'s'") + "}")),
                limit(Limit.VARIANTS, n -> "{'type':'json','variants':" + object(n) + "}"),
                limit(Limit.VARIANTS, n -> "{'prerequisites':[{'flag':'f','variants':" + list(n, i -> "'v'") + "}]}"),
                limit(Limit.VARIANTS, n -> when("{'flag':'f','variants':" + list(n, i -> "'v'") + "}")),
                limit(Limit.RULES, n -> "{'rules':" + list(n, i -> "{'serve':'on'}") + "}"),
                limit(
                        Limit.SHARES,
                        n -> "{'fallthrough':{'split':" + list(n, i -> "{'variant':'on','weight':1}") + "}}"),
                limit(
                        Limit.SHARES,
                        n -> "{'fallthrough':{'split':" + list(n, i -> "{'variant':'on','from':0,'to':1}") + "}}"),
                limit(
                        Limit.RAMP_STEPS,
                        n -> "{'rules':[{'serve':'on','rollout':{'ramp':" + list(n, LimitsTest::step) + "}}]}"),
                limit(
                        Limit.PREREQUISITES,
                        n -> "{'prerequisites':" + list(n, i -> "{'flag':'f','variants':['v']}") + "}"),
                limit(Limit.TAGS, n -> "{'tags':" + list(n, i -> "'t'") + "}"),
                limit(Limit.SENSITIVE, n -> "{'sensitive':" + list(n, i -> "'a" + i + "'") + "}"),
                limit(Limit.PATH, n -> "{'sensitive':[" + list(n, i -> "'a'") + "]}"),
                limit(Limit.PATH, n -> when("{'attribute':" + list(n, i -> "'a'") + ",'exists':true}")),
                limit(Limit.PATH, n -> when("{'bucket':'b','by':" + list(n, i -> "'a'") + "}")),
                limit(Limit.PATH, n -> when("{'bucket':'b','fallback':" + list(n, i -> "'a'") + "}")),
                limit(Limit.NUMBER_DIGITS, n -> "{'x':" + "7".repeat(n) + "}"),
                limit(Limit.NUMBER_DIGITS, n -> "{'x':-1." + "7".repeat(n - 1) + "}"),
                limit(Limit.NUMBER_DIGITS, n -> "{'x':1e" + (n - 1) + "}"),
                limit(Limit.NUMBER_DIGITS, n -> "{'x':[0,1.5E-" + (n - 2) + "]}"));
    }

    static Stream<Arguments> segments() {
        return Stream.of(
                limit(Limit.VALUES, n -> "{'include':{'values':" + list(n, i -> "" + i) + "}}"),
                limit(Limit.VALUE_DEPTH, n -> "{'exclude':{'values':[" + "[".repeat(n) + "]".repeat(n) + "]}}"),
                limit(Limit.SENSITIVE, n -> "{'sensitive':" + list(n, i -> "['a', '" + i + "']") + "}"),
                limit(Limit.RULES, n -> "{'rules':" + list(n, i -> "{}") + "}"),
                limit(Limit.RULES, n -> "{'include':" + list(n, i -> "{'values':[]}") + "}"),
                limit(Limit.RULES, n -> "{'exclude':" + list(n, i -> "{'values':[]}") + "}"),
                limit(Limit.NAME_LENGTH, n -> "{'members':'external','generation':'" + "g".repeat(n) + "'}"),
                limit(
                        Limit.CONDITION_DEPTH,
                        n -> "{'rules':[{'when':" + "{'isTrue':".repeat(n - 1) + "{'all':[]}" + "}".repeat(n - 1)
                                + "}]}"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    @DisplayName("in a flag")
    void inFlag(Limit limit, IntFunction<String> json) {
        check(DefinitionKey.flag("f"), limit, json);
    }

    @ParameterizedTest
    @MethodSource("segments")
    @DisplayName("in a segment")
    void inSegment(Limit limit, IntFunction<String> json) {
        check(DefinitionKey.segment("s"), limit, json);
    }

    private static void check(DefinitionKey id, Limit limit, IntFunction<String> json) {
        Definition at = FlagFormat.read(id, json.apply(limit.most()));
        Definition beyond = FlagFormat.read(id, json.apply(limit.most() + 1));

        assertThat(at).isNotInstanceOf(Malformed.class);
        assertThat(FlagFormat.read(id, FlagFormat.write(at))).isEqualTo(at);
        assertThat(beyond)
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.allowed()).contains(limit.text())));
    }

    @Test
    @DisplayName("for keys too")
    void keys() {
        String longest = "k".repeat(Limit.KEY_LENGTH.most());

        assertThat(FlagFormat.read(DefinitionKey.flag(longest), "{}")).isInstanceOf(Flag.class);
        assertThat(FlagFormat.read(DefinitionKey.segment(longest), "{}")).isInstanceOf(Segment.class);
        assertThat(FlagFormat.read(DefinitionKey.flag(longest + "k"), "{}")).isInstanceOf(Malformed.class);
        assertThat(FlagFormat.read(DefinitionKey.segment(longest + "k"), "{}")).isInstanceOf(Malformed.class);
    }

    @Test
    @DisplayName("and every limit is tested here")
    void complete() {
        Set<Limit> ofOneDefinition = EnumSet.allOf(Limit.class);
        ofOneDefinition.removeAll(Set.of(Limit.REFERENCE_DEPTH, Limit.REFERENCES));

        assertThat(Stream.concat(flags(), segments())
                        .map(arguments -> arguments.get()[0])
                        .distinct())
                .containsExactlyInAnyOrder(ofOneDefinition.toArray());
    }

    @Test
    @DisplayName(
            "the size counts as it will be written: a definition can outgrow the limit by its canonical form alone")
    void canonicalSize() {
        String json = "{\"description\":\"" + "e".repeat(Limit.DEFINITION_BYTES.most() - 18) + "\"}";

        assertThat(FlagFormat.read(DefinitionKey.flag("f"), json))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.problems())
                                .singleElement()
                                .hasToString(
                                        "found 262160 when written back; allowed: at most 262144 bytes in a definition"));
    }

    @Test
    @DisplayName("what is beyond a limit cannot be written either")
    void written() {
        FlagValue deep = FlagValue.TRUE;
        for (int level = 0; level < 100_000; level++) {
            deep = new FlagValue.Array(List.of(deep));
        }
        FlagValue tooDeep = deep;
        FlagValue long_ = new FlagValue.Number(new BigDecimal("1e400"));
        Flag large = Flag.of(
                "f", FlagType.STRING, Map.of("a", FlagValue.of("x".repeat(Limit.DEFINITION_BYTES.most()))), null);
        Flag number = Flag.of("f", FlagType.JSON, Map.of("a", long_), null);
        Flag nested = Flag.of("f", FlagType.JSON, Map.of("a", tooDeep), null);

        assertThatThrownBy(() -> FlagFormat.write(large)).hasMessageContaining(Limit.DEFINITION_BYTES.text());
        assertThatThrownBy(() -> FlagFormat.write(number)).hasMessageContaining("variants.a: found 1E+400; allowed: ");
        assertThatThrownBy(() -> FlagFormat.write(nested)).hasMessageContaining(Limit.VALUE_DEPTH.text());
        assertThatThrownBy(() -> FlagFormat.writeValue(tooDeep)).hasMessageContaining(Limit.VALUE_DEPTH.text());
        assertThatThrownBy(() -> FlagFormat.writeValue(long_)).isInstanceOf(FlagFormatException.class);
        assertThatThrownBy(() -> FlagFormat.readValue("1e400")).hasMessageContaining(Limit.NUMBER_DIGITS.text());
    }

    @Test
    @DisplayName("a known field's name among the unknown fields cannot be written")
    void knownUnknowns() {
        Flag flag = new Flag(
                "f",
                FlagType.BOOLEAN,
                dev.guidon.definition.About.NOTHING,
                true,
                false,
                Map.of(),
                Map.of(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                new Extra(Map.of("archived", FlagValue.TRUE)));

        assertThatThrownBy(() -> FlagFormat.write(flag))
                .isInstanceOf(FlagFormatException.class)
                .hasMessage("extra: found a field that is not unknown; allowed: unknown fields only");
    }

    @Test
    @DisplayName("numbers of any size cost nothing: their exponents are never expanded")
    void exponents() {
        for (String number : List.of(
                "1e2147483647",
                "1e-2147483648",
                "1e99999999999999999999",
                "0e999999999",
                "-1E+1000000",
                "9".repeat(200_000),
                "0." + "0".repeat(200_000) + "1")) {
            assertThat(FlagFormat.read(DefinitionKey.flag("f"), "{\"enabled\": true, \"x\": [" + number + "]}"))
                    .isInstanceOfSatisfying(
                            Malformed.class,
                            malformed -> assertThat(malformed.problems())
                                    .singleElement()
                                    .satisfies(problem ->
                                            assertThat(problem.path()).isEqualTo("x[0]")));
        }
        for (String number : List.of("1e308", "1e399", "-1E-399", "0e399", "0.1e-398")) {
            assertThat(FlagFormat.writeValue(FlagFormat.readValue(number)))
                    .isEqualTo(new BigDecimal(number).toString());
        }
    }

    private static String step(int i) {
        return "{'at':'20%02d-%02d-01T00:00:00Z','percent':1}".formatted(i / 12, i % 12 + 1);
    }

    private static String when(String condition) {
        return "{'rules':[{'when':" + condition + ",'serve':'on'}]}";
    }

    private static String list(int size, IntFunction<String> element) {
        return IntStream.range(0, size).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(int size) {
        return IntStream.range(0, size).mapToObj(i -> "'v" + i + "':" + i).collect(Collectors.joining(",", "{", "}"));
    }

    private static Arguments limit(Limit limit, IntFunction<String> json) {
        IntFunction<String> quoted = n -> json.apply(n).replace('\'', '"');
        return Arguments.of(limit, quoted);
    }
}
