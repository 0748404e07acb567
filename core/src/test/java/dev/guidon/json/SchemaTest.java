package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.RandomDefinitions;
import dev.guidon.definition.Versioned;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The published schema and the codec agree")
class SchemaTest {

    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "flags.schema.json"));
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    @Test
    @DisplayName("and it is in the jar")
    void isInTheJar() throws IOException {
        try (InputStream inJar = FlagFormat.class.getResourceAsStream("/dev/guidon/flags.schema.json")) {
            assertThat(inJar).hasBinaryContent(Files.readAllBytes(Path.of("..", "docs", "flags.schema.json")));
        }
    }

    @Test
    @DisplayName("on all that the codec writes")
    void accepts() {
        for (int seed = 0; seed < 300; seed++) {
            Definitions definitions = new RandomDefinitions(seed).definitions();
            String json = FlagFormat.writeJson(definitions);

            assertThat(problems(json)).as("seed %d: %s", seed, json).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'format': null, 'flags': null, 'segments': {}}",
                "{'flags': {'a': {}}, 'x': 1}",
                "{'flags': {'a': {'enabled': true, 'x': {'y': 1}, 'type': null}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': 12.345, 'x': 1}]}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'weight': 1, 'x': 1}], 'total': 5}}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': ['$a', 'b'], 'in': [], 'x': 1}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'by': ['a', ['b', 'c']]}}]}}}",
                "{'flags': {'a': {'sensitive': ['email', ['account', 'phone']]}}}",
                "{'flags': {'a': {'redacted': false}}}",
                "{'segments': {'s': {'sensitive': ['$key'], 'include': {'values': ['u-1']}}}}",
                "{'segments': {'s': {'members': 'external', 'generation': 'g', 'rules': [{}]}}}",
                "{'flags': {'a': {'salt': '\\u0000', 'fallthrough': {'split': [{'variant': 'on', 'weight': 1}], 'bucketing':"
                        + " {'hash': 'md5', 'bytes': 16, 'reduce': {'modulo': 100}, 'input': '{value}\\n{key}'}}}}}"
            })
    @DisplayName("on documents that are valid")
    void acceptsValid(String document) {
        String json = document.replace('\'', '"');

        assertThat(problems(json)).isEmpty();
        Definitions read = FlagFormat.readJson(json);
        assertThat(Stream.concat(read.flags().values().stream(), read.segments().values().stream()))
                .extracting(Versioned::definition)
                .noneMatch(Malformed.class::isInstance)
                .hasSize(document.matches(".*'[as]': \\{.*") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'format': 2}",
                "{'flags': []}",
                "{'flags': {'a b': {}}}",
                "{'flags': {'a': true}}",
                "{'flags': {'a': {'type': 'text'}}}",
                "{'flags': {'a': {'kind': 'other'}}}",
                "{'flags': {'a': {'enabled': 'true'}}}",
                "{'flags': {'a': {'tags': 'x'}}}",
                "{'flags': {'a': {'expires': '31.01.2027'}}}",
                "{'flags': {'a': {'sensitive': 'email'}}}",
                "{'flags': {'a': {'sensitive': [1]}}}",
                "{'flags': {'a': {'redacted': true}}}",
                "{'segments': {'s': {'redacted': 1}}}",
                "{'segments': {'s': {'sensitive': [[]]}}}",
                "{'segments': {'s': {'sensitive': ['$user']}}}",
                "{'flags': {'a': {'salt': 'a:b'}}}",
                "{'flags': {'a': {'variants': {'x': 1}}}}",
                "{'flags': {'a': {'type': 'string', 'variants': {'x': true}}}}",
                "{'flags': {'a': {'type': 'number', 'variants': {'x': '1'}}}}",
                "{'flags': {'a': {'prerequisites': [{'flag': 'b'}]}}}",
                "{'flags': {'a': {'prerequisites': [{'flag': 'b', 'variants': []}]}}}",
                "{'flags': {'a': {'rules': [{}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 7}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': 101}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'ramp': [{'at': '2027-01-01T00:00:00Z', 'percent': 1}]}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'ramp': []}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'whenMissing': 'never'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'by': []}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'by': '$user'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'bucketing': {'hash': 'crc64'}}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'bucketing': {'hash': 'md5', 'bytes': 9}}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'bucketing': {'hash': 'sha1', 'hexDigits': 17}}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': {'percent': 1, 'bucketing': {'rounds': 9}}}]}}}",
                "{'flags': {'a': {'fallthrough': {'split': []}}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'weight': -1}]}}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'weight': 1.5}]}}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'weight': 1}, {'variant': 'on', 'from': 0, 'to': 1}]}}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'soundsLike': 'b'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'equals': 1, 'in': [1]}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'all': [], 'any': []}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'not': []}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'in': 'b'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'contains': [1]}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'lessThan': true}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'equals': 1, 'as': 'date'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'flag': 'b'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'segment': []}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'bucket': 'a:b'}}]}}}",
                "{'segments': {'s': {'include': 'u'}}}",
                "{'segments': {'s': {'include': {'by': '$key'}}}}",
                "{'segments': {'s': {'members': 'external'}}}",
                "{'segments': {'s': {'members': 'internal', 'generation': 'g'}}}",
                "{'segments': {'s': {'rules': {}}}}"
            })
    @DisplayName("on documents that are invalid")
    void refusesInvalid(String document) {
        String json = document.replace('\'', '"');

        assertThat(problems(json)).isNotEmpty();
        assertThatExceptionOfType(FlagFormatException.class).isThrownBy(() -> FlagFormat.parseJson(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'flags': {'a': {'enabeld': true}}}",
                "{'flags': {'a': {'offVariant': 'nope'}}}",
                "{'flags': {'a': {'rules': [{'serve': 'nope'}]}}}",
                "{'flags': {'a': {'rules': [{'id': 'r', 'serve': 'on'}, {'id': 'r', 'serve': 'on'}]}}}",
                "{'flags': {'a': {'expires': '2027-02-30'}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'rollout': 1.2345}]}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'weight': 5}], 'total': 4}}}}",
                "{'flags': {'a': {'fallthrough': {'split': [{'variant': 'on', 'from': 5, 'to': 4}]}}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'lessThan': 'b'}}]}}}",
                "{'flags': {'a': {'rules': [{'serve': 'on', 'when': {'attribute': 'a', 'equals': 'b', 'unit': 's'}}]}}}"
            })
    @DisplayName("but for what only the codec can see: misspelt fields, references, order, and options of operators")
    void leavesToTheCodec(String document) {
        String json = document.replace('\'', '"');

        assertThat(problems(json)).isEmpty();
        assertThatExceptionOfType(FlagFormatException.class).isThrownBy(() -> FlagFormat.parseJson(json));
    }

    private static List<Error> problems(String json) {
        return schema.validate(json, InputFormat.JSON);
    }
}
