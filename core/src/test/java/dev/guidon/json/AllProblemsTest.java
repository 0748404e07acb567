package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("All problems of a definition are told at once, each with path, what was found and what is allowed")
class AllProblemsTest {

    @Test
    @DisplayName("in every field of a flag")
    void flag() {
        assertThat(problemsOfFlag("""
                        {"type": "text", "kind": 1, "description": true, "owner": [], "tags": ["ok", 7], "expires": "2027-13-01",
                         "enabled": "yes", "archived": 0, "variants": {"a": 1}, "offVariant": {}, "salt": "a:b",
                         "prerequisites": [{"flag": "??", "variants": []}, 5], "rules": {}, "fallthrough": 9}"""))
                .containsExactlyInAnyOrder(
                        "type: found the string \"text\"; allowed: one of boolean, string, number, json",
                        "kind: found the number 1; allowed: one of release, experiment, operational, permission",
                        "description: found the boolean true; allowed: a string (quote it)",
                        "owner: found the list []; allowed: a string",
                        "tags[1]: found the number 7; allowed: a string (quote it)",
                        "expires: found the string \"2027-13-01\"; allowed: a date like 2027-01-31",
                        "enabled: found the string \"yes\"; allowed: true or false",
                        "archived: found the number 0; allowed: true or false",
                        "offVariant: found the object {}; allowed: a string",
                        "salt: found \"a:b\"; allowed: a salt without ':'",
                        "prerequisites[0].flag: found \"??\"; allowed: letters, digits, '.', '_', '-' and '/', starting with a"
                                + " letter, a digit or '_', at most 256 characters in a key",
                        "prerequisites[0].variants: found an empty list; allowed: at least one variant",
                        "prerequisites[1]: found the number 5; allowed: an object: {flag, variants}",
                        "rules: found the object {}; allowed: a list of rules",
                        "fallthrough: found the number 9; allowed: a variant's name, or an object with split");
    }

    @Test
    @DisplayName("a broken rule hides neither the other rules nor their references, and keeps their positions")
    void rules() {
        assertThat(problemsOfFlag("""
                        {"type": "string", "variants": {"a": 1, "b": "b"}, "offVariant": "c", "rules": [
                          7,
                          {"id": "x", "serve": "d"},
                          {"id": "x", "when": {"attribute": "n", "lessThan": "5"}, "serve": {"split": [{"variant": "e"}]}},
                          {"id": "", "rollout": {"percent": 101}},
                          {"rollout": {"percent": 1, "ramp": []}, "serve": {"split": [{"variant": "f", "weight": 1}]}}]}"""))
                .containsExactlyInAnyOrder(
                        "rules[0]: found the number 7; allowed: an object: a rule",
                        "variants.a: found 1; allowed: a string value (the flag's type)",
                        "offVariant: found \"c\"; allowed: a variant of this flag: [a, b]",
                        "rules[1].serve: found \"d\"; allowed: a variant of this flag: [a, b]",
                        "rules[2].id: found \"x\"; allowed: an id that no other rule here has",
                        "rules[2].when.lessThan: found \"5\"; allowed: a number (strings have no order; as: number, instant or"
                                + " semver converts)",
                        "rules[2].serve.split[0].weight: found nothing; allowed: an integer from 0 to 1000000000",
                        "rules[2].serve: found \"e\"; allowed: a variant of this flag: [a, b]",
                        "rules[3].id: found \"\"; allowed: a name that is not empty, without control characters, at most 256"
                                + " characters in a name",
                        "rules[3].rollout.percent: found 101; allowed: a percentage from 0 to 100 with at most three decimals",
                        "rules[3].serve: found nothing; allowed: a variant's name, or an object with split",
                        "rules[4].rollout: found the fields [percent, ramp]; allowed: exactly one of percent and ramp",
                        "rules[4].serve: found \"f\"; allowed: a variant of this flag: [a, b]");
    }

    @Test
    @DisplayName("what merely follows from another problem is not told")
    void consequences() {
        assertThat(
                        problemsOfFlag(
                                "{\"variants\": 5, \"offVariant\": \"a\", \"fallthrough\": \"b\", \"rules\": [{\"serve\": \"c\"}]}"))
                .containsExactly("variants: found the number 5; allowed: an object: variant names to values");
        assertThat(problemsOfFlag("{\"type\": 1, \"variants\": {\"a\": 1}, \"fallthrough\": \"b\"}"))
                .hasSize(1);
        assertThat(problemsOfFlag(
                        "{\"rules\": [{\"serve\": {\"split\": [{\"variant\": \"on\", \"weight\": \"1\"}]}}]}"))
                .containsExactly(
                        "rules[0].serve.split[0].weight: found the string \"1\"; allowed: an integer from 0 to 1000000000");
        assertThat(problemsOfCondition(
                        "{\"attribute\": \"a\", \"lessThan\": \"1\", \"as\": 1, \"unit\": \"s\", \"lenient\": true}"))
                .containsExactly(
                        "rules[0].when.as: found the number 1; allowed: one of string, number, instant, semver");
        assertThat(problemsOfCondition("{\"attribute\": \"a\", \"before\": 1, \"unit\": \"h\", \"ignoreCase\": true}"))
                .containsExactly(
                        "rules[0].when.unit: found the string \"h\"; allowed: one of s, ms",
                        "rules[0].when.ignoreCase: found true; allowed: only with equals, in, contains, startsWith, endsWith,"
                                + " hasAny, hasAll");
        assertThat(problemsOfCondition(
                        "{\"bucket\": \"b\", \"bucketing\": {\"hash\": \"sha512\", \"bytes\": 8, \"seed\": 1}}"))
                .containsExactly(
                        "rules[0].when.bucketing.hash: found the string \"sha512\"; allowed: one of murmur3-32, sha1, md5,"
                                + " sha256, fnv1a-32, crc32");
        assertThat(problemsOfCondition("{\"bucket\": 5}"))
                .containsExactly("rules[0].when.bucket: found the number 5; allowed: a string (quote it)");
        assertThat(problemsOfFlag("""
                        {"rules": [{"serve": "on", "rollout": {"ramp": [
                          {"at": "2027-01-02T00:00:00Z", "percent": 1}, {"at": "soon", "percent": 2}]}}]}"""))
                .containsExactly(
                        "rules[0].rollout.ramp[1].at: found the string \"soon\"; allowed: an RFC 3339 instant like"
                                + " 2027-01-31T09:00:00Z");
    }

    @Test
    @DisplayName("in rollouts, splits and bucketing formulas")
    void bucketing() {
        assertThat(problemsOfFlag("""
                        {"fallthrough": {"split": [{"variant": "on", "from": 50, "to": 40}, {"variant": "off", "from": "0"}],
                          "by": [], "fallback": [["a", 1], "$x"], "whenMissing": "fail", "salt": "a:b", "bucketing": {"rounds": 9,
                          "bytes": 5, "hexDigits": 2, "seed": 1.5, "reduce": {"modulo": 0, "x": 1}, "offset": 9e9, "compare": "=",
                          "input": "{x}"}}}"""))
                .containsExactlyInAnyOrder(
                        "fallthrough.by: found an empty list; allowed: at least one attribute",
                        "fallthrough.fallback[0][1]: found the number 1; allowed: a string (quote it)",
                        "fallthrough.fallback[1]: found \"$x\"; allowed: $key, $now, or a name without a leading $ (a list is a"
                                + " path verbatim)",
                        "fallthrough.whenMissing: found the string \"fail\"; allowed: one of skip, off, first, error",
                        "fallthrough.salt: found \"a:b\"; allowed: a salt without ':'",
                        "fallthrough.bucketing.rounds: found 9; allowed: 1 to 8",
                        "fallthrough.bucketing.hexDigits: found the number 2; allowed: either hexDigits, or bytes and endian",
                        "fallthrough.bucketing.seed: found the number 1.5; allowed: an integer without a fraction, of at most 64"
                                + " bits",
                        "fallthrough.bucketing.reduce: found the fields [modulo, x]; allowed: exactly one of multiplyShift,"
                                + " modulo, fraction, and nothing else",
                        "fallthrough.bucketing.offset: found 9000000000; allowed: -1000000000 to 1000000000, and 0 with a"
                                + " fraction",
                        "fallthrough.bucketing.compare: found the string \"=\"; allowed: one of <, <=",
                        "fallthrough.bucketing.input: found \"{x}\"; allowed: {stage}, {salt}, {key}, {value}, {0}, {1} …, and {{"
                                + " or }} for a brace",
                        "fallthrough.bucketing.input: found \"{x}\"; allowed: a template with {value} or {0}",
                        "fallthrough.split[0].to: found 40; allowed: a percentage from 50 (from) to 100",
                        "fallthrough.split[1].from: found the string \"0\"; allowed: a percentage from 0 to 100 (a number)",
                        "fallthrough.split[1].to: found nothing; allowed: a percentage from 0 to 100 (a number)");
    }

    @Test
    @DisplayName("in splits as such")
    void splits() {
        String shares = "a list of {variant, weight} or of {variant, from, to}";
        assertThat(problemsOfServe("{}")).containsExactly("fallthrough.split: found nothing; allowed: " + shares);
        assertThat(problemsOfServe("{\"split\": 5}"))
                .containsExactly("fallthrough.split: found the number 5; allowed: " + shares);
        assertThat(problemsOfServe("{\"split\": []}"))
                .containsExactly(
                        "fallthrough.split: found a sum of weights of 0; allowed: at least one weight above 0");
        assertThat(problemsOfServe(
                        "{\"split\": [{\"variant\": \"on\", \"weight\": 1}, {\"variant\": \"on\", \"from\": 1}]}"))
                .containsExactly(
                        "fallthrough.split: found shares by weight and by range; allowed: " + shares + ", not both");
        assertThat(problemsOfServe("{\"split\": [7]}"))
                .containsExactly("fallthrough.split[0]: found the number 7; allowed: an object: {variant, weight}");
        assertThat(problemsOfServe("{\"split\": [7, {\"from\": 0, \"to\": 1}]}"))
                .containsExactly(
                        "fallthrough.split[0]: found the number 7; allowed: an object: {variant, from, to}",
                        "fallthrough.split[1].variant: found nothing; allowed: a variant's name");
        assertThat(problemsOfServe("{\"split\": [{\"variant\": \"on\", \"weight\": 5}], \"total\": 4}"))
                .containsExactly("fallthrough.total: found 4; allowed: the sum of the weights (5) to 1000000000000");
        assertThat(problemsOfServe("{\"split\": [{\"variant\": \"on\", \"weight\": -1}]}"))
                .containsExactly("fallthrough.split[0].weight: found -1; allowed: 0 to 1000000000");
        assertThat(problemsOfServe("\"\""))
                .containsExactly(
                        "fallthrough: found \"\"; allowed: a name that is not empty, without control characters, at most"
                                + " 256 characters in a name");
    }

    @Test
    @DisplayName("in rollouts as such")
    void rollouts() {
        assertThat(problemsOfRollout("20.0001"))
                .containsExactly(
                        "rules[0].rollout: found 20.0001; allowed: a percentage from 0 to 100 with at most three decimals");
        assertThat(problemsOfRollout("\"20\""))
                .containsExactly(
                        "rules[0].rollout: found the string \"20\"; allowed: a percentage, or an object with percent or ramp");
        assertThat(problemsOfRollout("{}"))
                .containsExactly("rules[0].rollout: found the fields []; allowed: exactly one of percent and ramp");
        assertThat(problemsOfRollout("{\"percnt\": 5}"))
                .containsExactly(
                        "rules[0].rollout: found the fields [percnt]; allowed: exactly one of percent and ramp (did you mean"
                                + " `percent`?)");
        assertThat(problemsOfRollout("{\"ramp\": []}"))
                .containsExactly("rules[0].rollout.ramp: found an empty list; allowed: at least one step");
        assertThat(problemsOfRollout("{\"ramp\": 1}"))
                .containsExactly("rules[0].rollout.ramp: found the number 1; allowed: a list of {at, percent}");
        assertThat(problemsOfRollout("{\"ramp\": [3, {\"percent\": 1}, {\"at\": 5}]}"))
                .containsExactly(
                        "rules[0].rollout.ramp[0]: found the number 3; allowed: an object: {at, percent}",
                        "rules[0].rollout.ramp[1].at: found nothing; allowed: an RFC 3339 instant like 2027-01-31T09:00:00Z",
                        "rules[0].rollout.ramp[2].at: found the number 5; allowed: an RFC 3339 instant like 2027-01-31T09:00:00Z",
                        "rules[0].rollout.ramp[2].percent: found nothing; allowed: a percentage from 0 to 100 (a number)");
        assertThat(problemsOfRollout("""
                        {"ramp": [{"at": "2027-01-31T09:00:00Z", "percent": 1}, {"at": "2027-01-31T10:00:00+01:00", "percent": 2}]}"""))
                .containsExactly("rules[0].rollout.ramp[1].at: found 2027-01-31T09:00:00Z; allowed: an instant after"
                        + " 2027-01-31T09:00:00Z");
        for (String at : List.of(
                "2027-01-31",
                "2027-01-31T09:00Z",
                "2027-02-30T09:00:00Z",
                "2027-01-31T09:00:00.Z",
                "2027-01-31T09:00:00",
                "2027-01-31 09:00:00Z",
                "0000-01-01T00:00:00+01:00")) {
            assertThat(problemsOfRollout("{\"ramp\": [{\"at\": \"" + at + "\", \"percent\": 1}]}"))
                    .as(at)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("in conditions")
    void conditions() {
        String kinds = "exactly one of all, any, not, isTrue, segment, flag, bucket, attribute";
        String operators =
                "exactly one of exists, equals, in, contains, startsWith, endsWith, matches, lessThan, atMost,"
                        + " greaterThan, atLeast, before, after, semver, cidr, hasAny, hasAll";
        assertThat(problemsOfCondition("5"))
                .containsExactly("rules[0].when: found the number 5; allowed: an object: a condition with " + kinds);
        assertThat(problemsOfCondition("{}")).containsExactly("rules[0].when: found the fields []; allowed: " + kinds);
        assertThat(problemsOfCondition("{\"not\": {\"any\": [{\"atribute\": \"a\", \"equals\": 1}]}, \"x\": 1}"))
                .containsExactly("rules[0].when.not.any[0]: found the fields [atribute, equals]; allowed: " + kinds
                        + " (did you mean `attribute`?)");
        assertThat(problemsOfCondition("{\"attribute\": \"a\", \"segment\": \"b\"}"))
                .containsExactly("rules[0].when: found the fields [attribute, segment]; allowed: " + kinds);
        assertThat(problemsOfCondition("{\"attribute\": \"a\", \"equal\": 1}"))
                .containsExactly("rules[0].when: found the fields [attribute, equal]; allowed: " + operators
                        + " (did you mean `equals`?)");
        assertThat(problemsOfCondition("{\"attribute\": \"a\", \"equals\": 1, \"in\": [1]}"))
                .containsExactly("rules[0].when: found the fields [attribute, equals, in]; allowed: " + operators);
        assertThat(problemsOfCondition("{\"attribute\": \"a\", \"equals\": null}"))
                .containsExactly("rules[0].when: found the fields [attribute, equals]; allowed: " + operators
                        + ", with a value (for null use exists)");
        assertThat(problemsOfCondition("{\"all\": {}}"))
                .containsExactly("rules[0].when.all: found the object {}; allowed: a list of conditions");
        assertThat(problemsOfCondition("{\"all\": [null, 3]}")).hasSize(2);
        assertThat(problemsOfCondition("{\"isTrue\": []}")).hasSize(1);
        assertThat(problemsOfCondition("{\"segment\": \"a b\"}"))
                .singleElement()
                .asString()
                .startsWith("rules[0].when.segment: ");
        assertThat(problemsOfCondition("{\"segment\": [\"a\", \"a b\", 1]}"))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("rules[0].when.segment[2]", "rules[0].when.segment[1]");
        assertThat(problemsOfCondition("{\"segment\": []}"))
                .containsExactly("rules[0].when.segment: found an empty list; allowed: at least one segment");
        assertThat(problemsOfCondition("{\"flag\": \"f\"}"))
                .containsExactly("rules[0].when.variants: found an empty list; allowed: at least one variant");
        assertThat(problemsOfCondition("{\"bucket\": \"b\", \"from\": 30, \"to\": 20, \"whenMissing\": \"skip\"}"))
                .containsExactly(
                        "rules[0].when.whenMissing: found skip; allowed: nothing: a missing value is UNKNOWN here",
                        "rules[0].when.to: found 20; allowed: a percentage from 30 (from) to 100");
        assertThat(problemsOfCondition("{\"bucket\": \"a:b\"}"))
                .containsExactly("rules[0].when.bucket: found \"a:b\"; allowed: a salt without ':'");
    }

    @Test
    @DisplayName("in comparisons")
    void comparisons() {
        assertThat(problemsOfComparison("\"semver\": 1.0"))
                .containsExactly(
                        "rules[0].when.semver: found the number 1.0; allowed: a string, or a list of them (quote it)");
        assertThat(problemsOfComparison("\"contains\": [\"a\", true]"))
                .containsExactly("rules[0].when.contains[1]: found the boolean true; allowed: a string (quote it)");
        assertThat(problemsOfComparison("\"in\": \"a\""))
                .containsExactly("rules[0].when.in: found the string \"a\"; allowed: a list of values");
        assertThat(problemsOfComparison("\"hasAll\": [1, null]"))
                .containsExactly("rules[0].when.hasAll[1]: found null; allowed: a value (for null use exists)");
        assertThat(problemsOfComparison("\"exists\": \"true\""))
                .containsExactly("rules[0].when.exists: found \"true\"; allowed: true or false");
        assertThat(problemsOfComparison("\"before\": 1700000000"))
                .containsExactly(
                        "rules[0].when.before: found 1700000000; allowed: an RFC 3339 instant, or with unit: s or ms a number");
        assertThat(problemsOfComparison("\"cidr\": \"10.0.0.0/8\", \"as\": \"string\""))
                .containsExactly("rules[0].when.as: found string; allowed: no conversion with cidr");
        assertThat(problemsOfComparison("\"atLeast\": 1, \"as\": \"string\""))
                .containsExactly(
                        "rules[0].when.as: found string; allowed: number, instant or semver (strings have no order)");
        assertThat(
                        problemsOfComparison(
                                "\"matches\": \"a\", \"as\": \"number\", \"unit\": \"s\", \"lenient\": true, \"ignoreCase\": true"))
                .hasSize(4);
        assertThat(problemsOfFlag("{\"rules\": [{\"when\": {\"equals\": 1, \"attribute\": []}, \"serve\": \"on\"}]}"))
                .containsExactly("rules[0].when.attribute: found an empty list; allowed: at least one name");
        assertThat(problemsOfFlag("{\"rules\": [{\"when\": {\"exists\": true, \"attribute\": 3}, \"serve\": \"on\"}]}"))
                .containsExactly(
                        "rules[0].when.attribute: found the number 3; allowed: an attribute's name, or a list of names (a"
                                + " path)");
    }

    @Test
    @DisplayName("in every field of a segment")
    void segment() {
        assertThat(problems(DefinitionKey.segment("s"), """
                        {"description": 1, "salt": "a:b", "include": [{"by": 5}, 7], "exclude": {"values": [null, 2]},
                         "members": "internal", "by": [], "rules": [
                           {"id": "r", "rollout": {"percent": 5, "whenMissing": "off"}}, {"id": "r"}, [], {"when": {}}]}"""))
                .containsExactlyInAnyOrder(
                        "description: found the number 1; allowed: a string (quote it)",
                        "salt: found \"a:b\"; allowed: a salt without ':'",
                        "include[0].by: found the number 5; allowed: an attribute's name, or a list of names (a path)",
                        "include[0].values: found nothing; allowed: a list of values",
                        "include[1]: found the number 7; allowed: an object: {by, values}, or a list of them",
                        "exclude.values[0]: found null; allowed: a value",
                        "members: found the string \"internal\"; allowed: external",
                        "generation: found nothing; allowed: the generation of the external members",
                        "by: found an empty list; allowed: at least one name",
                        "rules[0].rollout.whenMissing: found off; allowed: skip or first in a segment",
                        "rules[1].id: found \"r\"; allowed: an id that no other rule here has",
                        "rules[2]: found the list []; allowed: an object: a rule",
                        "rules[3].when: found the fields []; allowed: exactly one of all, any, not, isTrue, segment, flag, bucket,"
                                + " attribute");
    }

    @Test
    @DisplayName("a key outside the syntax is a problem of the definition as a whole")
    void key() {
        assertThat(problems(DefinitionKey.flag("not a key"), "{}"))
                .singleElement()
                .asString()
                .startsWith("found \"not a key\"; ");
        assertThat(problems(DefinitionKey.segment(""), "{}"))
                .singleElement()
                .asString()
                .startsWith("found \"\"; ");
        assertThat(problems(DefinitionKey.flag("f"), "[]"))
                .containsExactly("found the list []; allowed: an object: a flag");
        assertThat(problems(DefinitionKey.segment("f"), "1"))
                .containsExactly("found the number 1; allowed: an object: a segment");
    }

    @Test
    @DisplayName("after a hundred, the others are only counted")
    void many() {
        List<String> problems = problemsOfFlag("{\"rules\": [" + "0,".repeat(249) + "0]}");

        assertThat(problems).hasSize(101).last().isEqualTo("found 150 more problems; allowed: none");
    }

    @Test
    @DisplayName("authors get them as one exception, with the place of each in the text")
    void places() {
        FlagFormatException refused = catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parseYaml("""
                # a comment
                flags:
                  checkout:
                    enabled: "true"
                    rules:
                      - when: {attribute: a, equals: 1}
                        serve: nowhere
                      - rollout: 5
                  other: {enabeld: true}
                """));

        assertThat(refused.getMessage().lines())
                .containsExactly(
                        "line 4, column 5: flags.checkout.enabled: found the string \"true\"; allowed: true or false",
                        "line 7, column 9: flags.checkout.rules[0].serve: found \"nowhere\"; allowed: a variant of this flag: [on, off]",
                        "line 8, column 9: flags.checkout.rules[1].serve: found nothing; allowed: a variant's name, or an object with"
                                + " split",
                        "line 9, column 11: flags.other.enabeld: found an unknown field; allowed: one of type, kind, description, owner,"
                                + " tags, expires, sensitive, enabled, archived, variants, errors, offVariant, salt, prerequisites, rules,"
                                + " fallthrough, redacted (did you mean `enabled`?)");
        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused.column()).isEqualTo(5);
        assertThat(refused.problems())
                .hasSize(4)
                .first()
                .extracting(Problem::path)
                .isEqualTo("flags.checkout.enabled");
    }

    @Test
    @DisplayName("an exception shows fifty and counts the others")
    void longMessages() {
        FlagFormatException refused = catchThrowableOfType(
                FlagFormatException.class,
                () -> FlagFormat.parse(DefinitionKey.flag("f"), "{\"rules\": [" + "0,".repeat(79) + "0]}"));

        assertThat(refused.findings()).hasSize(80);
        assertThat(refused.getMessage().lines()).hasSize(51).last().isEqualTo("… and 30 more problems");
    }

    private static List<String> problemsOfServe(String serve) {
        return problemsOfFlag("{\"fallthrough\": " + serve + "}");
    }

    private static List<String> problemsOfRollout(String rollout) {
        return problemsOfFlag("{\"rules\": [{\"rollout\": " + rollout + ", \"serve\": \"on\"}]}");
    }

    private static List<String> problemsOfCondition(String condition) {
        return problemsOfFlag("{\"rules\": [{\"when\": " + condition + ", \"serve\": \"on\"}]}");
    }

    private static List<String> problemsOfComparison(String fields) {
        return problemsOfCondition("{\"attribute\": \"a\", " + fields + "}");
    }

    private static List<String> problemsOfFlag(String json) {
        return problems(DefinitionKey.flag("f"), json);
    }

    private static List<String> problems(DefinitionKey id, String json) {
        Definition definition = FlagFormat.read(id, json);
        assertThat(definition).isInstanceOf(Malformed.class);
        FlagFormatException refused = catchThrowableOfType(FlagFormatException.class, () -> FlagFormat.parse(id, json));
        List<Problem> problems = ((Malformed) definition).problems();
        assertThat(refused.problems()).containsAll(problems);
        return problems.stream().map(Problem::toString).toList();
    }
}
