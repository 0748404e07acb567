package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What Unleash's admin API exports")
class UnleashAdminTest {

    private static final String EXPORT = """
            {"features": [
               {"name": "tea", "description": "Tea", "type": "release", "project": "kitchen", "stale": false,
                "impressionData": false, "archived": false},
               {"name": "cups", "type": "permission", "project": "default"},
               {"name": "old", "archived": true}],
             "featureStrategies": [
               {"name": "userWithId", "id": "b", "featureName": "tea", "sortOrder": 2, "parameters": {"userIds": "ada"},
                "constraints": [], "segments": [], "variants": [], "disabled": false},
               {"name": "flexibleRollout", "id": "a", "featureName": "tea", "sortOrder": 1, "disabled": false, "title": null,
                "parameters": {"rollout": "100", "stickiness": "userId", "groupId": "tea"}, "segments": [7],
                "constraints": [{"contextName": "country", "operator": "IN", "values": ["DE"]}],
                "variants": [{"name": "green", "weight": 1000, "weightType": "variable", "stickiness": "userId"}]},
               {"name": "default", "featureName": "cups", "parameters": {}, "constraints": [], "segments": []}],
             "featureEnvironments": [
               {"featureName": "tea", "name": "tea", "environment": "prod", "enabled": true, "variants": []},
               {"featureName": "cups", "name": "cups", "environment": "prod", "enabled": true,
                "variants": [{"name": "mug", "weight": 1000, "stickiness": "default"}]}],
             "contextFields": [{"name": "country", "stickiness": false}],
             "featureTags": [{"featureName": "tea", "tagType": "simple", "tagValue": "drinks"},
                             {"featureName": "tea", "tagType": "team", "tagValue": "blue"}],
             "segments": [{"id": 7, "name": "early"}],
             "tagTypes": [{"name": "simple"}],
             "dependencies": [{"feature": "tea", "dependencies": [{"feature": "cups", "enabled": true}]}]}
            """;
    private static final String SEGMENTS = """
            {"segments": [{"id": 7, "name": "early", "usedInProjects": 1, "usedInFeatures": 1,
              "constraints": [{"contextName": "age", "operator": "NUM_GT", "value": "30"}]}]}
            """;

    @Test
    @DisplayName("has each feature's strategies, variants, tags and dependencies, and segments from a second document")
    void joined() {
        Imported imported = Importer.UNLEASH.read(List.of(EXPORT, SEGMENTS), null);
        Answers answers = Answers.of(imported);

        assertThat(imported.count(Outcome.REFUSED)).as(imported.report()).isZero();
        assertThat(imported.count(Outcome.LOSSY)).as(imported.report()).isZero();
        assertThat(answers.of("tea", "ada", "{}")).isEqualTo("on TARGETING_MATCH");
        assertThat(answers.of("tea", "bob", "{}")).isEqualTo("off DEFAULT");
        assertThat(answers.variant("tea", "bob", "{\"country\": \"DE\", \"age\": 31}"))
                .isEqualTo("on");
        assertThat(answers.variant("tea", "bob", "{\"country\": \"DE\", \"age\": 30}"))
                .isEqualTo("off");
        assertThat(answers.variant("tea.variant", "ada", "{\"country\": \"DE\", \"age\": 31}"))
                .as("the strategy that is first by sortOrder")
                .isEqualTo("green");
        assertThat(answers.variant("cups.variant", "bob", "{}")).isEqualTo("mug");
        assertThat(flag(imported, "tea").about().tags()).containsExactly("drinks", "team:blue", "kitchen");
        assertThat(flag(imported, "tea").prerequisites()).hasSize(1);
        assertThat(answers.finding("flag old").notes()).containsExactly("is archived, and was left out");
    }

    @Test
    @DisplayName("lacks the constraints of segments: without them what needs a segment is refused, with what has them")
    void segments() {
        Answers answers = Answers.of(Importer.UNLEASH, EXPORT);

        assertThat(answers.finding("segment 7").notes())
                .containsExactly("segments[0].constraints: found nothing; allowed: a list; an export of features has"
                        + " none: add what /api/admin/segments answers");
        assertThat(answers.finding("flag tea").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answers.finding("flag cups").outcome()).isNotEqualTo(Outcome.REFUSED);
    }

    @Test
    @DisplayName("of several environments is asked which one, which a wrong name is answered with too")
    void environments() {
        String several = with("featureEnvironments", """
                [{"featureName": "cups", "environment": "prod", "enabled": true},
                 {"featureName": "cups", "environment": "dev", "enabled": false},
                 {"featureName": "tea", "environment": "dev", "enabled": true}]
                """);

        assertThat(Importer.UNLEASH.read(several).report())
                .contains("export: refused\n  environment: found nothing; allowed: one of dev, prod\n");
        assertThat(Importer.UNLEASH.read(List.of(several), "qa").report())
                .contains("environment: found qa; allowed: dev, prod\n");
        assertThat(Importer.UNLEASH.read(List.of(several), "qa").definitions().flags())
                .isEmpty();
        assertThat(enabled(several, "prod")).isTrue();
        assertThat(enabled(several, "dev")).isFalse();
    }

    private static boolean enabled(String export, String environment) {
        return flag(Importer.UNLEASH.read(List.of(export), environment), "cups").enabled();
    }

    @Test
    @DisplayName("is named by the places of the export, not by those that its parts are moved to")
    void places() {
        String broken = with("featureStrategies", """
                [{"name": "default", "featureName": "tea"}, {"name": "byWeather", "featureName": "cups"},
                 {"name": "default", "name": "default", "featureName": "tea"}]
                """);

        Answers answers = Answers.of(Importer.UNLEASH, broken);
        assertThat(answers.finding("flag cups").notes())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("featureStrategies[1].name: found \"byWeather\"");
        assertThat(answers.finding("flag tea").notes())
                .anyMatch(note -> note.startsWith("featureStrategies[2].name: found the field"));
    }

    @Test
    @DisplayName("may have links, and archived features, which are left out with a remark")
    void archived() {
        Imported imported = Importer.UNLEASH.read("""
                {"features": [{"name": "old", "archived": true}, {"name": "new"}], "links": [{"feature": "new", "links": []}],
                 "featureStrategies": [{"name": "default", "featureName": "old", "id": "a"}],
                 "featureEnvironments": [{"featureName": "new", "environment": "prod", "enabled": true}]}
                """);

        assertThat(imported.report()).startsWith("""
                flag old: imported with a remark
                  is archived, and was left out
                flag new: imported
                """);
    }

    @Test
    @DisplayName("of older servers has strategies of all environments, and their segments in a list")
    void state() {
        String export = """
                {"version": 4, "projects": [], "environments": [], "strategies": [], "tags": [],
                 "features": [{"name": "f", "project": "default"}],
                 "featureStrategies": [
                   {"strategyName": "default", "id": "a", "featureName": "f", "projectId": "default", "environment": "test"},
                   {"strategyName": "userWithId", "id": "b", "featureName": "f", "projectId": "default", "environment": "prod",
                    "parameters": {"userIds": "ada"}}],
                 "featureStrategySegments": [{"featureStrategyId": "b", "segmentId": 7}],
                 "segments": [{"id": 7, "name": "early",
                               "constraints": [{"contextName": "plan", "operator": "IN", "values": ["pro"]}]}],
                 "featureEnvironments": [{"featureName": "f", "environment": "test", "enabled": true},
                                         {"featureName": "f", "environment": "prod", "enabled": true}]}
                """;
        Answers prod = Answers.of(Importer.UNLEASH.read(List.of(export), "prod"));
        Answers test = Answers.of(Importer.UNLEASH.read(List.of(export), "test"));

        assertThat(prod.imported().report()).contains("flag f: imported\n", "0 refused");
        assertThat(prod.variant("f", "ada", "{\"plan\": \"pro\"}")).isEqualTo("on");
        assertThat(prod.variant("f", "ada", "{}")).isEqualTo("off");
        assertThat(prod.variant("f", "bob", "{\"plan\": \"pro\"}")).isEqualTo("off");
        assertThat(test.variant("f", "bob", "{}")).isEqualTo("on");
    }

    @Test
    @DisplayName("is refused as a whole if a part of it belongs to no feature, or is of a form that is not known")
    void refused() {
        assertThat(refusal(with("featureStrategies", "[{\"name\": \"default\", \"featureName\": \"soup\"}]")))
                .startsWith("featureStrategies[0]: found");
        assertThat(refusal(with("dependencies", "[{\"feature\": \"tea\", \"parent\": \"cups\"}]")))
                .startsWith("dependencies[0]: found");
        assertThat(refusal(with("releasePlans", "[{}]"))).startsWith("releasePlans: found");
        assertThat(refusal(with("featureStrategySegments", "[{}]")))
                .startsWith(
                        "featureStrategySegments[0]: found {}; allowed: the id of a strategy and the id of a segment");
        assertThat(refusal(with("featureStrategies", "[{\"strategyName\": \"default\"}]")))
                .startsWith("featureStrategies[0].featureName: found nothing");
    }

    @Test
    @DisplayName("is not what lists features for people, which is refused with the forms that are read")
    void otherForms() {
        String list =
                "{\"version\": 2, \"features\": [{\"name\": \"tea\", \"environments\": [{\"name\": \"prod\", \"enabled\": true}]}]}";

        assertThat(Answers.of(Importer.UNLEASH, list)
                        .finding("flag tea")
                        .notes()
                        .get(0))
                .startsWith("features[0]: found {\"name\"")
                .contains("allowed: what /api/client/features");
        assertThat(Importer.UNLEASH.read("{\"toggles\": []}").report())
                .contains("found {\"toggles\":[]}; allowed: what /api/client/features");
        assertThat(Importer.UNLEASH.read(List.of("{\"features\": []}"), "prod").report())
                .contains("environment: found prod; allowed: none: the export is for one environment");
    }

    private static Flag flag(Imported imported, String key) {
        return (Flag) imported.definitions().flags().get(key).definition();
    }

    private static String refusal(String export) {
        Imported imported = Importer.UNLEASH.read(export);
        assertThat(imported.definitions().flags()).isEmpty();
        return imported.findings().stream()
                .filter(finding -> finding.subject().equals("export"))
                .findFirst()
                .orElseThrow()
                .notes()
                .get(0);
    }

    private static String with(String field, String value) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(((FlagValue.Obj) FlagFormat.readValue(EXPORT)).fields());
        String marker = "\"" + field + "-value\"";
        fields.put(field, FlagValue.of(field + "-value"));
        fields.put("segments", FlagFormat.readValue("[]"));
        return new FlagValue.Obj(fields).toString().replace(marker, value);
    }
}
