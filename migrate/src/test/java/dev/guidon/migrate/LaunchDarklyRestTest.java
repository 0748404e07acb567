package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Flag;
import dev.guidon.migrate.Finding.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What LaunchDarkly's REST API lists")
class LaunchDarklyRestTest {

    private static final String FLAGS = """
            {"totalCount": 2, "_links": {"self": {"href": "/api/v2/flags/shop", "type": "application/json"}}, "items": [
              {"name": "Tea", "kind": "multivariate", "description": "Which tea", "key": "tea", "_version": 3, "creationDate": 1700000000000,
               "includeInSnippet": false, "clientSideAvailability": {"usingMobileKey": false, "usingEnvironmentId": false},
               "variations": [{"_id": "5f1a", "value": "green", "name": "Green"}, {"_id": "5f1b", "value": "black"}], "temporary": true,
               "tags": ["drinks"], "maintainerId": "m1", "_maintainer": {"_id": "m1"}, "customProperties": {}, "archived": false,
               "defaults": {"onVariation": 0, "offVariation": 1}, "experiments": {"baselineIdx": 0, "items": []}, "goalIds": [],
               "environments": {
                 "prod": {"on": true, "archived": false, "salt": "s1", "sel": "x", "lastModified": 1700000000000, "version": 7,
                   "_site": {"href": "/x"}, "_environmentName": "Prod", "trackEvents": false, "trackEventsFallthrough": false,
                   "targets": [{"values": ["ada"], "variation": 0, "contextKind": "user"}],
                   "contextTargets": [{"values": [], "variation": 0, "contextKind": "user"}, {"values": ["o-1"], "variation": 0, "contextKind": "org"}],
                   "rules": [{"_id": "r-1", "ref": "y", "variation": 0, "description": "Testers", "trackEvents": false, "clauses":
                     [{"_id": "c-1", "attribute": "segmentMatch", "op": "segmentMatch", "values": ["testers"], "contextKind": "", "negate": false}]}],
                   "fallthrough": {"rollout": {"contextKind": "user", "bucketBy": "key",
                     "variations": [{"variation": 0, "weight": 40000, "_untracked": false}, {"variation": 1, "weight": 60000}]}},
                   "offVariation": 1, "prerequisites": [{"key": "shop", "variation": 0}]},
                 "dev": {"on": false, "archived": false, "salt": "s2", "targets": [], "contextTargets": [], "rules": [],
                   "fallthrough": {"variation": 0}, "offVariation": 1, "prerequisites": []}}},
              {"key": "shop", "kind": "boolean", "variations": [{"value": true}, {"value": false}], "tags": [],
               "environments": {
                 "prod": {"on": true, "salt": "s3", "targets": [], "rules": [], "fallthrough": {"variation": 0}, "offVariation": 1},
                 "dev": {"on": true, "salt": "s3", "targets": [], "rules": [], "fallthrough": {"variation": 0}, "offVariation": 1}}}]}
            """;
    private static final String SEGMENTS = """
            {"totalCount": 1, "_links": {}, "items": [
              {"name": "Testers", "key": "testers", "tags": [], "creationDate": 1, "lastModifiedDate": 2, "version": 4, "deleted": false,
               "included": ["eve"], "excluded": [], "includedContexts": [], "excludedContexts": [], "_links": {}, "_access": {}, "generation": 1,
               "rules": [{"_id": "sr", "clauses": [{"_id": "z", "attribute": "email", "op": "endsWith", "values": ["@example.com"], "negate": false}]}]}]}
            """;
    private static final String SDK = """
            {"flags": {
               "tea": {"key": "tea", "on": true, "salt": "s1", "variations": ["green", "black"], "offVariation": 1,
                 "prerequisites": [{"key": "shop", "variation": 0}],
                 "targets": [{"values": ["ada"], "variation": 0}],
                 "contextTargets": [{"values": [], "variation": 0, "contextKind": "user"}, {"values": ["o-1"], "variation": 0, "contextKind": "org"}],
                 "rules": [{"id": "r-1", "variation": 0, "clauses": [{"op": "segmentMatch", "values": ["testers"]}]}],
                 "fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": 40000}, {"variation": 1, "weight": 60000}]}},
                 "tags": ["drinks"], "description": "Which tea"},
               "shop": {"on": true, "salt": "s3", "variations": [true, false], "fallthrough": {"variation": 0}, "offVariation": 1}},
             "segments": {"testers": {"included": ["eve"],
               "rules": [{"id": "sr", "clauses": [{"attribute": "email", "op": "endsWith", "values": ["@example.com"]}]}]}}}
            """;

    @Test
    @DisplayName("is the same flags and segments as the data of SDKs, without a remark")
    void same() {
        Imported imported = Importer.LAUNCHDARKLY.read(List.of(FLAGS, SEGMENTS), "prod");

        assertThat(imported.findings())
                .as(imported.report())
                .allMatch(finding -> finding.outcome() == Outcome.IMPORTED);
        assertThat(imported.definitions())
                .isEqualTo(Importer.LAUNCHDARKLY.read(SDK).definitions());
        assertThat(Answers.of(imported).of("tea", "eve", "{}")).isEqualTo("green TARGETING_MATCH");
        Flag dev = (Flag) Importer.LAUNCHDARKLY
                .read(List.of(FLAGS, SEGMENTS), "dev")
                .definitions()
                .flags()
                .get("tea")
                .definition();
        assertThat(dev.enabled()).isFalse();
        assertThat(dev.about().tags()).containsExactly("drinks");
    }

    @Test
    @DisplayName("of one flag is the same as a list of it")
    void single() {
        String flag = """
                {"key": "shop", "kind": "boolean", "variations": [{"value": true}, {"value": false}], "tags": [],
                 "environments": {"prod": {"on": true, "salt": "s3", "targets": [], "rules": [], "fallthrough": {"variation": 0},
                                           "offVariation": 1}}}
                """;

        Imported imported = Importer.LAUNCHDARKLY.read(flag);

        assertThat(imported.report()).startsWith("flag shop: imported\n");
        assertThat(imported.definitions())
                .isEqualTo(Importer.LAUNCHDARKLY
                        .read("{\"items\": [" + flag + "]}")
                        .definitions());
    }

    @Test
    @DisplayName("of several environments is asked which one")
    void environments() {
        assertThat(read(FLAGS, null).report()).contains("environment: found nothing; allowed: one of dev, prod\n");
        assertThat(read(FLAGS, "qa").report()).contains("environment: found qa; allowed: dev, prod\n");
        assertThat(read(SDK, "prod").report()).contains("environment: found prod; allowed: none");
    }

    @Test
    @DisplayName("lacks parts, of which the report names the request that gives them")
    void lacking() {
        assertThat(refusal(FLAGS, "flag tea"))
                .isEqualTo(
                        "items[0].environments.prod.rules[0].clauses[0].values[0]: found \"testers\"; allowed: a segment"
                                + " that is there: GET /api/v2/segments/{project}/{environment} answers them");
        assertThat(refusal(flag("\"on\": true, \"_summary\": {}"), "flag f"))
                .startsWith("items[0].environments.prod: found {\"on\":true")
                .endsWith("GET /api/v2/flags/{project}?summary=0&env={environment} answers it");
        assertThat(refusal(
                        flag(
                                "\"on\": true, \"rules\": [], \"fallthrough\": {\"rollout\": {\"experimentAllocation\": {\"canReshuffle\": true},"
                                        + " \"variations\": [{\"variation\": 0, \"weight\": 100000}]}}"),
                        "flag f"))
                .startsWith("items[0].environments.prod.fallthrough.rollout.experimentAllocation: found")
                .contains("/sdk/latest-all");
        assertThat(refusal(FLAGS.replace("\"totalCount\": 2", "\"totalCount\": 22"), "export"))
                .startsWith("totalCount: found 2 of 22 flags; allowed: all")
                .endsWith("offset=2");
        assertThat(refusal("{\"items\": [{\"key\": \"x\"}]}", "export")).startsWith("items[0]: found {\"key\":\"x\"}");
        assertThat(refusal("{\"key\": \"x\", \"variations\": []}", "export"))
                .contains("/api/v2/flags/{project}?summary=0");
    }

    @Test
    @DisplayName(
            "has fields that decide nothing, which are left out without a remark, and may have others, which are a loss")
    void fields() {
        Finding finding = Answers.of(
                        Importer.LAUNCHDARKLY,
                        flag("\"on\": true, \"sel\": \"x\", \"rules\": [], \"fallthrough\": {\"variation\": 0},"
                                + " \"_site\": {}, \"weather\": \"rain\""))
                .finding("flag f");

        assertThat(finding.outcome()).isEqualTo(Outcome.LOSSY);
        assertThat(finding.notes())
                .containsExactly("items[0].environments.prod.weather: is not known here and was left out");
    }

    @Test
    @DisplayName("has no salt of segments, so that a share of a segment is refused, and big segments name their export")
    void segments() {
        String weighted = SEGMENTS.replace("\"_id\": \"sr\"", "\"weight\": 5000");
        Answers answers = Answers.of(Importer.LAUNCHDARKLY.read(List.of(FLAGS, weighted), "prod"));
        assertThat(answers.finding("segment testers").notes().get(0))
                .startsWith(
                        "documents[1].items[0].rules[0].weight: found 5000; allowed: none without the segment's salt");
        assertThat(answers.finding("flag tea").outcome()).isEqualTo(Outcome.REFUSED);

        String big = SEGMENTS.replace("\"deleted\": false", "\"unbounded\": true");
        assertThat(Answers.of(Importer.LAUNCHDARKLY.read(List.of(FLAGS, big), "prod"))
                        .finding("segment testers")
                        .notes()
                        .get(0))
                .contains("POST /api/v2/segments/{project}/{environment}/testers/exports");
    }

    @Test
    @DisplayName("leaves out archived flags with a remark, and names places of the list")
    void archivedAndPlaces() {
        Answers answers = Answers.of(Importer.LAUNCHDARKLY, flag("\"archived\": true"));
        assertThat(answers.finding("flag f").notes()).containsExactly("is archived, and was left out");
        assertThat(refusal(flag("\"on\": 1, \"rules\": [], \"fallthrough\": {\"variation\": 0}"), "flag f"))
                .isEqualTo("items[0].environments.prod.on: found 1; allowed: true or false");
    }

    private static String flag(String environment) {
        return "{\"items\": [{\"key\": \"f\", \"variations\": [{\"value\": true}, {\"value\": false}], \"environments\": {\"prod\": {"
                + environment + "}}}]}";
    }

    private static Imported read(String text, String environment) {
        return Importer.LAUNCHDARKLY.read(List.of(text), environment);
    }

    private static String refusal(String text, String subject) {
        Imported imported =
                text.equals(FLAGS) || text.contains("\"totalCount\": 22") ? read(text, "prod") : read(text, null);
        Finding finding = imported.findings().stream()
                .filter(one -> one.subject().equals(subject))
                .findFirst()
                .orElseThrow();
        assertThat(finding.outcome()).isEqualTo(Outcome.REFUSED);
        return finding.notes().get(0);
    }
}
