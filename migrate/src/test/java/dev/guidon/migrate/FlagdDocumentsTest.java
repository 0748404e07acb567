package dev.guidon.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.json.FlagFormat;
import dev.guidon.migrate.Finding.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Flag definitions of flagd")
class FlagdDocumentsTest {

    private static final String JSON = """
            {"flags": {"tea": {"state": "ENABLED", "variants": {"on": true, "off": false}, "defaultVariant": "off",
              "targeting": {"if": [{"$ref": "staff"}, "on"]}}},
             "$evaluators": {"staff": {"in": ["@example.com", {"var": "email"}]}}}
            """;
    private static final String YAML = """
            # flags of the kitchen
            flags:
              tea:
                state: ENABLED
                variants: {"on": true, "off": false}
                defaultVariant: "off"
                targeting:
                  if:
                    - $ref: staff
                    - "on"
            $evaluators:
              staff: {in: ["@example.com", {var: email}]}
            """;
    private static final String RESOURCE = """
            apiVersion: core.openfeature.dev/v1beta1
            kind: FeatureFlag
            metadata: {name: kitchen, namespace: shop, labels: {app: shop}}
            spec:
              flagSpec:
            """ + YAML.indent(4);
    private static final String CUPS = "flags: {cups: {state: ENABLED, variants: {a: 1}, defaultVariant: a}}\n";

    @ParameterizedTest
    @DisplayName("are the same in YAML as in JSON")
    @ValueSource(strings = {YAML, "--- # first\n" + YAML + "...\n---\n# nothing\n", "\uFEFF" + YAML})
    void same(String yaml) {
        assertThat(Importer.FLAGD.read(yaml).definitions()).isEqualTo(expected());
    }

    @Test
    @DisplayName("are the same in a resource of Kubernetes and in a list of these, in YAML and JSON")
    void resources() {
        String json = FlagFormat.yamlToJson(RESOURCE);
        for (String text : List.of(
                RESOURCE,
                json,
                "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"metadata\": {}, \"items\": [" + json + "]}",
                "apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlagList\nitems:\n- "
                        + RESOURCE.indent(2).strip())) {
            Imported imported = Importer.FLAGD.read(text);
            assertThat(imported.findings()).as(imported.report()).allMatch(one -> one.outcome() == Outcome.IMPORTED);
            assertThat(imported.definitions()).isEqualTo(expected());
        }
    }

    @Test
    @DisplayName("are in several documents of a file, and in several files")
    void several() {
        Imported one = Importer.FLAGD.read(JSON + "---\n" + CUPS + "--- \n" + RESOURCE.replace("tea:", "pot:"));
        Imported files = Importer.FLAGD.read(List.of(JSON, CUPS + "---\n" + CUPS), null);

        assertThat(one.definitions().flags()).containsOnlyKeys("tea", "cups", "pot");
        assertThat(files.definitions().flags()).containsOnlyKeys("tea", "cups");
        assertThat(files.report()).contains("flag cups: refused\n  found the key cups again; allowed: every key once");
    }

    @Test
    @DisplayName("cannot have anchors, aliases or tags, which is said with the line in the file")
    void anchors() {
        Imported imported = Importer.FLAGD.read(CUPS + "---\nflags:\n  tea: &tea {state: ENABLED}\n");

        assertThat(imported.readable()).isFalse();
        assertThat(imported.report())
                .contains("  line 4, column 8: flags.tea: found an anchor; allowed: plain values (anchors, aliases");
    }

    @Test
    @DisplayName("are in resources of one kind and version, and others are refused")
    void otherResources() {
        assertThat(Importer.FLAGD.read("apiVersion: v1\nkind: Service\n").report())
                .contains("kind: found \"Service\"; allowed: FeatureFlag, or a List of these");
        assertThat(Importer.FLAGD.read(RESOURCE.replace("v1beta1", "v1alpha1")).report())
                .contains("apiVersion: found \"core.openfeature.dev/v1alpha1\"; allowed: core.openfeature.dev/v1beta1");
        assertThat(Importer.FLAGD
                        .read("apiVersion: core.openfeature.dev/v1beta1\nkind: FeatureFlag\nspec: {}\n")
                        .report())
                .contains("spec.flagSpec: found nothing; allowed: an object with flags");
        assertThat(Importer.FLAGD.read("toggles: {}\n").report())
                .contains(
                        "found {\"toggles\":{}}; allowed: an object with flags, or a Kubernetes resource FeatureFlag");
    }

    @Test
    @DisplayName("are split in seconds, however many lines")
    void quick() {
        String text = "#\n".repeat(500_000) + "---\n".repeat(10_000) + CUPS;

        long start = System.nanoTime();
        assertThat(Importer.FLAGD.read(text).definitions().flags()).containsOnlyKeys("cups");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static Object expected() {
        return Importer.FLAGD.read(JSON).definitions();
    }
}
