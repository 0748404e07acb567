package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Versioned;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Unknown fields are kept and written back; authors are told")
class UnknownFieldsTest {

    private static final String EVERYWHERE = """
            {"format": 1, "flags": {"f": {"enabled": true, "prerequisites": [{"flag": "g", "variants": ["on"], "x3": 1}],
              "rules": [{"when": {"all": [
                  {"any": [], "x6": 1}, {"not": {"isTrue": {"segment": "s", "x9": 1}, "x8": 1}, "x7": 1},
                  {"flag": "g", "variants": ["on"], "x10": 1}, {"attribute": "a", "equals": 1, "x12": null},
                  {"bucket": "b", "bucketing": {"hash": "sha1", "x13": 1}, "x11": 1}], "x5": 1},
                "rollout": {"ramp": [{"at": "2027-01-31T09:00:00Z", "percent": 1, "x15": 1}], "x14": 1},
                "serve": {"split": [{"variant": "on", "weight": 1, "x17": 1}], "x16": 1}, "x4": 1},
                {"rollout": {"percent": 1, "x19": 1},
                 "serve": {"split": [{"variant": "on", "from": 0, "to": 1, "x21": 1}], "x20": 1}, "x18": 1}],
              "x2": {"nested": [1.50, null]}}},
             "segments": {"s": {"include": {"values": [1], "x23": 1}, "exclude": {"values": [1], "x24": 1},
              "rules": [{"x25": 1}], "x22": 1}}, "x1": [1]}""";

    @Test
    @DisplayName("at every level")
    void everyLevel() {
        Definitions read = FlagFormat.readJson(EVERYWHERE);

        assertThat(read.flags().values()).map(Versioned::definition).noneMatch(Malformed.class::isInstance);
        assertThat(FlagFormat.writeJson(read).replaceAll("\\s", "")).isEqualTo(EVERYWHERE.replaceAll("\\s", ""));
        assertThat(FlagFormat.readYaml(FlagFormat.writeYaml(read))).isEqualTo(read);
        assertThat(FlagFormat.unknownFields(read))
                .hasSize(25)
                .extracting(Problem::path)
                .contains(
                        "x1",
                        "flags.f.x2",
                        "flags.f.prerequisites[0].x3",
                        "flags.f.rules[0].when.all[1].not.isTrue.x9",
                        "flags.f.rules[0].when.all[4].bucketing.x13",
                        "flags.f.rules[0].rollout.ramp[0].x15",
                        "flags.f.rules[1].serve.split[0].x21",
                        "segments.s.include.x23",
                        "segments.s.rules[0].x25");
        FlagFormatException refused =
                catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parseJson(EVERYWHERE));
        assertThat(refused.problems()).containsExactlyInAnyOrderElementsOf(FlagFormat.unknownFields(read));
    }

    @ParameterizedTest
    @CsvSource({
        "enabeld, enabled",
        "Enabled, enabled",
        "enable, enabled",
        "falltrough, fallthrough",
        "off_variant, offVariant",
        "variant, variants",
        "rule, rules",
        "tag, tags",
        "nabled, enabled",
        "kidn, kind",
        "segments, ''",
        "zzz, ''",
        "x, ''",
        "'', ''"
    })
    @DisplayName("with the name that was probably meant")
    void suggestions(String name, String suggestion) {
        String json = "{" + FlagValue.of(name) + ": true, \"type\": \"boolean\"}";
        FlagFormatException refused =
                catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parse(DefinitionKey.flag("f"), json));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.found()).isEqualTo("an unknown field");
            assertThat(problem.path()).isEqualTo(name);
            if (suggestion.isEmpty()) {
                assertThat(problem.allowed()).doesNotContain("did you mean");
            } else {
                assertThat(problem.allowed()).endsWith(" (did you mean `" + suggestion + "`?)");
            }
        });
    }

    @DisplayName("with our word for what other systems call it")
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            on: true                                                                            | enabled
            default: 'on'                                                                       | fallthrough
            defaultVariant: 'on'                                                                | fallthrough
            variations: {a: true}                                                               | variants
            offVariation: 'off'                                                                 | offVariant
            targeting: []                                                                       | rules
            when: {attribute: a, equals: 1}                                                     | rules
            dependencies: []                                                                    | prerequisites
            rules: [{serve: 'on', percentage: 10}]                                              | rollout
            rules: [{serve: 'on', if: {attribute: a, equals: 1}}]                               | when
            rules: [{serve: 'on', condition: {attribute: a, equals: 1}}]                        | when
            rules: [{value: 'on'}]                                                              | serve
            rules: [{serve: 'on', rollout: {percentage: 10}}]                                   | percent
            rules: [{serve: 'on', rollout: {percent: 10, bucketBy: a}}]                         | by
            rules: [{serve: 'on', rollout: {percent: 10, seed: a}}]                             | salt
            rules: [{serve: 'on', when: {attribute: a, regex: b}}]                              | matches
            rules: [{serve: 'on', when: {attribute: a, STR_STARTS_WITH: [b]}}]                  | startsWith
            rules: [{serve: 'on', when: {attribute: a, equals: b, caseInsensitive: true}}]      | ignoreCase
            rules: [{serve: 'on', when: {attribute: a, equals: b, default: c}}]                 | ifMissing
            rules: [{serve: 'on', when: {$and: []}}]                                            | all
            fallthrough: {split: [{variation: 'on', weight: 1}]}                                | variant
            """)
    void synonyms(String fields, String suggestion) {
        FlagFormatException refused = catchThrowableOfType(
                FlagFormatException.class,
                () -> FlagFormat.parseYaml("flags: {f: {" + fields.replace('\'', '"') + "}}"));

        assertThat(refused.getMessage()).contains(" (did you mean `" + suggestion + "`?)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flags: {f: {enabled:true}}           | flags.f.enabled:true: | (a space is missing after `enabled:`)
            flags: {f: {rules: [], -serve: x}}   | flags.f.-serve:       | (a space is missing after `-`)
            flags: {f: enabled:true}             | flags.f:              | (a space is missing after ':')
            """)
    @DisplayName("with the space that is missing")
    void missingSpaces(String yaml, String path, String hint) {
        assertThat(catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parseYaml(yaml))
                        .getMessage())
                .contains(path)
                .contains(hint);
    }

    @Test
    @DisplayName("also of a broken definition")
    void ofMalformed() {
        Definitions read = FlagFormat.readYaml("flags:\n  a: {enabled: maybe, enabeld: true}\n");

        assertThat(FlagFormat.unknownFields(read)).extracting(Problem::path).containsExactly("flags.a.enabeld");
    }

    @Test
    @DisplayName("a field of another operator, and options without members, are unknown")
    void notHere() {
        assertThat(unknown("{\"rules\": [{\"when\": {\"segment\": \"s\", \"ignoreCase\": true}, \"serve\": \"on\"}]}"))
                .containsExactly("rules[0].when.ignoreCase");
        assertThat(
                        unknown(
                                "{\"fallthrough\": {\"split\": [{\"variant\": \"on\", \"from\": 0, \"to\": 1}], \"total\": 5}}"))
                .containsExactly("fallthrough.total");
        assertThat(FlagFormat.unknownFields(
                        FlagFormat.readJson("{\"segments\": {\"s\": {\"generation\": \"1\", \"by\": \"a\"}}}")))
                .extracting(Problem::path)
                .containsExactly("segments.s.generation", "segments.s.by");
    }

    @Test
    @DisplayName("after a hundred in one definition the others are not told")
    void many() {
        StringBuilder json = new StringBuilder("{\"flags\": {\"f\": {\"enabled\": true");
        for (int i = 0; i < 5_000; i++) {
            json.append(",\"enabled").append(i).append("\":1");
        }

        assertThat(FlagFormat.unknownFields(
                        FlagFormat.readJson(json.append("}}}").toString())))
                .hasSize(100);
    }

    @Test
    @DisplayName("null is absent in a known field, and kept in an unknown one")
    void nulls() {
        String nulls = """
                {"type": null, "kind": null, "description": null, "owner": null, "tags": null, "expires": null, "enabled": null,
                 "archived": null, "variants": null, "offVariant": null, "salt": null, "prerequisites": null, "rules": null,
                 "fallthrough": null, "x": null}""";

        assertThat(FlagFormat.write(FlagFormat.read(DefinitionKey.flag("f"), nulls)))
                .isEqualTo("{\"enabled\":false,\"x\":null}");
    }

    private static List<String> unknown(String flag) {
        return FlagFormat.unknownFields(FlagFormat.readJson("{\"flags\": {\"f\": " + flag + "}}")).stream()
                .map(problem -> problem.path().substring("flags.f.".length()))
                .toList();
    }
}
